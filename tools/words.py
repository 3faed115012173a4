"""Bring the catalogues up to date with the code: collect marked messages, keep translations, compile.

Run by ``make words``. Missing translations are listed; a test fails on them.
"""

from __future__ import annotations

import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "explorer" / "locale"
LANGUAGES = ("en", "nl")
KEYWORDS = {"N_": None}


def collect() -> Catalog:
    """Return a catalogue of every message marked with N_ in the application."""
    found = Catalog(project="Cohort Flow Explorer", charset="utf-8")
    messages = extract_from_dir(ROOT / "explorer", method_map=[("**.py", "python")], keywords=KEYWORDS)
    for _file, _line, message, _comments, _context in messages:
        found.add(message)
    return found


def stored(language: str) -> Catalog:
    """Return the committed catalogue of a language; an empty one where there is none yet."""
    path = LOCALE / language / "LC_MESSAGES" / "explorer.po"
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def updated(language: str, template: Catalog) -> Catalog:
    """Return the catalogue of a language with exactly the messages of `template`, in alphabetical order."""
    old = stored(language)
    out = Catalog(locale=language, project="Cohort Flow Explorer", header_comment="", fuzzy=False)
    for message in sorted((m for m in template if m.id), key=lambda m: str(m.id)):
        before = old.get(str(message.id))
        text = str(message.id) if language == "en" else str(before.string) if before else ""
        # Places are {named}: a percent sign here is a percent sign.
        out.add(str(message.id), text).flags.discard("python-format")
    return out


def main() -> int:
    """Write every catalogue; return 1 when a translation is missing."""
    template = collect()
    missing = 0
    for language in LANGUAGES:
        catalogue = updated(language, template)
        folder = LOCALE / language / "LC_MESSAGES"
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / "explorer.po").open("wb") as file:
            write_po(file, catalogue, width=0, omit_header=False, sort_output=True)
        text = (folder / "explorer.po").read_text(encoding="utf-8")
        # Dates in the header would change at every run.
        kept = [line for line in text.splitlines() if "-Date:" not in line]
        (folder / "explorer.po").write_text("\n".join(kept) + "\n", encoding="utf-8")
        with (folder / "explorer.po").open("rb") as file, (folder / "explorer.mo").open("wb") as binary:
            write_mo(binary, read_po(file, locale=language))
        absent = [str(message.id) for message in catalogue if message.id and not message.string]
        missing += len(absent)
        print(f"{language}: {len(catalogue)} messages, {len(absent)} without translation")
        for text_ in absent:
            print("   ", text_)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())

"""A delivery becomes a dataset: recognised, put together, written whole or not at all, and every row accounted for."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from explorer.core import leaving, remains
from explorer.core.words import LANGUAGES, N_, Message, Refusal, Words
from explorer.registers.assembling import assemble
from explorer.registers.assembly import Assembly, Population, Step
from explorer.registers.components import opened_parts, read_part, sources_of
from explorer.registers.engine import Engine
from explorer.registers.failing import quoted
from explorer.registers.fingerprint import TABLES
from explorer.registers.info import NAME
from explorer.registers.layout import NAMES, own_layout, shipped
from explorer.registers.opened_files import readable
from explorer.registers.population import Wishes, population_of, warnings_of, whom
from explorer.registers.recognising import Delivered, Found, files_in, recognise

LAYOUT: Final = "layout.toml"
REPORT: Final = "import.csv"

NOTHING: Final = N_(
    "Nothing in “{folder}” is recognised by its name ({known}); write a layout that says which files are what "
    "(--layout)."
)
NO_TABLE: Final = N_("No file of {table} is among those in “{folder}” ({names}); add it, or another layout.")
NO_FOLDER: Final = N_("“{folder}” is no folder that can be read; choose the folder with the delivered files.")
TAKEN: Final = N_("“{folder}” is there already and not empty; choose a new folder for the dataset.")
CANNOT: Final = N_(
    "The dataset cannot be written to “{folder}”: {reason}. Choose another folder or free some space."
)
PUTTING: Final = N_("Putting the tables together")
LOOKING: Final = N_("Looking at the files")
READING_FILE: Final = N_("Reading {file}")
BY_LAYOUT: Final = N_("Files, by the layout “{layout}”:")
NAMED: Final = N_("{component} {year}")
RECOGNISED: Final = N_("{component} {year}, version {version}")
PROVISIONAL: Final = N_("{component} {year}, version {version}, provisional (*)")
REPLACED: Final = N_("not read: another version or year says more")
UNKNOWN: Final = N_("not recognised")
DAYS: Final = N_("Arrivals count from {first}; people are observed until {last}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What came of an import: what was found, who was taken over, and what became of every row and person."""

    found: Found
    population: Population
    steps: tuple[Step, ...]


def find(folder: Path, layout: Path | None = None) -> Found:
    """Return what the files below `folder` are, by a layout of one's own or those of the program.

    Raises
    ------
    Refusal
        When nothing is recognised, or nothing of persons or of stays.
    """
    layouts = (own_layout(layout),) if layout is not None else shipped()
    if not folder.is_dir():
        raise Refusal(NO_FOLDER, folder=str(folder))
    with readable(folder):
        found = recognise(files_in(folder), layouts)
    if not found.read:
        known = ", ".join(one.name for each in layouts for one in each.components)
        raise Refusal(NOTHING, folder=str(folder), known=known)
    for table in ("persons", "stays"):
        if not found.of(table) and not (table == "stays" and found.of("months")):
            names = ", ".join(one.name for one in found.layout.components if one.table == table)
            raise Refusal(NO_TABLE, folder=str(folder), table=table, names=names)
    return found


def import_files(
    found: Found,
    out: Path,
    wishes: Wishes,
    *,
    engine: Engine | None = None,
    tell: Callable[[float, Message], None] = lambda share, message: None,
) -> Imported:
    """Write the dataset that the files make into the new folder `out`.

    Raises
    ------
    Refusal
        In one sentence; `out` is then as it was.
    """
    population = population_of(found, wishes)
    engine = engine or Engine()
    with _new_folder(out) as ready, ExitStack() as held:
        tell(0.0, Message(LOOKING))
        opened = held.enter_context(opened_parts(found.read))
        written = [str(ready / f"{table}.parquet") for table in TABLES]
        files = tuple(one.file for one in opened)
        backend = held.enter_context(engine.reading(files, [*sources_of(opened), *written]))
        parts = []
        for place, one in enumerate(opened):
            tell(0.4 * place / len(opened), Message(READING_FILE, {"file": one.file.name}))
            parts.append(read_part(backend.con, one, found.layout, place))
        work = Assembly(con=backend.con, parts=tuple(parts), population=population, tell=tell)
        tell(0.45, Message(PUTTING))
        assemble(work)
        for file in files:
            file.check_unchanged()
        for table, path in zip(TABLES, written, strict=True):
            backend.con.execute(f"copy {table} to '{quoted(path)}' (format parquet, compression zstd)")
        imported = Imported(found=found, population=population, steps=tuple(work.steps))
        (ready / NAME).write_text(_dataset(imported, wishes), encoding="utf-8")
        (ready / LAYOUT).write_text(found.layout.text, encoding="utf-8")
        (ready / REPORT).write_text(_report(imported), encoding="utf-8")
        tell(1.0, Message(PUTTING))
    engine.close()
    return imported


@contextmanager
def _new_folder(out: Path) -> Iterator[Path]:
    """Give a folder beside `out` for what is not yet whole; it takes the place of `out` when all is done."""
    try:
        if out.exists() and (not out.is_dir() or any(out.iterdir())):
            raise Refusal(TAKEN, folder=str(out))
        out.parent.mkdir(parents=True, exist_ok=True)
        with remains.own_folder(out.parent) as ready:
            # Microdata: nobody else needs to look into it.
            ready.chmod(0o700)
            yield ready
            with leaving.undivided():
                if out.exists():
                    out.rmdir()
                ready.rename(out)
    except OSError as error:
        raise Refusal(CANNOT, folder=str(out), reason=error.strerror or str(error)) from None


def _dataset(imported: Imported, wishes: Wishes) -> str:
    """Return dataset.toml: JSON writes a text as TOML does."""
    population, found = imported.population, imported.found
    source = found.layout.source or found.layout.name
    # Under every figure stands of whom it is: who was left out here is in no condition of the window.
    sources = {
        language: "; ".join((source, *(words.say(one) for one in whom(population))))
        for language, words in ((one, Words(one)) for one in LANGUAGES)
    }
    lines = {
        "title": wishes.title or found.layout.name,
        "source": sources["en"],
        "synthetic": wishes.synthetic,
    }
    out = [f"{name} = {json.dumps(value, ensure_ascii=False)}\n" for name, value in lines.items()]
    out.append(f"arrivals_from = {population.arrivals_from}\nobserved_until = {population.observed_until}\n")
    if wishes.reference_nationality:
        out.append(f"reference_nationality = {json.dumps(wishes.reference_nationality)}\n")
    for language, text in sources.items():
        if text != sources["en"]:
            out.append(f"\n[{language}]\nsource = {json.dumps(text, ensure_ascii=False)}\n")
    return "".join(out)


def _report(imported: Imported) -> str:
    """Return what was taken for what, and what became of every row, as a table."""
    words, out = Words("en"), io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("where", "what", "count"))
    for one in imported.found.read:
        writer.writerow((one.path.name, told_as(one, words), ""))
    for one in imported.found.replaced:
        writer.writerow((one.path.name, words(REPLACED), ""))
    for path in imported.found.unknown:
        writer.writerow((path.name, words(UNKNOWN), ""))
    for warning in warnings_of(imported.found, imported.population):
        writer.writerow(("", words.say(warning), ""))
    writer.writerows((step.where, words.say(step.what), step.count) for step in imported.steps)
    return out.getvalue()


def told_as(one: Delivered, words: Words) -> str:
    """Return what a file was taken for, in words."""
    text = PROVISIONAL if one.provisional else RECOGNISED if one.version else NAMED
    when = f"{one.year}-{one.month:02}" if one.year and one.month else str(one.year or "")
    return words(text, component=one.component.name, year=when, version=one.version).strip()


def report_lines(imported: Imported, words: Words, count: Callable[[int], str]) -> tuple[str, ...]:
    """Return what is said of an import, line by line."""
    found, who = imported.found, imported.population
    lines = [words(BY_LAYOUT, layout=found.layout.name)]
    lines += [f"  {one.path.name}: {told_as(one, words)}" for one in found.read]
    lines += [f"  {one.path.name}: {words(REPLACED)}" for one in found.replaced]
    lines += [f"  {path.name}: {words(UNKNOWN)}" for path in found.unknown]
    lines.append(words(DAYS, first=who.arrivals_from, last=who.observed_until))
    lines += [words.say(warning) for warning in warnings_of(found, who)]
    lines += [
        f"  {words(NAMES.get(step.where, step.where))}: {words.say(step.what)}: {count(step.count)}"
        for step in imported.steps
    ]
    return tuple(lines)

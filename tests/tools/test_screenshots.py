"""Every view is photographed in both languages and appearances: each has a picture, and no two are alike."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest

from explorer.core.views import all_views
from tools.screenshots import SHEETS, all_shots

DOCS = Path(__file__).resolve().parents[2] / "docs" / "screenshots"
BEFORE_AND_AFTER = "mended"
"""Pictures of faults that are no more: nothing can take them again."""
IN = tuple(f"{language}-{theme}" for language in ("en", "nl") for theme in ("light", "dark"))


def test_the_pictures_of_the_documents_are_those_the_program_takes():
    wanted = {f"{shot.name}.png" for shot in all_shots()} | {f"{SHEETS}-{one}.png" for one in IN}
    there = {path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.png")}
    assert {name for name in there if not name.startswith(f"{BEFORE_AND_AFTER}/")} == wanted


@pytest.mark.slow
def test_every_view_has_a_picture_in_both_languages_and_appearances(tmp_path):
    from PIL import Image

    done = subprocess.run(
        [sys.executable, "-m", "tools.screenshots", str(tmp_path), "--sheets", "--whole"],
        capture_output=True,
        text=True,
        check=False,
        timeout=900,
    )
    said = [line for line in done.stderr.splitlines() if "propagateSizeHints" not in line]
    assert (done.returncode, said) == (0, [])
    pictures = {path.stem: path for path in (tmp_path / SHEETS).glob("*.png")}
    for one in IN:
        assert (tmp_path / f"{SHEETS}-{one}.png").stat().st_size > 100_000
        for name in all_views():
            with Image.open(pictures[f"{name}-{one}"]) as picture:
                assert picture.width > 500
                # A panel without its picture has few colours: text on a plain ground.
                assert len(picture.convert("RGB").getcolors(100_000) or ()) > 20, name
    digests = {hashlib.sha256(path.read_bytes()).hexdigest() for path in pictures.values()}
    assert len(digests) == len(pictures)

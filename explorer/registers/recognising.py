"""What is a file? Its component, year and version, by its name alone; and which of several versions is read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from explorer.registers.file_kinds import ENDINGS, ending_of
from explorer.registers.layout import Component, Layout

DATED: Final = re.compile(r"(?P<year>(19|20)\d\d)(?P<month>0[1-9]|1[0-2])(?P<version>\d+)")
"""A version that holds year and month, as V2023061."""
YEAR: Final = re.compile(r"(?<!\d)((19|20)\d\d)(?!\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """A file of a component.

    `year` and `month` are 0 where its name says none; `provisional`: later versions will correct it.
    """

    path: Path
    component: Component
    year: int
    month: int
    version: int
    provisional: bool

    @property
    def rank(self) -> tuple[bool, int, int, int]:
        """The higher, the rather it is read: definitive before provisional, then the later month and version."""
        order = len(ENDINGS) - ENDINGS.index(ending_of(self.path))
        return not self.provisional, self.month, self.version, order


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What is in a folder: files that are read, those that a better version replaces, and those nobody knows."""

    layout: Layout
    read: tuple[Delivered, ...]
    replaced: tuple[Delivered, ...]
    unknown: tuple[Path, ...]

    def of(self, table: str) -> tuple[Delivered, ...]:
        """Return the files that are read of the components of one table, the newest first."""
        return tuple(one for one in self.read if one.component.table == table)


def files_in(folder: Path) -> tuple[Path, ...]:
    """Return all files below a folder that could be tables, in the order of their names."""
    found = (path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))
    return tuple(sorted(path for path in found if ending_of(path)))


def recognise(paths: Iterable[Path], layouts: Sequence[Layout]) -> Found:
    """Return what `paths` are by the layout that knows most of them."""
    paths = tuple(paths)
    known = [(layout, _delivered(paths, layout)) for layout in layouts]
    layout, found = max(known, key=lambda one: len({file.component.name for file in one[1]}))
    read: list[Delivered] = []
    for component in layout.components:
        read += _best(component, [one for one in found if one.component is component])
    return Found(
        layout=layout,
        read=tuple(read),
        replaced=tuple(one for one in found if one not in read),
        unknown=tuple(path for path in paths if path not in {one.path for one in found}),
    )


def _best(component: Component, found: Sequence[Delivered]) -> list[Delivered]:
    """Return the best version of each year, or of the newest alone, the newest first."""
    years = sorted({one.year for one in found}, reverse=True)
    if component.years == "newest":
        years = years[:1]
    return [max((one for one in found if one.year == year), key=lambda one: one.rank) for year in years]


def _delivered(paths: Iterable[Path], layout: Layout) -> list[Delivered]:
    found = []
    for path in paths:
        name, year, month, version = parts_of(path.name)
        for component in layout.components:
            if any(re.fullmatch(pattern, name, re.IGNORECASE) for pattern in component.files):
                digits = len(version)
                # Of wages a version of three digits is a month and a version within a year that is not over.
                early = digits > 0 and digits == component.provisional and not month
                found.append(
                    Delivered(
                        path=path,
                        component=component,
                        year=year,
                        month=int(version[:2]) if early else month,
                        version=int(version[2:] if early else version or 0),
                        provisional=early,
                    )
                )
    return found


def parts_of(file: str) -> tuple[str, int, int, str]:
    """Return the name of a component, its year and month (0: none), and the digits of its version.

    Names come with a date or ``VRL`` before them, with or without spaces, with the year before or after ``BUS`` or
    ``TAB``, or in the version.

    Examples
    --------
    >>> parts_of("120619 HOOGSTEOPLTAB 2006V1.sav")
    ('HOOGSTEOPL', 2006, 0, '1')
    >>> parts_of("VRLGBAPERSOONKTABV2022121.sav")
    ('GBAPERSOONK', 2022, 12, '1')
    >>> parts_of("SPOLISBUS2023V011.sav")
    ('SPOLIS', 2023, 0, '011')
    """
    stem = file[: len(file) - len(ending_of(Path(file)))].upper()
    stem = re.sub(r"^\d{6}[ _]+", "", re.sub(r"_CSV$", "", stem))
    stem = re.sub(r"[ _]+", "", stem).removeprefix("VRL")
    year = month = 0
    version = ""
    if ends := re.search(r"V(\d+)$", stem):
        stem, version = stem[: ends.start()], ends[1]
        if dated := DATED.fullmatch(version):
            year, month, version = int(dated["year"]), int(dated["month"]), dated["version"]
    if said := YEAR.search(stem):
        year = year or int(said[1])
        stem = stem[: said.start()] + stem[said.end() :]
    # A month may stand behind the kind of file: VSLGWB2023TAB03V1.
    if ends := re.search(r"(?<=TAB|BUS)(0[1-9]|1[0-2])$", stem):
        stem, month = stem[: ends.start()], int(ends[1])
    return re.sub(r"(BUS|TAB)+$", "", stem), year, month, version

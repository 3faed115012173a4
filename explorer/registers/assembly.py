"""An import under way: who is wanted, what the parts hold, and what became of every row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from explorer.core.words import N_, Message
from explorer.registers import sql
from explorer.registers.components import Part

READ: Final = N_("rows read")
OTHERS_KEYS: Final = N_("rows set aside: of persons who are not in the population register")
NO_KEY: Final = N_("rows set aside: without a person, or with a date that cannot be read")
USED: Final = N_("rows used")


@dataclass(frozen=True, slots=True, kw_only=True)
class Population:
    """Who is taken over.

    Attributes
    ----------
    arrivals_from, observed_until
        The first day that counts as arrival; the day on which presence is last known.
    nationalities
        Nationalities (or countries of birth, where no nationality is delivered) that are kept; empty: all.
    days
        Persons with a stay of at least so many days.
    bridge
        Stays at most so many days apart are one, after an administrative removal or one for no known reason.
    born_here
        Whether children born here are kept, whose stay begins at their birth.
    """

    arrivals_from: date
    observed_until: date
    nationalities: tuple[str, ...] = ()
    days: int = 0
    bridge: int = 0
    born_here: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One line of what became of rows or persons: of which file or table, what happened, and how many."""

    where: str
    what: Message
    count: int


@dataclass(slots=True, kw_only=True)
class Assembly:
    """What is being put together: the engine, the parts by table, who is wanted, and what became of every row."""

    con: Any
    parts: Sequence[Part]
    population: Population
    steps: list[Step] = field(default_factory=list)
    tell: Callable[[float, Message], None] = lambda share, message: None

    def of(self, table: str) -> list[Part]:
        """Return the parts of a table, the newest first."""
        return [part for part in self.parts if part.delivered.component.table == table]

    def count(self, query: str) -> int:
        """Return the number that a query gives."""
        [found] = self.con.execute(query).fetchone()
        return int(found or 0)

    def read(self, part: Part) -> None:
        """Keep how many rows of a file were read, and how many are of nobody in the population register."""
        self.note(part.delivered.path.name, READ, part.rows)
        self.note(part.delivered.path.name, OTHERS_KEYS, part.rows - part.kept)

    def note(self, where: str, text: str, count: int, **values: object) -> None:
        """Keep a line of what became of rows or persons, where there were some."""
        if count:
            self.steps.append(Step(where=where, what=Message(text, values), count=count))


def union(work: Assembly, table: str, known: Sequence[str]) -> str:
    """Return all kept rows of a table as one query, with the fields that no file has empty and a rank by file."""
    selects = []
    for rank, part in enumerate(work.of(table)):
        work.read(part)
        listed = [
            f"{sql.name(name) if name in part.fields else 'cast(null as varchar)'} as {sql.name(name)}"
            for name in (*known, *sorted(part.fields - set(known)))
        ]
        selects.append(f"select {', '.join(listed)}, {rank} as file_rank from {part.view} where kept")
    if not selects:
        listed = [f"cast(null as varchar) as {sql.name(name)}" for name in known]
        return f"select {', '.join(listed)}, 0 as file_rank where false"
    return " union all by name ".join(selects)


def day(column: str) -> str:
    """Return a text as a day in SQL, null where it says none: 20220301, 2022-03-01 or 1-3-2022."""
    return (
        f"case when regexp_full_match({column}, '[0-9]{{8}}') then try_strptime({column}, '%Y%m%d')::date "
        f"when regexp_matches({column}, '{sql.ISO}') then try_cast({column}[1:10] as date) "
        f"when regexp_full_match({column}, '[0-9]{{1,2}}[-/.][0-9]{{1,2}}[-/.][0-9]{{4}}') "
        f"then try_strptime(regexp_replace({column}, '[/.]', '-', 'g'), '%d-%m-%Y')::date end"
    )

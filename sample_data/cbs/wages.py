"""What stands in the wage files and the file of employers? One a year, with columns nobody needs."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from sample_data.cbs import codes
from sample_data.cbs.components import LAST_YEAR, Component, keys, text_of, with_strangers
from sample_data.cbs.truth import World
from sample_data.days import IntArray

_DATES: Final = (
    "SDATUMAANVANGIKO", "SDATUMEINDEIKO", "SDATUMAANVANGIKV", "SDATUMEINDEIKV", "SDATUMAANVANGIKVORG"
)  # fmt: skip
_VERSIONS: Final = {2022: "2", 2023: "3", LAST_YEAR: "063"}
_EMPLOYER_FILES: Final = {2022: ("BE", "TAB", "124"), 2023: ("BETAB", "", "2")}
_AGREEMENTS: Final = ("Horeca", "Uitzendkrachten", "Zorg, cliëntgebonden", "Geen cao")


def wage_files(world: World, rng: np.random.Generator) -> list[Component]:
    """Return a wage file and a file of employers for every year with wages.

    The last year has only a provisional version; 2023 has one beside its definite version, and what it holds is wrong.
    """
    jobs = world.jobs.assign(four_weekly=_four_weekly(world.jobs))
    register = dict(zip(world.persons["person_id"], world.persons["register"], strict=True))
    files = []
    for year, part in jobs.groupby(jobs["end"].dt.year):
        number = int(str(year))
        found = _wages(part, number, register, rng)
        if number == 2023:
            wrong = found.frame.assign(SBASISLOON=found.frame["SBASISLOON"] + 100)
            files.append(_as_file(wrong, number, "123"))
        files += [found, _employers(part, number, rng)]
    return files


def _as_file(frame: pd.DataFrame, year: int, version: str) -> Component:
    return Component(
        stem="SPOLISBUS",
        year=year,
        version=version,
        frame=frame,
        dates=_DATES,
        labels={"SCONTRACTSOORT": codes.CONTRACT_WORDS, "SSOORTBAAN": codes.KIND_WORDS},
    )


def _four_weekly(jobs: pd.DataFrame) -> pd.Series:
    """Return who pays every four weeks: employers with two periods of one job in a month."""
    month = jobs["start"].dt.to_period("M")
    periods = jobs.groupby([jobs["relation"], month])["start"].transform("nunique")
    return periods.groupby(jobs["employer_id"]).transform("max") > 1


def _wages(jobs: pd.DataFrame, year: int, register: dict[str, str], rng: np.random.Generator) -> Component:
    kind = jobs["contract"].map({"agency": "4", "on-call": "5"}).fillna("9")
    term = jobs["contract"].map({"permanent": "O", "fixed-term": "B"}).fillna("N")
    # An agency worker or somebody on call may well have a contract for a fixed term.
    term = term.mask(kind.isin(["4", "5"]) & (rng.random(len(jobs)) < 0.3), "B")
    kind = kind.mask((jobs["contract"] == "other") & (rng.random(len(jobs)) < 0.3), "2")
    spell = jobs.groupby("relation")
    frame = pd.DataFrame(
        {
            **keys(jobs, register),
            "IKVID": jobs["relation"],
            "SBEID": jobs["employer_id"].where(jobs["known_employer"], ""),
            "SDATUMAANVANGIKO": text_of(jobs["start"]),
            "SDATUMEINDEIKO": text_of(jobs["end"]),
            "SDATUMAANVANGIKV": text_of(spell["start"].transform("min")),
            "SDATUMEINDEIKV": text_of(spell["end"].transform("max")),
            "SDATUMAANVANGIKVORG": text_of(spell["start"].transform("min")),
            "SBASISLOON": jobs["wage"],
            "SBASISUREN": jobs["hours"],
            "SCONTRACTSOORT": term.str.lower() if year == 2023 else term,
            "SSOORTBAAN": kind,
            "STIJDVAKTYPE": np.where(jobs["four_weekly"], "1", "5"),
            **_spare_columns(jobs, rng),
        }
    )
    return _as_file(with_strangers(frame, rng), year, _VERSIONS.get(year, "1"))


def _spare_columns(jobs: pd.DataFrame, rng: np.random.Generator) -> dict[str, object]:
    """Return the columns that the program must leave alone, some with runs of nines for what is missing."""
    size = len(jobs)
    nines = rng.random(size) < 0.05

    def digits(low: int, high: int) -> IntArray:
        return np.asarray(rng.integers(low, high, size))

    days = (jobs["end"] - jobs["start"]).dt.days + 1
    return {
        "SBAANDAGEN": days,
        "SVOLTIJDDAGEN": np.round(jobs["hours"] / 8, 2),
        "SREGULIEREUREN": jobs["hours"],
        "SOVERWERKUREN": np.zeros(size),
        "SAANTVERLU": jobs["hours"],
        "SAANTCTRCTURENPWK": np.where(nines, 999.0, np.round(jobs["hours"] / days * 7, 1)),
        "SLNINGLD": np.round(jobs["wage"] * 1.08, 2),
        "SLNOWRK": np.zeros(size),
        "SBIJZONDEREBELONING": np.round(jobs["wage"] * 0.08, 2),
        "SVAKBSL": np.round(jobs["wage"] * 0.08, 2),
        "SCTRCTLN": np.where(nines, 999999999.0, jobs["wage"]),
        "SREISK": digits(0, 100),
        "SPOLISDIENSTVERBAND": digits(1, 3).astype(str),
        "SARBEIDSRELATIE": digits(1, 3).astype(str),
        "SSRTIV": "15",
        "SCDINCINKVERM": "--",
        "SCAOSECTOR": "1000",
        "SIMPUTATIE": "-",
        "CAONAAM": np.asarray(_AGREEMENTS, dtype=object)[digits(0, len(_AGREEMENTS))],
    }


def _employers(jobs: pd.DataFrame, year: int, rng: np.random.Generator) -> Component:
    """Return the employers of a year with their industry; nines where it is not known."""
    known = jobs[jobs["known_employer"]]
    agency = known["contract"].eq("agency").groupby(known["employer_id"]).max()
    sector = known.groupby("employer_id")["sector"].first()
    industry = sector.map(codes.INDUSTRY).fillna(codes.NO_INDUSTRY)
    industry = industry.mask(agency & (sector == "N"), codes.AGENCY)
    stem, kind, version = _EMPLOYER_FILES.get(year, ("BETAB", "", "1"))
    frame = pd.DataFrame(
        {
            "BEID": industry.index.to_series().to_numpy(),
            f"SBI2008V{year}": industry.to_numpy(),
            "GKSBS": rng.choice(["10", "21", "30", "50", "93"], len(industry)),
            f"GEMHV{year}": "0363",
            "GEMEENTENAAM": "Súdwest-Fryslân",
        }
    )
    return Component(stem=stem, kind=kind, year=year, version=version, frame=frame)

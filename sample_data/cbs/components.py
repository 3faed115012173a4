"""What stands in the component files on persons? Columns as CBS names them, with text for codes and dates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from sample_data.cbs import codes
from sample_data.cbs.truth import DAY, World, some
from sample_data.days import IntArray

OPEN_END = "20501231"
LAST_YEAR = 2024


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """One file: name, version and rows.

    Attributes
    ----------
    stem, kind
        Before and behind the year in the name, as ``GBAPERSOON`` and ``TAB``.
    year
        None where the version begins with it, as in ``V2024092``: the second of September.
    version
        Digits behind the V.
    dates
        Columns that hold days, as text of eight digits.
    labels
        Words of the codes of some columns.
    """

    stem: str
    kind: str = ""
    year: int | None = LAST_YEAR
    version: str = "1"
    frame: pd.DataFrame
    dates: tuple[str, ...] = ()
    labels: codes.Labels = field(default_factory=dict)


def text_of(days: pd.Series, missing: str = OPEN_END) -> pd.Series:
    """Return days as text of eight digits."""
    text: pd.Series = days.dt.strftime("%Y%m%d")
    return text.fillna(missing)


def keys(frame: pd.DataFrame, register: Mapping[str, str]) -> dict[str, pd.Series]:
    """Return the two columns that name a person."""
    return {"RINPERSOONS": frame["person_id"].map(register), "RINPERSOON": frame["person_id"]}


def with_strangers(frame: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Add rows of the registers A and F, with numbers that persons of the register R have too."""
    copies = frame.iloc[some(rng, np.arange(len(frame)), 0.02, least=2)].copy()
    copies["RINPERSOONS"] = np.where(np.arange(len(copies)) % 2 == 0, "A", "F")
    # As delivered, the rows that belong to nobody come first.
    return pd.concat([copies, frame], ignore_index=True).sort_values(
        "RINPERSOONS", kind="stable", ignore_index=True
    )


def person_files(world: World, rng: np.random.Generator) -> list[Component]:
    """Return the components on persons, an older version and an older year of the first among them, both wrong."""
    register = dict(zip(world.persons["person_id"], world.persons["register"], strict=True))
    persons = _persons(world, register, rng)
    wrong = persons.frame.assign(
        GBAGESLACHT=np.where(persons.frame["GBAGESLACHT"] == "1", "2", "1"), GBAGEBOORTEJAAR="1950"
    )
    return [
        replace(persons, version="9", frame=wrong),
        # A later year says it again, and better: persons of all years are in the newest.
        replace(persons, version="12", year=LAST_YEAR - 1, frame=wrong),
        persons,
        _addresses(world, register, rng),
        *_deaths(world, register, provisional=rng.random() < 0.5),
        _nationalities(world, register, rng),
        _households(world, register),
    ]


def _persons(world: World, register: Mapping[str, str], rng: np.random.Generator) -> Component:
    persons = world.persons
    country = persons["nationality"].map(codes.BIRTH_COUNTRY)
    soviet = (
        (persons["nationality"] == "UA") & (persons["born_year"] < 1992) & (rng.random(len(persons)) < 0.3)
    )
    country = country.mask(soviet, codes.SOVIET_UNION)
    known = persons["birth_known"]
    year = persons["born_year"].astype(str)
    # What is unknown is written in two ways, in turn.
    turn = pd.Series(np.arange(len(persons)) % 2 == 0, persons.index)
    lost = known == "nothing"
    frame = pd.DataFrame(
        {
            **keys(persons, register),
            "GBAGEBOORTELAND": country.mask((country == "0000") & turn, "----"),
            "GBAGESLACHT": persons["sex"].map(codes.SEX).fillna("-"),
            "GBAGEBOORTELANDMOEDER": country,
            "GBAGEBOORTELANDVADER": country,
            "GBAAANTALOUDERSBUITENLAND": "2",
            "GBAHERKOMSTGROEPERING": country,
            "GBAGENERATIE": "1",
            "GBAGEBOORTEJAAR": year.mask(lost, "----").mask(lost & (lost.cumsum() % 2 == 0), "9999"),
            "GBAGEBOORTEMAAND": persons["birth_date"].dt.strftime("%m").where(known == "month", "--"),
            "GBAGEBOORTEDAG": "--",
            "GBAIMPUTATIECODE": "0",
            "GBAHERKOMSTLAND": country,
            "GBAGEBOORTELANDNL": "0",
            "HERKOMSTOMSCHRIJVING": country.map(codes.COUNTRY_WORDS),
        }
    )
    return Component(
        stem="GBAPERSOON",
        kind="TAB",
        version="10",
        frame=with_strangers(frame, rng),
        labels={
            "GBAGESLACHT": codes.SEX_WORDS,
            "GBAGEBOORTELAND": codes.COUNTRY_WORDS,
            "GBAHERKOMSTLAND": codes.COUNTRY_WORDS,
        },
    )


def _addresses(world: World, register: Mapping[str, str], rng: np.random.Generator) -> Component:
    """Return address spells: some stays are cut into two or three that touch; the last day is included."""
    spells = _cut(world.stays, rng)
    frame = pd.DataFrame(
        {
            **keys(spells, register),
            "GBADATUMAANVANGADRESHOUDING": text_of(spells["settled"]),
            "GBADATUMEINDEADRESHOUDING": text_of(spells["departed"] - DAY),
            "SOORTOBJECTNUMMER": "B",
            "RINOBJECTNUMMER": [f"{number:032d}" for number in rng.integers(0, 10**9, len(spells))],
        }
    )
    return Component(
        stem="GBAADRESOBJECT",
        kind="BUS",
        frame=with_strangers(frame, rng),
        dates=("GBADATUMAANVANGADRESHOUDING", "GBADATUMEINDEADRESHOUDING"),
    )


def _cut(stays: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Cut a third of the longer stays into touching pieces."""
    horizon = pd.Timestamp(LAST_YEAR, 7, 1)
    for share in (0.3, 0.3):
        length = (stays["departed"].fillna(horizon) - stays["settled"]).dt.days
        chosen: IntArray = some(rng, np.flatnonzero(length > 60), share)
        seam = stays["settled"].iloc[chosen] + pd.to_timedelta(length.iloc[chosen] // 2, unit="D")
        second = stays.iloc[chosen].assign(settled=seam)
        first = stays.assign(departed=seam.reindex(stays.index).fillna(stays["departed"]))
        stays = pd.concat([first, second], ignore_index=True)
    return stays.sort_values(["person_id", "settled"], kind="stable", ignore_index=True)


def _deaths(world: World, register: Mapping[str, str], *, provisional: bool) -> list[Component]:
    """Return the deaths; a provisional file has VRL before its name and its columns, and a month, in two versions."""
    dead = world.stays[world.stays["destination"] == "deceased"]
    frame = pd.DataFrame({**keys(dead, register), "GBADatumOverlijden": text_of(dead["departed"] - DAY)})
    # Somebody else, whose number a living person has too.
    living = world.persons[~world.persons["person_id"].isin(dead["person_id"])].head(1)
    stranger = pd.DataFrame(
        {"RINPERSOONS": "A", "RINPERSOON": living["person_id"], "GBADatumOverlijden": "20230615"}
    )
    frame = pd.concat([stranger, frame], ignore_index=True)
    if not provisional:
        return [Component(stem="GBAOVERLIJDENTAB", frame=frame, dates=("GBADatumOverlijden",))]
    september = Component(
        stem="VRLGBAOVERLIJDENTAB",
        year=None,
        version=f"{LAST_YEAR}092",
        frame=frame.rename(columns={"GBADatumOverlijden": "VRLGBADatumOverlijden"}),
        dates=("VRLGBADatumOverlijden",),
    )
    wrong = september.frame.assign(VRLGBADatumOverlijden="20240815")
    return [replace(september, version=f"{LAST_YEAR}091", frame=wrong), september]


def _nationalities(world: World, register: Mapping[str, str], rng: np.random.Generator) -> Component:
    first = world.stays.groupby("person_id")["settled"].min()
    persons = world.persons
    frame = pd.DataFrame(
        {
            **keys(persons, register),
            "GBADATUMAANVANGNATIONALITEIT": text_of(persons["person_id"].map(first)),
            "GBADATUMEINDENATIONALITEIT": OPEN_END,
            "GBANATIONALITEIT": persons["nationality"].map(codes.NATIONALITY),
        }
    )
    return Component(
        stem="GBANATIONALITEIT",
        kind="BUS",
        frame=with_strangers(frame, rng),
        dates=("GBADATUMAANVANGNATIONALITEIT", "GBADATUMEINDENATIONALITEIT"),
        labels={"GBANATIONALITEIT": codes.NATIONALITY_WORDS},
    )


def _households(world: World, register: Mapping[str, str]) -> Component:
    kinds = world.persons.set_index("person_id")
    stays = world.stays
    number = stays["person_id"].map(kinds["household_id"])
    frame = pd.DataFrame(
        {
            **keys(stays, register),
            "DATUMAANVANGHH": text_of(stays["settled"]),
            "DATUMEINDEHH": text_of(stays["departed"] - DAY),
            "HUISHOUDNR": number,
            "TYPHH": stays["person_id"].map(kinds["household"]).map(codes.HOUSEHOLD),
            "PLHH": "9",
            "REFPERSOONHH": "0",
            "AANTALPERSHH": stays["person_id"].map(
                kinds["household_id"].map(kinds["household_id"].value_counts())
            ),
            "GEBJAARJONGSTEKINDHH": "----",
            "IMPUTATIECODEHH": "0",
        }
    )
    return Component(
        stem="GBAHUISHOUDENS",
        kind="BUS",
        frame=frame,
        dates=("DATUMAANVANGHH", "DATUMEINDEHH"),
        labels={"TYPHH": codes.HOUSEHOLD_WORDS},
    )

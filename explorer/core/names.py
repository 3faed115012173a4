"""The names of columns, levels and states as readers see them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from explorer.core.formatting import Formats
from explorer.core.months import first_day, month_name, number_of
from explorer.core.person_numbers import NUMBERS
from explorer.core.words import N_, Worded, Words, small
from models.register import DESTINATIONS, DatasetInfo, PersonColumn

COLUMNS: Final = {
    "cohort": N_("Period of settling"),
    "quarter": N_("Quarter of settling"),
    "month_settled": N_("Month of settling"),
    "nationality_group": N_("Nationality group"),
    "nationality": N_("Nationality"),
    "sex": N_("Sex"),
    **{name: number.label for name, number in NUMBERS.items()},
    "age_band": N_("Age band at settling"),
    "destination": N_("Destination"),
    "contract": N_("Contract"),
    "sector": N_("Sector"),
    "outcome": N_("Outcome"),
    "curve": N_("Curve"),
    "state": N_("State"),
    "from_state": N_("From"),
    "to_state": N_("To"),
    "naive_share": N_("Share of those present"),
    "months_spent": N_("Months spent"),
    "removals": N_("Removals by the register"),
    "month": N_("Month"),
    "to_month": N_("To month"),
    "growth": N_("Growth"),
    "period": N_("Calendar month"),
    "date": N_("Date"),
    "at_risk": N_("At risk"),
    "observable": N_("Observable"),
    "departed": N_("Departed"),
    "share_departed": N_("Share departed"),
    "ci_low": N_("95% CI, lower"),
    "ci_high": N_("95% CI, upper"),
    "censored": N_("Censored"),
    "share_staying": N_("Share staying"),
    "mean_days": N_("Mean stay, days"),
    "mean_months": N_("Mean stay, months"),
    "months_low": N_("Months, 95% CI, lower"),
    "months_high": N_("Months, 95% CI, upper"),
    "difference": N_("Difference"),
    "mean_stay": N_("Mean stay, difference in months"),
    "mean_stay_low": N_("Mean stay, 95% CI, lower"),
    "mean_stay_high": N_("Mean stay, 95% CI, upper"),
    "difference_low": N_("Difference, 95% CI, lower"),
    "difference_high": N_("Difference, 95% CI, upper"),
    "std_error": N_("Standard error"),
    "person_days": N_("Person-days"),
    "rate": N_("Rate per month"),
    "present": N_("Present"),
    "working": N_("Working"),
    "share_working": N_("Share working"),
    "persons": N_("Persons"),
    "share": N_("Share"),
    "workers": N_("Working"),
    "more_than_one": N_("More than one employer"),
    "p10": N_("10th percentile"),
    "p25": N_("25th percentile"),
    "p50": N_("Median"),
    "p75": N_("75th percentile"),
    "p90": N_("90th percentile"),
    "share_at_least": N_("Share at or above the threshold"),
    "minimum": N_("Statutory minimum"),
    "share_below": N_("Share below it"),
    "settled": N_("Settled"),
    "statistic": N_("Chi-square"),
    "df": N_("Degrees of freedom"),
    "p_value": N_("p-value"),
    "term": N_("Term"),
    "estimate": N_("Estimate"),
    "selection": N_("Selection"),
    "events": N_("Events"),
    "hourly_wage": N_("Hourly wage, geometric mean"),
    "share_left": N_("Share left"),
    "status": N_("Status"),
}

LEVELS: Final = {
    "female": N_("female"),
    "male": N_("male"),
    "unknown": N_("unknown"),
    "Ukrainian": N_("Ukrainian"),
    "other": N_("other"),
    "stateless": N_("stateless"),
    "origin": N_("to the country of origin"),
    "onward": N_("to another country"),
    "administrative": N_("removed by the register"),
    "deceased": N_("deceased"),
    "permanent": N_("permanent"),
    "fixed-term": N_("fixed-term"),
    "on-call": N_("on call"),
    "agency": N_("agency"),
    "first job": N_("first job"),
    "loss of job": N_("loss of work"),
    "departed": N_("departed"),
    "not working": N_("not working"),
    "returned": N_("returned"),
    "event": N_("counted as departures"),
    "censored": N_("censored"),
    "redated": N_("moved to the last day worked"),
    "everyone": N_("everyone"),
    "right": N_("right"),
    "shortcut": N_("shortcut"),
    "truth": N_("truth"),
    "all present": N_("all present then"),
    "all settled": N_("all from settling"),
    "observed": N_("observed"),
    "fitted": N_("fitted"),
    "ok": N_("ok"),
    "merged": N_("merged"),
    "hidden": N_("hidden"),
}

MONTHS: Final = ("month_settled", "period")
"""Columns whose levels are calendar months, as ``2023-04``."""
DESTINATION_LEVELS: Final = {"unknown": N_("destination unknown")}
DESTINATION_NAMES: Final = {name: DESTINATION_LEVELS.get(name, LEVELS[name]) for name in DESTINATIONS}
CONTRACT_LEVELS: Final = {"other": N_("other contract")}
OWN_LEVELS: Final = {
    "destination": DESTINATION_LEVELS,
    **dict.fromkeys(("contract", "state", "from_state", "to_state"), CONTRACT_LEVELS),
}
"""Levels that are called otherwise in these columns; a state is the contract of the main job, where it has one."""

SECTORS: Final = {
    "A": N_("Agriculture"),
    "B": N_("Mining"),
    "C": N_("Manufacturing"),
    "D": N_("Energy"),
    "E": N_("Water and waste"),
    "F": N_("Construction"),
    "G": N_("Trade"),
    "H": N_("Transport and storage"),
    "I": N_("Hospitality"),
    "J": N_("Information"),
    "K": N_("Finance"),
    "L": N_("Real estate"),
    "M": N_("Professional services"),
    "N": N_("Other business services"),
    "O": N_("Public administration"),
    "P": N_("Education"),
    "Q": N_("Health and care"),
    "R": N_("Culture and sport"),
    "S": N_("Other services"),
    "T": N_("Households"),
    "U": N_("International bodies"),
}

PUBLISHED_SOURCES: Final = (
    N_("CBS Oekrainers in Nederland 15 April 2025"),
    N_("CBS news release February 2023"),
    N_("CBS news release September 2023"),
    N_("CBS news release February 2024"),
    N_("CBS release of February 2023 as reported in the press"),
)
"""Sources of the published figures of the sample, as written there; said in the reader's language."""


def dataset_title(info: DatasetInfo, words: Words) -> str:
    """Return the title of a dataset in the reader's language, where it has one."""
    return info.translations.get(words.language, {}).get("title", info.title)


def dataset_source(info: DatasetInfo, words: Words) -> str:
    """Return the source of a dataset in the reader's language, where it has one."""
    return info.translations.get(words.language, {}).get("source", info.source)


def column_name(name: str, info: DatasetInfo, words: Words) -> str:
    """Return the name of a column in the reader's language; extra columns carry their own labels."""
    return ColumnOf(name, info.columns).told(words)


def column_names(columns: Iterable[str], info: DatasetInfo, words: Words) -> tuple[tuple[str, str], ...]:
    """Return columns, each with what it is called."""
    return tuple((name, column_name(name, info, words)) for name in columns)


def level_name(column: str, level: str, info: DatasetInfo, words: Words) -> str:
    """Return the name of a level in the reader's language; levels of extra columns are shown as they are."""
    if column == "sector" and level in SECTORS:
        return words(SECTORS[level])
    if column == "nationality" and len(level) == 2:
        return Formats(words.language).country(level)
    if column == "nationality_group" and level == info.reference_nationality:
        return Formats(words.language).country(level)
    own = OWN_LEVELS.get(column, {})
    if level in own:
        return words(own[level])
    extra = next((extra for extra in info.columns if extra.name == column), None)
    if extra is not None:
        named = extra.levels.get(level, {}).get(words.language)
        return named or (words(LEVELS["unknown"]) if level == "unknown" else level)
    if column in MONTHS and level[:1].isdigit():
        return month_name(first_day(number_of(level)), words.language)
    if column == "date":
        return Formats(words.language).day(date.fromisoformat(level))
    return words(LEVELS[level]) if level in LEVELS else level


@dataclass(frozen=True, slots=True)
class ColumnOf(Worded):
    """The name of a column, of a dataset with the extra columns `own`; with `lower` as inside a sentence."""

    name: str
    own: tuple[PersonColumn, ...] = ()
    lower: bool = False

    def told(self, words: Words) -> str:
        """Return the name in the reader's language: of an extra column its own label."""
        labels = next((column.labels for column in self.own if column.name == self.name), {})
        name = labels.get(words.language) or labels.get("en") or words(COLUMNS.get(self.name, ""))
        name = name or self.name.replace("_", " ").capitalize()
        return small(name) if self.lower else name


@dataclass(frozen=True, slots=True)
class LevelOf(Worded):
    """The name of a level of a column of a dataset."""

    column: str
    level: str
    info: DatasetInfo

    def told(self, words: Words) -> str:
        """Return the name in the reader's language."""
        return level_name(self.column, self.level, self.info, words)

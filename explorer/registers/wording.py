"""The quality report in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from explorer.core.words import N_, Message, Words
from models.register import Finding, QualityReport, Register, RowCount

PROBLEMS: Final = {
    "person_without_id": N_("person without a person_id"),
    "person_conflicting": N_("person_id there more than once with different content"),
    "person_duplicate": N_("same row there more than once (the first is kept)"),
    "birth_unreadable": N_("birth date that cannot be read"),
    "person_stay_unusable": N_("person whose earliest stay cannot be used"),
    "person_without_stay": N_("person without a stay"),
    "sex_unknown": N_("sex missing or not a known code"),
    "nationality_unknown": N_("nationality missing or not a known code"),
    "birth_missing": N_("birth date missing: age unknown"),
    "birth_withheld": N_(
        "settled before the 15th or 1 July that stands for a withheld day of birth: taken as born on the day of "
        "settling"
    ),
    "not_in_cohort": N_(
        "person without a stay that begins on or after the first day of arrivals: not in the cohort"
    ),
    "stay_without_person": N_("stay of nobody in persons"),
    "stay_of_person_set_aside": N_("stay of a person set aside"),
    "stay_settled_unreadable": N_("settling date missing or unreadable"),
    "stay_departed_unreadable": N_("departure date that cannot be read"),
    "stay_departed_before_settled": N_("departed before settled"),
    "stay_settled_too_late": N_("settled on or after the reference date: no time at risk"),
    "stay_before_birth": N_("settled before birth"),
    "stay_same_day": N_("departed on the day of settling"),
    "stay_merged": N_("touches or overlaps another stay: merged"),
    "stay_again": N_("return after a departure: a further stay"),
    "departed_after_observation": N_("departed after the reference date: still resident then"),
    "destination_unknown": N_("destination is not a known code"),
    "destination_missing": N_("departed without a destination"),
    "destination_overruled": N_(
        "ends on the same day as another stay with another destination: the first of deceased, origin, onward, "
        "administrative, unknown counts"
    ),
    "destination_ignored": N_("destination without a departure on or before the reference date: ignored"),
    "job_without_person": N_("job of nobody in persons"),
    "job_of_person_set_aside": N_("job of a person set aside"),
    "job_date_unreadable": N_("start or end missing or unreadable"),
    "job_end_before_start": N_("ended before it started"),
    "job_after_observation": N_("started after the reference date"),
    "job_hours_unreadable": N_("hours missing or unreadable"),
    "job_outside_stays": N_("shares no day with any stay"),
    "job_split": N_("spans calendar months: split by days"),
    "job_end_after_observation": N_("ends after the reference date: cut there, with its hours and wage"),
    "wage_unusable": N_(
        "wage missing, or the wages of the calendar month at this employer not above 0 or outside 1 to 1000 EUR an "
        "hour: left out of wages"
    ),
    "contract_unknown": N_("contract missing or not a known code"),
    "sector_unknown": N_("sector is not a section letter"),
    "employer_missing": N_("employer missing"),
    "missing_written": N_("“{column}” is written NA, NULL, “-”, “.” or such a word: read as missing"),
    "namibia": N_("“{column}” is NA: read as the country code of Namibia, not as missing"),
    "time_of_day": N_("“{column}” has a time of day: its day counts, on the clock of the column"),
    "label_of_number": N_("“{column}” has a label, but most of its values have none: read as a number"),
    "value_unreadable": N_("“{column}” holds what is no value of its kind: read as missing"),
    "date_unused": N_("“{column}” is a date: kept, but no figure uses it"),
    "column_unknown": N_("“{column}” is empty or unknown throughout"),
}

MUCH: Final = 0.1
"""The share of a table that is set aside above which it is said where the dataset opens."""

MOST_NAMED: Final = 8
"""Columns that one sentence names."""
TABLES: Final = {"persons": N_("persons"), "stays": N_("stays"), "jobs": N_("jobs")}

TREATMENTS: Final = {
    "repaired": N_("repaired"),
    "set aside": N_("set aside"),
    "kept": N_("kept"),
    "recoded": N_("unknown"),
}


def report_lines(
    report: Register | QualityReport, words: Words, format_count: Callable[[int], str] = str
) -> list[str]:
    """Return the quality report as lines: for each table its rows, then a line a finding."""
    quality = report.quality if isinstance(report, Register) else report
    lines: list[str] = []
    for count in quality.counts:
        lines.append(_count_line(count, words, format_count))
        own = [finding for finding in quality.findings if finding.table == count.table]
        lines += [_finding_line(finding, words, format_count) for finding in own]
    return lines


def warnings(quality: QualityReport, words: Words, format_count: Callable[[int], str] = str) -> list[str]:
    """Return what nobody should overlook: nobody in the cohort, tables that lost much, columns that say nothing."""
    outside = sum(finding.rows for finding in quality.findings if finding.problem == "not_in_cohort")
    used = sum(count.used for count in quality.counts if count.table == "persons")
    lost = [
        words(
            N_("{table} ({set_aside} of {rows_in} rows)"),
            table=Message(TABLES[count.table]),
            set_aside=format_count(count.set_aside),
            rows_in=format_count(count.rows_in),
        )
        for count in quality.counts
        if count.set_aside > MUCH * count.rows_in
    ]
    lines = [words(N_("Nobody is in the cohort: no stay begins on or after the first day of arrivals."))]
    lines = lines if outside == used else []
    lines += (
        [words(N_("More than a tenth is set aside of {tables}."), tables=", ".join(lost))] if lost else []
    )
    for table, name in TABLES.items():
        silent = [
            f"“{finding.column}”"
            for finding in quality.findings
            if finding.problem == "column_unknown" and finding.table == table
        ]
        if silent:
            shown = ", ".join(silent[:MOST_NAMED]) + (", …" if len(silent) > MOST_NAMED else "")
            said = N_("Empty or unknown throughout in {table}: {columns}.")
            lines.append(words(said, table=Message(name), columns=shown))
    return lines


def _count_line(count: RowCount, words: Words, format_count: Callable[[int], str]) -> str:
    return words(
        N_("{table}: {rows_in} rows read = {used} used + {repaired} repaired + {set_aside} set aside"),
        table=Message(TABLES[count.table]),
        rows_in=format_count(count.rows_in),
        used=format_count(count.used),
        repaired=format_count(count.repaired),
        set_aside=format_count(count.set_aside),
    )


def _finding_line(finding: Finding, words: Words, format_count: Callable[[int], str]) -> str:
    shown = ", ".join(map(str, finding.examples))
    more = ", …" if finding.rows > len(finding.examples) else ""
    found = found_text(finding, format_count)
    line = words(
        N_("  {count} {treatment}: {problem} (data rows {rows})")
        if shown
        else N_("  {count} {treatment}: {problem}"),
        count=format_count(finding.rows),
        treatment=Message(TREATMENTS[finding.treatment]),
        problem=problem_text(finding, words),
        rows=shown + more,
    )
    return words(N_("{line}: {values}"), line=line, values=found) if found else line


def problem_text(finding: Finding, words: Words) -> str:
    """Return what was found amiss, in words."""
    return words(PROBLEMS[finding.problem], column=finding.column or "")


def found_text(finding: Finding, format_count: Callable[[int], str] = str) -> str:
    """Return the commonest values that were found, each with its number of rows."""
    return ", ".join(f"“{value}” ({format_count(rows)})" for value, rows in finding.found)

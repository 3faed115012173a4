"""Fits and projections on the command line: a header says what was fitted, refusals are one sentence."""

from __future__ import annotations

import csv
import io
from itertools import pairwise

import openpyxl
import pytest

import sample_data
from explorer.__main__ import main
from explorer.core.fits import MODELS

SMALL = str(sample_data.small_path())
COLUMNS = ["term", "estimate", "std_error", "ci_low", "ci_high", "p_value"]


def run(capsys, *arguments):
    status = main([str(argument) for argument in arguments])
    out, err = capsys.readouterr()
    return status, out, err


def split(text):
    header = dict(line[2:].split(": ", 1) for line in text.splitlines() if line.startswith("# "))
    body = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    return header, list(csv.DictReader(io.StringIO(body)))


@pytest.mark.parametrize("model", MODELS)
def test_every_model_writes_coefficients_under_a_header_that_says_what_it_is(capsys, model):
    terms = "contract" if model == "wage-within" else "cohort + sex"
    status, out, err = run(capsys, "fit", model, SMALL, "--terms", terms)
    assert (status, err) == (0, "")
    header, rows = split(out)
    assert list(rows[0]) == COLUMNS
    for name in (
        "model",
        "event",
        "terms",
        "baseline",
        "selection",
        "n",
        "df_residual",
        "errors",
        "interval",
        "source",
    ):
        assert header[name], name
    assert header["model"].startswith(f"{model}: ")
    assert ("ties" in header) == (model == "cox")
    assert ("log_likelihood" in header) == (model != "median-wage")
    for row in rows:
        middle = (float(row["ci_low"]) + float(row["ci_high"])) / 2
        assert float(row["estimate"]) == pytest.approx(middle)


def test_the_header_is_in_the_language_asked(capsys):
    _, out, _ = run(capsys, "fit", "departure", SMALL, "--lang", "nl")
    header, _ = split(out)
    assert header["baseline"] == "één trede per maand"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--terms", "cohort + nothing"), "nothing"),
        (("--terms", "cohort + + sex"), "no term"),
        (("--terms", "contract"), "wage models"),
        (("--terms", "month"), "change with month"),
        (("--cause", "moon"), "moon"),
        (("--reference", "sex=none"), "sex[none]"),
        (("--reference", "sex"), "sex=male"),
        (("--real", "2024-01"), "“--real” has no effect with “departure”;"),
        (("--balanced", "6-24"), "--balanced"),
        (("--ties", "breslow"), "--ties"),
        (("--in-blocks", "colour"), "colour"),
        (("--standardise", "sex"), "“sex” is no category among the terms"),
        (("--standardise", "colour"), "no column “colour”; there are cohort, "),
        (("--standardise", "contract"), "“contract” is known only"),
        (("--differences",), "--standardise"),
        (("--shortest", "4"), "without “--in-blocks”"),
        (("--standardise", "cohort", "--shortest", "4"), "without “--in-blocks”"),
        (("--standardise", "cohort", "--profile", "cohort=2023"), "do not go together"),
        (("--in-blocks", "cohort", "--profile", "cohort=2023"), "do not go together"),
        (("--in-blocks", "cohort", "--standardise", "cohort"), "do not go together"),
        (("--in-blocks", "cohort", "--by-month", "cohort"), "do not go together"),
        (("--profile", "sex=male"), "cohort"),
        (("--profile", "cohort=1999"), "1999"),
        (
            (
                "--where",
                "sex = female and cohort = 2023 and province = nowhere",
            ),
            "province",
        ),
        (("--out", "fit.txt"), ".csv"),
    ],
)
def test_what_cannot_be_fitted_is_refused_in_one_sentence_that_names_it(capsys, arguments, words):
    status, out, err = run(capsys, "fit", "departure", SMALL, *arguments)
    assert (status, out) == (2, "")
    assert words in err
    assert len(err.strip().splitlines()) == 1


def test_there_is_no_fit_of_few_people_and_the_reason_names_the_remedy(capsys):
    where = "cohort = '2024 H1' and sex = male and age between 60 and 64"
    status, out, err = run(
        capsys, "fit", "departure", SMALL, "--where", where, "--terms", "age_band + province"
    )
    assert (status, out) == (2, "")
    assert "There is no fit" in err


@pytest.mark.parametrize(
    "asking",
    [
        ("fit", "departure"),
        ("fit", "departure", "--standardise", "cohort"),
        ("table", "model_terms"),
        ("table", "model_fitted"),
        ("table", "model_differences"),
        ("table", "projection"),
        ("project",),
    ],
)
def test_where_there_is_no_fit_every_command_says_so(capsys, asking):
    where = ("--where", "age between 200 and 300")
    status, out, err = run(capsys, *asking, SMALL, *where)
    assert (status, out) == (2, "")
    assert "There is no" in err


@pytest.mark.parametrize("lang", ["en", "nl"])
def test_a_refusal_calls_a_column_as_it_is_written_here(capsys, lang):
    for asking in (("fit", "departure", "--standardise"), ("table", "model_differences", "--compared")):
        err = run(capsys, *asking, "month_settled", SMALL, "--terms", "cohort", "--lang", lang)[2]
        assert "month_settled" in err


@pytest.mark.parametrize(
    ("asking", "said"),
    [
        (("table", "naive_month24"), "--by cohort"),
        (
            ("table", "naive_month24", "--by", "nationality_group", "--where", "nationality_group = other"),
            "--by",
        ),
        (("table", "naive_month24", "--versus", "sex = male"), "leave out --versus"),
        (
            ("table", "model_differences", "--where", "cohort = 2023", "--terms", "cohort + sex"),
            "another column",
        ),
        (
            ("fit", "departure", "--standardise", "cohort", "--differences", "--where", "cohort = 2023"),
            "another",
        ),
    ],
)
def test_where_there_is_nothing_to_compare_the_remedy_is_one_that_can_be_asked(capsys, asking, said):
    status, out, err = run(capsys, *asking, SMALL)
    assert (status, out) == (2, "")
    assert said in err
    assert "“Terms”" not in err


def test_another_reference_turns_the_sign(capsys):
    plain = split(run(capsys, "fit", "departure", SMALL, "--terms", "sex")[1])[1]
    turned = split(run(capsys, "fit", "departure", SMALL, "--terms", "sex", "--reference", "sex=male")[1])[1]
    by_term = {row["term"]: float(row["estimate"]) for row in (*plain, *turned)}
    assert by_term["sex[male]"] == pytest.approx(-by_term["sex[female]"])


def test_a_cause_counts_only_that_destination_and_removals_can_be_censored(capsys):
    events = {}
    for name, arguments in {
        "all": (),
        "origin": ("--cause", "origin"),
        "rest": ("--cause", "onward,unknown,administrative,deceased"),
        "censored": ("--removals", "censored"),
        "administrative": ("--cause", "administrative"),
    }.items():
        events[name] = int(split(run(capsys, "fit", "departure", SMALL, *arguments)[1])[0]["events"])
    assert events["origin"] + events["rest"] == events["all"]
    assert events["censored"] + events["administrative"] == events["all"]


def test_a_condition_on_the_future_starts_risk_at_its_month(capsys):
    _, out, _ = run(capsys, "fit", "departure", SMALL, "--where", "working at 4")
    header, rows = split(out)
    assert "month 4" in header["start"]
    assert rows[0]["term"] == "month[5]"


def test_wages_are_real_in_the_prices_of_a_month_and_balanced_when_asked(capsys):
    fits = [
        split(run(capsys, "fit", "wage", SMALL, "--terms", "sex", "--baseline", "linear", *extra)[1])
        for extra in ((), ("--real", "2024-01"), ("--balanced", "3-9"))
    ]
    slopes = [float(rows[1]["estimate"]) for _, rows in fits]
    assert slopes[1] < slopes[0]  # prices rose
    assert fits[1][0]["prices"] == "2024-01"
    assert int(fits[2][0]["n"]) < int(fits[0][0]["n"])
    assert int(fits[2][0]["observations"]) == 7 * int(fits[2][0]["n"])


def test_coefficients_of_small_groups_are_hidden_under_cbs(capsys):
    asked = ("fit", "departure", SMALL, "--terms", "nationality", "--disclosure", "cbs")
    _, out, err = run(capsys, *asked, "--reference", "nationality=UA")
    _, rows = split(out)
    assert err == ""
    assert any(row["estimate"] == "" for row in rows)
    assert any(row["estimate"] != "" for row in rows)
    assert "hidden" in out
    # Beside a reference level of a few, errors of all the others and of the months tell of those.
    _, rows = split(run(capsys, *asked, "--reference", "nationality=AM")[1])
    assert all(row["estimate"] == "" for row in rows)


def test_standardised_curves_and_profiles_are_tables_of_shares(capsys):
    status, out, _ = run(capsys, "fit", "departure", SMALL, "--terms", "cohort + sex", "--standardise", "sex")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert status == 0
    assert list(rows[0]) == ["sex", "month", "share_departed", "ci_low", "ci_high", "status"]
    _, out, _ = run(capsys, "fit", "departure", SMALL, "--terms", "sex", "--profile", "sex=male")
    profile = list(csv.DictReader(io.StringIO(out)))
    assert (
        0
        < float(profile[12]["ci_low"])
        < float(profile[12]["share_departed"])
        < float(profile[12]["ci_high"])
        < 1
    )
    arguments = ("--terms", "cohort + sex", "--standardise", "sex", "--differences")
    _, out, _ = run(capsys, "fit", "departure", SMALL, *arguments)
    assert {row["month"] for row in csv.DictReader(io.StringIO(out))} == {"6", "12", "24"}


def test_blocks_of_months_give_a_ratio_each_and_hold_events_enough(capsys):
    _, out, _ = run(capsys, "fit", "departure", SMALL, "--terms", "cohort + sex", "--in-blocks", "sex")
    _, rows = split(out)
    blocks = [row["term"] for row in rows if row["term"].startswith("sex[male]:month[")]
    assert len(blocks) > 3
    ends = [tuple(map(int, term.split("month[")[1][:-1].split("-"))) for term in blocks]
    assert all(first[1] + 1 == second[0] for first, second in pairwise(ends))
    assert not any(row["term"] == "sex[male]" for row in rows)
    assert max(float(row["std_error"]) for row in rows) < 1.5


def test_a_column_in_blocks_or_changing_with_month_is_a_term_too(capsys):
    for option in ("--in-blocks", "--by-month"):
        asked = (("--terms", "cohort"), ("--terms", "cohort + sex"))
        one, other = (
            split(run(capsys, "fit", "departure", SMALL, *terms, option, "sex")[1]) for terms in asked
        )
        assert [row["term"] for row in one[1]] == [row["term"] for row in other[1]]


@pytest.mark.parametrize(
    ("asking", "terms"),
    [
        (("--in-blocks", "sex"), "sex + cohort"),
        (("--terms", "cohort + sex", "--in-blocks", "sex"), "cohort + sex"),
        (("--terms", "cohort", "--interactions", "cohort:sex"), "cohort + sex + cohort:sex"),
        (("--terms", "cohort + age_band", "--numeric", "age"), "cohort + age"),
    ],
)
def test_the_header_names_the_terms_that_were_fitted_and_no_others(capsys, asking, terms):
    header, rows = split(run(capsys, "fit", "departure", SMALL, *asking)[1])
    assert header["terms"] == terms
    fitted = {name.partition("[")[0] for row in rows for name in row["term"].split(":")} - {"month"}
    assert fitted == {name for term in terms.split(" + ") for name in term.split(":")}


@pytest.mark.parametrize(
    "asking",
    [("--in-blocks", "age"), ("--in-blocks", "age_band", "--numeric", "age"), ("--standardise", "age")],
)
def test_what_is_no_category_among_the_terms_has_neither_blocks_nor_curves(capsys, asking):
    status, out, err = run(capsys, "fit", "departure", SMALL, *asking)
    assert (status, out) == (2, "")
    assert "no category among the terms" in err


def test_a_projection_starts_with_those_present_and_falls_to_its_last_day(capsys):
    status, out, err = run(capsys, "project", SMALL, "--by", "cohort")
    rows = [row for row in split(out)[1] if row["cohort"] == "2022 H1"]
    assert (status, err) == (0, "")
    assert (rows[0]["date"], rows[-1]["date"]) == ("2024-07-01", "2027-03-04")
    present = [float(row["present"]) for row in rows]
    assert present == sorted(present, reverse=True)
    assert present[0] == float(rows[0]["ci_low"]) == float(rows[0]["ci_high"])
    for row in rows[1:]:
        assert float(row["ci_low"]) < float(row["present"]) < float(row["ci_high"])


def test_a_factor_of_nought_keeps_everybody_and_a_larger_one_loses_more(capsys):
    last = {}
    for factor in ("0", "1", "2"):
        arguments = ("--factor", factor, "--from", "2025-01-01") if factor != "1" else ()
        rows = split(run(capsys, "project", SMALL, *arguments)[1])[1]
        last[factor] = {row["date"]: float(row["present"]) for row in rows}
    assert last["0"]["2027-03-04"] == pytest.approx(last["0"]["2025-01-01"])
    assert last["2"]["2027-03-04"] < last["1"]["2027-03-04"] < last["0"]["2027-03-04"]
    assert last["2"]["2025-01-01"] == pytest.approx(last["1"]["2025-01-01"])


@pytest.mark.parametrize(
    "arguments",
    [
        ("--until", "2024-07-01"),
        ("--until", "2099-01-01"),
        ("--until", "9999-12-31"),
        ("--from", "2025-01-01"),
        ("--from", "2025-10-01"),
        ("--factor", "2", "--from", "0001-01-01"),
        ("--factor", "2", "--from", "9999-12-31"),
        ("--by", "nothing"),
        ("--where", "working at 4"),
        ("--terms", "a+"),
    ],
)
def test_a_projection_that_makes_no_sense_is_refused_in_one_sentence(capsys, arguments):
    status, out, err = run(capsys, "project", SMALL, *arguments)
    assert (status, out) == (2, "")
    assert len(err.strip().splitlines()) == 1


NO_NUMBERS = ("nan", "inf", "-inf", "-1", "1e400", "1e30", "", "1,5", "0x10", "٣x")


@pytest.mark.parametrize("value", NO_NUMBERS)
@pytest.mark.parametrize("option", ["--factor", "--arrivals"])
def test_a_number_of_a_projection_that_is_none_is_refused(capsys, option, value):
    status, out, err = run(capsys, "project", SMALL, f"{option}={value}")
    assert (status, out) == (2, "")
    assert "is not a number from 0 to" in err


@pytest.mark.parametrize("value", ["0-0", "5-999999999999", "²-5", "5-121", "nan", "-1-5", ""])
def test_a_range_of_months_that_cannot_be_is_refused(capsys, value):
    status, out, err = run(capsys, "fit", "wage", SMALL, f"--balanced={value}")
    assert (status, out) == (2, "")
    assert "is not a range of months" in err


def test_a_spline_says_where_its_knots_are(capsys):
    header, _ = split(run(capsys, "fit", "departure", SMALL, "--baseline", "spline")[1])
    knots = [float(knot) for knot in header["knots"].removeprefix("months ").split(", ")]
    assert len(knots) == 5
    assert knots == sorted(knots)
    # Quantiles of days on which somebody left lie at twentieths or fortieths between two of them.
    assert all(abs(knot * 30.4375 * 40 - round(knot * 30.4375 * 40)) < 1e-5 for knot in knots)
    assert "knots" not in split(run(capsys, "fit", "departure", SMALL)[1])[0]
    told, _ = split(run(capsys, "fit", "departure", SMALL, "--baseline", "spline", "--disclosure", "cbs")[1])
    assert told["knots"] == "months " + ", ".join(str(round(knot)) for knot in knots)


def test_an_excel_file_of_a_fit_says_on_its_second_sheet_what_was_fitted(capsys, tmp_path):
    path = tmp_path / "fit.xlsx"
    assert run(capsys, "fit", "departure", SMALL, "--out", path) == (0, "", "")
    book = openpyxl.load_workbook(path)
    assert [cell.value for cell in book.worksheets[0][1]] == COLUMNS
    notes = [row[0].value for row in book["note"].iter_rows()]
    assert any(note.startswith("log_likelihood: ") for note in notes)


@pytest.mark.parametrize(("language", "written"), [("en", '"<0.0001"'), ("nl", '"<0,0001"')])
def test_an_excel_file_shows_a_p_value_next_to_nothing_as_less_and_keeps_the_number(
    capsys, tmp_path, language, written
):
    path = tmp_path / "fit.xlsx"
    assert run(capsys, "fit", "departure", SMALL, "--out", path, "--lang", language)[0] == 0
    place = COLUMNS.index("p_value")
    cells = [row[place] for row in openpyxl.load_workbook(path).worksheets[0].iter_rows(min_row=2)]
    assert all(written in cell.number_format for cell in cells if cell.value is not None)
    assert any(0 < cell.value < 1e-6 for cell in cells if cell.value is not None)

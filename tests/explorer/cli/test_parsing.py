"""Arguments stand in any order, each once, and what is wrong with one is told in one sentence with status 2."""

from __future__ import annotations

import pytest

import sample_data
from explorer.__main__ import main
from explorer.cli.parsing import language_of, names

SMALL = str(sample_data.small_path())
BIG = "9" * 5000


def run(capsys, *arguments):
    status = main([str(argument) for argument in arguments])
    out, err = capsys.readouterr()
    return status, out, err


def test_options_stand_before_between_and_behind_what_is_asked(capsys):
    plain = run(capsys, "table", "departure", SMALL, "--by", "cohort", "--where", "sex = female")
    assert plain[0] == 0
    options = ("--by", "cohort", "--where", "sex = female")
    assert run(capsys, "table", *options, "departure", SMALL) == plain
    assert run(capsys, "table", "departure", *options, SMALL) == plain
    assert run(capsys, "table", "--by=cohort", "departure", "--where", "sex = female", SMALL) == plain


def test_every_command_takes_its_dataset_after_its_options(capsys, tmp_path):
    assert run(capsys, "fit", "--terms", "sex", "departure", "--lang", "nl", SMALL)[0] == 0
    assert run(capsys, "check", "--lang", "nl", SMALL)[0] == 0
    assert run(capsys, "project", "--by", "sex", SMALL)[0] == 0
    asked = ("figures", "--out", tmp_path, "--view", "departure", "--formats", "svg", SMALL)
    assert run(capsys, *asked) == (0, "", "")


def test_a_column_named_twice_is_one(capsys):
    assert run(capsys, "table", "departure", SMALL, "--by", "sex,sex") == run(
        capsys, "table", "departure", SMALL, "--by", "sex"
    )
    assert names("cohort, sex,cohort,,sex ") == ("cohort", "sex")


def test_a_view_or_a_format_named_twice_is_printed_once(capsys, tmp_path):
    twice = ("--view", "departure", "--view", "departure", "--formats", "svg,svg")
    assert run(capsys, "figures", SMALL, "--out", tmp_path, *twice)[0] == 0
    assert [path.name for path in tmp_path.iterdir()] == ["departure.svg"]


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("table",), "VIEW"),
        (("table", "departure", SMALL, "more"), "more"),
        (("table", "departure", "--colour"), "--colour"),
        (("table", "departure", "--by"), "--by"),
        (("table", "departure", SMALL, "--by", "sex", "--by", "cohort"), "--by"),
        (("table", "departure", SMALL, "--lang", "fr"), "--lang"),
        (("table", "departure", SMALL, "--disclosure", "some"), "--disclosure"),
        (("table", "stock", SMALL, "--on", "2023-02-30"), "2023-02-30"),
        (("table", "stock", SMALL, "--on", "10000-01-01"), "10000-01-01"),
        (("table", "stock", SMALL, "--ages", "64-15"), "64-15"),
        (("table", "stock", SMALL, "--ages", f"0-{BIG}"), "--ages"),
        (("table", "wages", SMALL, "--balanced", "6-6"), "6-6"),
        (("table", "wages", SMALL, "--balanced", f"6-{BIG}"), "--balanced"),
        *((("table", "wages", SMALL, "--threshold", bad), "--threshold") for bad in ("nan", "inf", "0", "-5", "1e308")),
        *((("table", "wages", SMALL, "--threshold", bad), "--threshold") for bad in (BIG, "", "15,5", "x")),
        *((("figures", SMALL, "--out", "x", "--width", bad), "--width") for bad in ("nan", "inf", "0", "-1", "1e9")),
        *((("figures", SMALL, "--out", "x", "--height", bad), "--height") for bad in ("nan", "-inf", "0")),
        *((("figures", SMALL, "--out", "x", "--dpi", bad), "--dpi") for bad in ("0", "-300", "1e3", BIG, "nan")),
        *((("sample", "--out", "x", "--persons", bad), "--persons") for bad in ("0", "-1", "1.5", BIG, "nan", "")),
        *((("sample", "--out", "x", "--seed", bad), "--seed") for bad in ("-1", BIG, "x", str(2**63))),
        (("figures", SMALL, "--out", "x", "--width", "5000", "--dpi", "2400"), "PNG"),
        (("sample",), "--out"),
        (("fit",), "MODEL"),
        (("fit", "weather"), "weather"),
        (("fit", "wage", SMALL, "--balanced", "x"), "--balanced"),
        (("--colour",), "--colour"),
        (("tabel", "departure"), "tabel"),
        (("table", "departure", SMALL, "--where", "(" * 5000 + "sex = male" + ")" * 5000), "brackets"),
        (("table", "departure", SMALL, "--where", "not " * 5000 + "sex = male"), "brackets"),
        (("table", "departure", SMALL, "--where", f"age between 0 and {BIG}"), "is not a number"),
        (("table", "departure", SMALL, "--where", "age between nan and 30"), "nan"),
        (("table", "departure", SMALL, "--by", "x" * 5000), "xxx"),
    ],
)  # fmt: skip
def test_a_wrong_argument_is_told_in_one_sentence(capsys, tmp_path, monkeypatch, arguments, named):
    monkeypatch.chdir(tmp_path)
    status, out, err = run(capsys, *arguments)
    assert (status, out) == (2, "")
    assert named in err
    assert len(err.splitlines()) == 1
    assert len(err) < 1000
    assert list(tmp_path.iterdir()) == []


def test_what_argparse_says_is_in_the_language_asked_for_wherever_that_stands(capsys):
    for arguments in (
        ("table", "--lang", "nl"),
        ("--lang=nl", "--colour"),
        ("fit", "--lang", "nl", "--ties"),
    ):
        _, _, err = run(capsys, *arguments)
        assert any(word in err for word in ("ontbreken", "onbekende", "hoort")), err
    assert language_of(("table", "--lang", "fr")) == "en"
    assert language_of(("table", "--lang")) == "en"


def test_help_and_version_answer_on_standard_output(capsys):
    assert run(capsys, "--version")[1].startswith("cohort-explorer ")
    for command in ("table", "figures", "fit", "project", "check", "sample"):
        assert command in run(capsys, "--help")[1]
        with pytest.raises(SystemExit) as ended:
            main([command, "--help"])
        assert ended.value.code == 0
        assert f"usage: cohort-explorer {command}" in capsys.readouterr().out

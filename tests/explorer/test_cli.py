"""The command line: the same numbers without a display, without Qt, and every refusal in one sentence."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys

import openpyxl
import pyarrow.parquet as pq
import pytest

import sample_data
from explorer.__main__ import main

SMALL = str(sample_data.small_path())


def run(capsys, *arguments):
    status = main([str(argument) for argument in arguments])
    out, err = capsys.readouterr()
    return status, out, err


def rows(text):
    return list(csv.DictReader(io.StringIO(text)))


COLUMNS = {
    "departure": "month,at_risk,departed,share_departed,ci_low,ci_high,status",
    "destinations": "month,destination,share,ci_low,ci_high,status",
    "hazard": "month,departed,person_days,rate,ci_low,ci_high,status",
    "employment": "month,present,working,share_working,ci_low,ci_high,status",
    "contracts": "month,contract,persons,share,status",
    "sectors": "month,sector,persons,share,status",
    "employers": "month,workers,more_than_one,share,status",
    "wages": "month,workers,p10,p25,p50,p75,p90,share_at_least,status",
    "stock": "date,settled,departed,present,working,share_working,ci_low,ci_high,status",
    "stock_destinations": "date,destination,persons,share,status",
}


@pytest.mark.parametrize(("view", "columns"), COLUMNS.items())
def test_a_table_has_the_columns_of_the_manual_after_its_groups(capsys, view, columns):
    status, out, err = run(capsys, "table", view, SMALL, "--by", "cohort,sex")
    assert (status, err) == (0, "")
    assert out.splitlines()[0] == f"cohort,sex,{columns}"
    assert len(out.splitlines()) > 4


def test_months_start_at_0_for_shares_and_at_1_for_rates(capsys):
    assert rows(run(capsys, "table", "departure", SMALL)[1])[0]["month"] == "0"
    assert rows(run(capsys, "table", "hazard", SMALL)[1])[0]["month"] == "1"


def test_a_selection_selects(capsys):
    everyone = rows(run(capsys, "table", "departure", SMALL)[1])
    women = rows(run(capsys, "table", "departure", SMALL, "--where", "sex = female")[1])
    men = rows(run(capsys, "table", "departure", SMALL, "--where", "not (sex = female)")[1])
    assert int(women[6]["at_risk"]) + int(men[6]["at_risk"]) == int(everyone[6]["at_risk"])


def test_a_condition_on_a_month_starts_the_curve_there(capsys):
    found = rows(run(capsys, "table", "departure", SMALL, "--where", "working at 4")[1])
    assert found[0]["month"] == "4"
    assert float(found[0]["share_departed"]) == 0


def test_numbers_are_written_whole_and_the_same_in_every_format(capsys, tmp_path):
    text = rows(run(capsys, "table", "wages", SMALL)[1])
    for suffix in ("csv", "xlsx", "parquet"):
        assert run(capsys, "table", "wages", SMALL, "--out", tmp_path / f"t.{suffix}")[0] == 0
    assert rows((tmp_path / "t.csv").read_text(encoding="utf-8")) == text
    sheet = openpyxl.load_workbook(tmp_path / "t.xlsx").active
    excel = [row[3] for row in sheet.iter_rows(min_row=2, values_only=True)]
    parquet = pq.read_table(tmp_path / "t.parquet").column("p25").to_pylist()
    written = [float(row["p25"]) if row["p25"] else None for row in text]
    assert excel == pytest.approx(written, nan_ok=True)
    assert parquet == written
    assert not [path for path in tmp_path.iterdir() if path.name[0] != "t"]


def test_disclosure_control_hides_small_cells_and_says_so(capsys):
    arguments = ("table", "employment", SMALL, "--by", "nationality,sex", "--disclosure", "cbs")
    found = rows(run(capsys, *arguments)[1])
    hidden = [row for row in found if row["status"] == "hidden"]
    assert hidden
    for row in found:
        numbers = [int(row[name]) for name in ("present", "working") if row[name]]
        assert all(number % 10 == 0 and number >= 10 for number in numbers)
        if row["status"] == "hidden":
            assert row["share_working"] == row["ci_low"] == row["ci_high"] == ""
        else:
            assert len(numbers) == 2


def test_real_data_are_controlled_unless_asked_and_then_said(capsys, tmp_path):
    for path in sample_data.small_path().iterdir():
        text = path.read_text(encoding="utf-8").replace("synthetic = true", "synthetic = false")
        (tmp_path / path.name).write_text(text, encoding="utf-8")
    _, controlled, silent = run(capsys, "table", "employment", tmp_path, "--by", "nationality")
    _, bare, warning = run(
        capsys, "table", "employment", tmp_path, "--by", "nationality", "--disclosure", "none"
    )
    assert "hidden" in controlled
    assert silent == ""
    assert "hidden" not in bare
    assert "not safe to publish" in warning
    assert len(warning.splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("table", "nothing", SMALL), "nothing"),
        (("table", "departure", SMALL, "--by", "colour"), "colour"),
        (("table", "departure", SMALL, "--where", "colour = red"), "colour"),
        (("table", "departure", SMALL, "--threshold", "15"), "threshold"),
        (("table", "departure", SMALL, "--out", "x.doc"), "x.doc"),
        (("table", "departure", SMALL, "--out", "/nowhere/x.csv"), "/nowhere"),
        (("table", "departure", "/nowhere"), "nowhere"),
        (("check", "/nowhere"), "nowhere"),
        (("figures", SMALL, "--out", "/dev/null/x"), "/dev/null/x"),
        (("sample", "--persons", "50", "--out", "/dev/null/x"), "/dev/null/x"),
    ],
)
def test_what_cannot_be_done_is_refused_in_one_sentence(capsys, arguments, named):
    status, out, err = run(capsys, *arguments)
    assert status == 2
    assert out == ""
    assert named in err
    assert len(err.splitlines()) == 1


def test_a_fault_of_the_program_is_told_in_one_sentence_without_a_traceback(capsys, monkeypatch):
    from explorer.pipeline import opening

    def fail(*arguments, **options):
        raise ZeroDivisionError("person 000123")

    monkeypatch.setattr(opening, "open_dataset", fail)
    status, out, err = run(capsys, "table", "departure", SMALL)
    assert (status, out) == (1, "")
    assert "ZeroDivisionError" in err
    assert "000123" not in err
    assert len(err.splitlines()) == 1


def test_refusals_speak_dutch(capsys):
    _, _, err = run(capsys, "table", "departure", "/nowhere", "--lang", "nl")
    assert err.startswith("‘/nowhere’ bestaat niet")


def test_check_prints_the_report(capsys):
    status, out, _ = run(capsys, "check", SMALL)
    assert status == 0
    for table in ("persons", "stays", "jobs"):
        assert f"{table}: " in out


def test_figures_are_printed_in_three_formats(capsys, tmp_path):
    status, _, err = run(capsys, "figures", SMALL, "--out", tmp_path / "new", "--lang", "nl")
    assert (status, err) == (0, "")
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == [
        f"{view}.{suffix}" for view in ("departure", "employment") for suffix in ("pdf", "png", "svg")
    ]


@pytest.mark.parametrize("form", ["csv", "parquet", "sav", "dta"])
def test_a_sample_of_any_size_is_written_and_read(capsys, tmp_path, form):
    assert (
        run(capsys, "sample", "--persons", "300", "--seed", "3", "--format", form, "--out", tmp_path)[0] == 0
    )
    status, out, _ = run(capsys, "table", "departure", tmp_path)
    assert status == 0
    assert rows(out)[0]["at_risk"] == "300"


HEADLESS = """
import sys
from explorer.__main__ import main
status = main(sys.argv[1:])
print([name for name in ("PySide6", "shiboken6", "pyqtgraph") if name in sys.modules], file=sys.stderr)
sys.exit(status)
"""


@pytest.mark.parametrize("command", [("table", "departure", SMALL), ("check", SMALL)])
def test_headless_commands_never_import_qt(command):
    environment = {
        name: value for name, value in os.environ.items() if name not in ("DISPLAY", "QT_QPA_PLATFORM")
    }
    done = subprocess.run(
        [sys.executable, "-c", HEADLESS, *command],
        capture_output=True,
        text=True,
        check=True,
        env=environment,
    )
    assert done.stderr.strip() == "[]"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="displays are probed on Linux")
def test_without_a_display_the_window_says_so_and_names_what_works():
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    }
    for language, word in (("en", "display"), ("nl", "scherm")):
        done = subprocess.run(
            [sys.executable, "-m", "explorer", "--lang", language],
            capture_output=True,
            text=True,
            check=False,
            env=environment,
        )
        assert done.returncode == 2
        assert word in done.stderr
        assert "cohort-explorer figures" in done.stderr
        assert len(done.stderr.splitlines()) == 1


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="displays are probed on Linux")
def test_a_missing_library_is_named_with_the_remedy(monkeypatch):
    from explorer.core import display

    monkeypatch.setattr(display, "missing_library", lambda: "libxcb-cursor.so.0")
    message = display.obstacle({"DISPLAY": ":1"})
    assert message.values["library"] == "libxcb-cursor.so.0"
    assert "apt-get install" in message.text
    assert display.obstacle({"QT_QPA_PLATFORM": "offscreen"}) is None


@pytest.mark.parametrize("view", ["differences", "naive_month24"])
def test_a_view_that_compares_groups_says_what_it_needs(capsys, view):
    for asked in ((), ("--by", "sex", "--where", "sex = female")):
        status, out, err = run(capsys, "table", view, SMALL, *asked)
        assert (status, out) == (2, "")
        assert "compares groups" in err
        assert "--by cohort" in err
        assert len(err.splitlines()) == 1
    assert run(capsys, "table", view, SMALL, "--by", "sex")[0] == 0

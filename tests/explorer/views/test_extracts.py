"""Every figure of an extract says that it is one, or says in one sentence why there is none."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from explorer.__main__ import main
from explorer.core.dates import quarter_days
from explorer.core.modelling import ModelOptions
from explorer.core.sentences import extract_message
from explorer.core.spec import Spec
from explorer.core.views import Source, all_views
from explorer.core.words import Refusal, Words
from explorer.export.fits import header
from explorer.pipeline.answering import answer
from explorer.pipeline.drawing import draw
from explorer.pipeline.drawings.frame import Look, Sheet
from explorer.pipeline.prices import BundledPrices
from models.results import Nothing, Reason
from models.rules import NONE
from models.selection import AtMonth
from models.tally.building import build_codes
from tests.models.known_truth import TAKEN, simulated
from tests.models.odd_worlds import EXTRACT, extract_of
from tests.models.worlds import make_world

LANGUAGES = ("en", "nl")
COMPARED = ("differences", "naive_month24")


@pytest.fixture(scope="module")
def sources():
    world = simulated()
    small = make_world(35, persons=260)
    worlds = {"extract": extract_of(world, TAKEN), "whole": world, "small": small}
    worlds["small extract"] = extract_of(small, EXTRACT)
    out = {}
    for name, one in worlds.items():
        register = one.register()
        out[name] = Source(codes=build_codes(register), register=lambda r=register: r, prices=BundledPrices())
    return out


def picture(source, view, lang="en", **parts):
    spec = Spec(view=view, options=parts.pop("options", all_views()[view].options()), **parts)
    released = answer(source, spec, NONE)
    sheet = Sheet(info=source.codes.info, groupings=dict(source.codes.groupings), source=source)
    return released, draw(released, spec, sheet, Look(), Words(lang))


def said(source, lang):
    (message,) = extract_message(source.codes.info)
    return Words(lang).say(message)


@pytest.mark.parametrize("view", [name for name, one in all_views().items() if one.picture != "table"])
def test_a_figure_of_an_extract_says_so_and_no_other_does(sources, view):
    by = {"by": ("cohort",)} if view in COMPARED else {}
    _, shown = picture(sources["extract"], view, **by)
    if shown.empty:
        assert view == "departure_followed"
        return
    assert said(sources["extract"], "en") in shown.note
    if all_views()[view].runs == "counting":
        _, whole = picture(sources["whole"], view, **by)
        assert "extract" not in whole.note.lower()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("view", ["departure", "occupancy", "stock", "lexis", "transitions"])
def test_it_is_said_in_both_languages_under_every_kind_of_picture(sources, view, lang):
    _, shown = picture(sources["extract"], view, lang)
    assert said(sources["extract"], lang) in shown.note


def test_the_header_of_a_fit_says_it_too(sources):
    source = sources["extract"]
    spec = Spec(view="model_terms", options=ModelOptions(model="employment", terms=("sex",)))
    lines = header(answer(source, spec, NONE), spec, source.codes, Words("en"))
    assert f"note: {said(source, 'en')}" in lines


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_an_extract_cannot_tell_is_said_in_one_sentence_with_its_day(sources, lang):
    day = Words(lang).write(TAKEN)
    released, shown = picture(sources["extract"], "departure_followed", lang)
    assert released == Nothing(reason=Reason.NOT_FROM_SETTLING)
    assert day in shown.empty
    options = replace(all_views()["stock"].options(), on=TAKEN - timedelta(days=1))
    released, shown = picture(sources["extract"], "stock", lang, options=options)
    assert released == Nothing(reason=Reason.BEFORE_EXTRACT)
    assert day in shown.empty


def test_fixed_follow_up_can_be_had_after_a_condition(sources):
    _, shown = picture(sources["extract"], "departure_followed", selection=AtMonth("present", (), 6))
    assert not shown.empty


def test_flows_say_from_which_month_they_run(sources):
    _, shown = picture(sources["extract"], "flows")
    assert "observed at month 0 and at the later ones too; the first of these months is 6." in shown.note
    _, shown = picture(sources["whole"], "flows")
    assert "at the later ones too" not in shown.note


def test_days_to_choose_begin_with_the_extract(sources):
    days = [day for day, _ in quarter_days(sources["extract"].codes)]
    assert min(days) >= TAKEN
    assert min(day for day, _ in quarter_days(sources["whole"].codes)) < TAKEN


def test_the_note_tells_both_the_month_of_a_condition_and_that_curves_start_later(sources):
    _, shown = picture(
        sources["small extract"], "departure", selection=AtMonth("present", (), 6), by=("sex",)
    )
    assert "From month 6" in shown.note
    assert "Few were at risk at first" in shown.note


def test_a_tail_from_a_handful_is_faint_and_said(sources):
    released, shown = picture(sources["small"], "departure", by=("province",))
    for line in shown.lines:
        series = released.keys.index((line.key,))
        at_risk = released["at_risk"][series]
        seen = np.isfinite(line.y)
        assert (line.thin[seen] == (at_risk < 10)[seen]).all()
    assert any(line.thin.any() for line in shown.lines)
    assert "Faint: fewer than 10 persons" in shown.note
    _, many = picture(sources["whole"], "departure")
    assert not any(line.thin.any() for line in many.lines)
    assert "Faint" not in many.note


def write(folder, **dates):
    lines = ['title = "t"', 'source = "s"', "synthetic = true"]
    lines += [f"{name} = {day}" for name, day in dates.items()]
    (folder / "dataset.toml").write_text("\n".join(lines), encoding="utf-8")
    (folder / "persons.csv").write_text(
        "person_id,sex,birth_date,nationality\n"
        + "".join(f"{n:03d},female,1990-01-01,UA\n" for n in range(30)),
        encoding="utf-8",
    )
    (folder / "stays.csv").write_text(
        "person_id,settled,departed,destination\n"
        + "".join(f"{n:03d},2022-0{1 + n % 9}-01,,\n" for n in range(30)),
        encoding="utf-8",
    )
    (folder / "jobs.csv").write_text(
        "person_id,employer_id,start,end,contract,sector,hours,wage\n", encoding="utf-8"
    )
    return folder


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("departure_followed",), "followed from settling"),
        (("stock", "--on", "2022-12-31"), "Choose that day or a later one"),
        (("stock_destinations", "--on", "2022-12-31"), "Choose that day or a later one"),
        (("stock", "--on", "2025-01-01"), "Nobody was observed after"),
    ],
)
def test_the_command_line_refuses_it_with_status_2(capsys, tmp_path, arguments, named):
    data = write(tmp_path, arrivals_from="2022-01-01", observed_until="2024-01-01", present_on="2023-01-01")
    view, *rest = arguments
    status = main(["table", view, str(data), *rest])
    out, err = capsys.readouterr()
    assert (status, out) == (2, "")
    assert named in err
    assert len(err.splitlines()) == 1


def test_an_extract_of_a_day_after_the_end_is_refused(tmp_path):
    from explorer.registers.info import read_info

    for day in ("2024-01-02", "2030-01-01"):
        data = write(tmp_path, arrivals_from="2022-01-01", observed_until="2024-01-01", present_on=day)
        with pytest.raises(Refusal, match="present_on"):
            read_info(data)
    data = write(tmp_path, arrivals_from="2022-01-01", observed_until="2024-01-01", present_on="2024-01-01")
    assert read_info(data).present_on.year == 2024

"""Every view keeps its promises in every world: an answer or the reason for none, and a picture on any device."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, timedelta
from time import perf_counter

import pytest

import sample_data
from explorer.core.options import form_of
from explorer.core.spec import Spec
from explorer.core.state import AppState
from explorer.core.views import PAGES, Source, all_views, views_of
from explorer.core.where import parse, unparse
from explorer.core.words import Refusal, Words
from explorer.export.paper import TooSmall
from explorer.export.printing import print_on_first
from explorer.pipeline.answering import answer
from explorer.pipeline.drawing import draw
from explorer.pipeline.drawings.frame import Look, Sheet
from explorer.pipeline.opening import open_dataset
from explorer.pipeline.prices import BundledPrices
from explorer.registers.engine import Engine
from explorer.services.runner import Runner
from models.rules import CBS, NONE
from models.selection import EVERYONE, AtMonth, IsIn
from models.tally.building import build_codes
from tests.models.worlds import UNTIL, World, make_world
from widgets.pictures.kinds import TableChart
from widgets.pictures.palette import DARK, LIGHT
from widgets.plots.stage import Stage

FIGURES = list(all_views())
"""Every view, those that are tables too: each has a picture."""


def changed(world: World, **parts) -> World:
    return replace(world, **parts)


def one_person() -> World:
    world = make_world(3)
    name = world.persons[0]["person_id"]
    return changed(
        world, **{part: [row for row in getattr(world, part) if row["person_id"] == name] for part in PARTS}
    )


def everybody_stays() -> World:
    world = make_world(5)
    first = {}
    for stay in world.stays:
        if stay["settled"] >= world.info.arrivals_from:
            first.setdefault(stay["person_id"], {**stay, "departed": None, "destination": None})
    return changed(world, stays=list(first.values()))


def nobody_works() -> World:
    return changed(make_world(6), jobs=[])


def sixty_groups() -> World:
    world = make_world(7, persons=180)
    people = [{**person, "province": f"P{at % 60:02d}"} for at, person in enumerate(world.persons)]
    return changed(world, persons=people)


def nothing_known() -> World:
    world = make_world(8)
    people = [{**p, "birth_date": None, "province": "unknown", "income": None} for p in world.persons]
    stays = [{**s, "destination": "unknown" if s["departed"] else None} for s in world.stays]
    return changed(world, persons=people, stays=stays, jobs=[{**j, "sector": None} for j in world.jobs])


def newcomers() -> World:
    world = make_world(9)
    late = UNTIL - timedelta(days=20)
    stays = [
        {"person_id": p["person_id"], "settled": late, "departed": None, "destination": None}
        for p in world.persons
    ]
    people = [{**p, "birth_date": date(1990, 1, 1)} for p in world.persons]
    return changed(world, persons=people, stays=stays, jobs=[])


MOST_ON_PAPER = 270
"""Rows of a table that a page of a metre holds."""

PARTS = ("persons", "stays", "jobs")
WORLDS = {
    "a mixed world": lambda: make_world(4, persons=120),
    "one person": one_person,
    "everybody censored": everybody_stays,
    "no work": nobody_works,
    "sixty groups": sixty_groups,
    "missing in every nullable column": nothing_known,
    "settled three weeks ago": newcomers,
}
USUAL = ("a mixed world", "one person", "sixty groups", "settled three weeks ago")
"""Those that every run goes through; the others wait for the long one."""
BY = {"sixty groups": ("province",), "one person": (), "a mixed world": ("sex",)}


def source_of(world: World) -> Source:
    register = world.register()
    return Source(codes=build_codes(register), register=lambda: register, prices=BundledPrices())


@pytest.fixture(scope="module")
def sources():
    return {name: source_of(make()) for name, make in WORLDS.items()}


@pytest.fixture(scope="module")
def small():
    return open_dataset(sample_data.small_path(), Engine(), use_cache=False)


def sheet_of(source):
    return Sheet(info=source.codes.info, groupings=dict(source.codes.groupings), source=source)


def asked(source, view, **parts) -> Spec:
    by = tuple(name for name in all_views()[view].by if name in source.codes.groupings)
    return Spec(view=view, options=all_views()[view].options(), **{"by": by, **parts})


def pictures(source, spec, rules=NONE):
    """The answer, and its picture in both languages; a refusal in words has none."""
    try:
        released = answer(source, spec, rules)
    except Refusal:
        return None, ()
    shown = [draw(released, spec, sheet_of(source), Look(), Words(language)) for language in ("en", "nl")]
    for picture in shown:
        assert picture.title
        assert picture.description
    released.table()
    return released, tuple(shown)


@pytest.mark.parametrize(
    "world", [name if name in USUAL else pytest.param(name, marks=pytest.mark.slow) for name in WORLDS]
)
@pytest.mark.parametrize("view", FIGURES)
def test_a_view_has_an_answer_or_says_why_not_and_every_screen_and_page_draws_it(
    qtbot, tmp_path, sources, view, world
):
    source = sources[world]
    spec = asked(source, view)
    if world in BY and all_views()[view].runs == "counting":
        spec = replace(spec, by=BY[world])
    _, shown = pictures(source, spec)
    stage = Stage()
    qtbot.addWidget(stage)
    stage.resize(420, 300)
    for picture, theme in zip(shown, (LIGHT, DARK), strict=False):
        stage.show_chart(picture, theme)
        assert not stage.grab().isNull()
    for picture in shown[:1]:
        if isinstance(picture, TableChart) and len(picture.data.rows) > MOST_ON_PAPER:
            # So many rows are for a file of numbers, and that is said.
            with pytest.raises(TooSmall, match="rows of this figure need a page at least"):
                print_on_first(picture, tmp_path / "figure.svg", (150.0, 297.0))
            continue
        print_on_first(picture, tmp_path / "figure.svg", (150.0, 297.0))
        assert (tmp_path / "figure.svg").stat().st_size > 1000


@pytest.mark.parametrize("view", FIGURES)
@pytest.mark.parametrize("rules", [NONE, CBS], ids=lambda rules: rules.name)
def test_nobody_selected_is_said_and_never_drawn(sources, view, rules):
    source = sources["a mixed world"]
    nobody = parse("sex = female and not (sex = female)", {"sex": ("female", "male", "unknown")}, frozenset())
    released, shown = pictures(source, asked(source, view, selection=nobody), rules)
    assert released is None or all(picture.empty for picture in shown)


@pytest.mark.parametrize("view", FIGURES)
def test_a_view_is_drawn_of_the_sample_compared_as_by_default_and_as_a_against_b(small, view):
    source = small.source
    _, shown = pictures(source, asked(source, view))
    assert shown
    assert not shown[0].empty, shown[0].empty
    sides = (("A", IsIn("sex", ("female",))), ("B", AtMonth("working", (), 4)))
    _, both = pictures(source, asked(source, view, by=(), versus=sides))
    assert both or all_views()[view].runs == "fits"


@pytest.mark.parametrize("view", FIGURES)
def test_every_view_is_chosen_on_a_page_of_the_window(view):
    topic = all_views()[view].topic
    assert topic in PAGES
    assert all_views()[view] in views_of(topic)
    assert topic in [panel.topic for panel in AppState().panels]


ONLY_TYPED = {"shortest", "terms"}
"""How short a block of months may be and what a projection is fitted with: asked on the command line only."""


@pytest.mark.parametrize("view", FIGURES)
def test_everything_that_can_be_asked_of_a_view_has_a_control_in_the_window(view):
    options = all_views()[view].options()
    without = {field.name for field in fields(options) if field.metadata["control"] is None}
    assert without <= ONLY_TYPED
    assert [shown.name for shown in form_of(options)] == [
        field.name for field in fields(options) if field.name not in without
    ]


@pytest.mark.parametrize("view", FIGURES)
def test_the_numbers_of_a_view_of_the_sample_have_rows(small, view):
    if all_views()[view].runs == "counting":
        assert answer(small.source, asked(small.source, view), NONE).table().rows


@pytest.mark.parametrize("view", [name for name, view in all_views().items() if view.picture == "table"])
def test_a_table_shows_every_number_of_the_command_line_in_both_languages(small, view):
    spec = asked(small.source, view)
    released, shown = pictures(small.source, spec)
    table = released.table()
    assert [column.name for column in table.columns[:-1]] == [column.key for column in shown[0].data.columns]
    for picture in shown:
        data = picture.data
        assert [row[:-1] for row in table.rows] == list(data.rows)
        assert all(data.text(0, place) for place, cell in enumerate(data.rows[0]) if cell is not None)


def test_a_selection_survives_being_written():
    part = AtMonth("contract", ("agency",), 6)
    assert parse(unparse(part), {}, frozenset()) == part
    assert unparse(EVERYONE) == ""


@pytest.mark.slow
@pytest.mark.alone
def test_cancelled_counting_lets_go_within_a_fifth_of_a_second_on_the_full_sample(qtbot, sample_dataset):
    runner = Runner()
    try:
        dataset = opened_by(qtbot, runner, sample_dataset.path)
        for view in FIGURES:
            if all_views()[view].runs == "fits":
                continue
            spec = asked(dataset.source, view)
            times = []
            for attempt in range(6):
                runner.submit("slow", lambda job, spec=spec: answer(dataset.source, spec, NONE))
                # Counts on a day ask the register itself: they are called off in other moments of their half second.
                qtbot.wait(15 + 80 * attempt if view == "stock" else 15)
                runner.cancel("slow")
                times.append(free_again(qtbot, runner))
            # The first time a library is loaded, which cannot be called off.
            assert (max(times[1:]) if view == "stock" else min(times)) < 0.2, view
    finally:
        runner.close()


def opened_by(qtbot, runner, path):
    """Open on the thread that counts, whose queries can be interrupted, the register too."""

    def opening(job):
        dataset = open_dataset(path, job.engine)
        dataset.source.register()
        return dataset

    with qtbot.waitSignal(runner.done, timeout=60_000) as told:
        runner.submit("open", opening)
    return told.args[1]


def free_again(qtbot, runner) -> float:
    begin = perf_counter()
    with qtbot.waitSignal(runner.done, timeout=5000):
        runner.submit("next", lambda job: None)
    return perf_counter() - begin

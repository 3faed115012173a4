"""What undo calls every event, in words of the reader's language."""

from __future__ import annotations

from typing import get_args

import pytest

from explorer.core import events
from explorer.core.options import form_of
from explorer.core.state import AppState, Panel
from explorer.core.undoing import undo_words
from explorer.core.views import all_views
from explorer.core.words import Words
from models.register import PersonColumn
from models.selection import AtMonth

OWN = (
    PersonColumn(name="own_house", kind="category", labels={"en": "Own house", "nl": "Eigen huis"}),
    PersonColumn(name="BSN_known", kind="category", labels={"en": "BSN known"}),
    PersonColumn(name="family_size", kind="number"),
)
HAPPENED = (
    events.ToggleLevel("own_house", "yes", ("yes", "no")),
    events.OnlyLevel("BSN_known", "yes"),
    events.ChooseRange("family_size", 1.5, 4, (0, 9)),
    events.ClearColumn("age_band"),
    events.DropCondition(AtMonth("working", (), 4)),
    events.ClearSelection(),
    events.CompareBy(("own_house", "sex")),
    events.ChooseMeasure(0, "naive_future"),
    events.ShowInterval(0, False),
    events.ShowPublished(0, False),
    events.SetOption(2, "threshold", 14.5),
    events.JoinSelection(AtMonth("wage", ("12.5", "20"), 6)),
    events.LockPanel(1, True),
    events.TurnTo("work"),
    events.PutBeside(1, True),
    events.Float(1, True),
    events.KeepAs("A"),
    events.CompareKept(True),
    events.Restore(AppState(), "for the class"),
)


def test_every_kind_of_event_is_named_here_but_the_one_that_undo_passes_over():
    assert {type(event) for event in HAPPENED} == {*get_args(events.Event)} - {events.FocusPanel}


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("event", HAPPENED, ids=lambda event: type(event).__name__)
def test_undo_calls_an_event_by_words_and_not_by_names_of_the_program(event, language):
    words = undo_words(event, AppState(), OWN)
    assert words is not None
    said = Words(language).say(words)
    assert said
    assert not set(said) & set("_{}[]")


@pytest.mark.parametrize(
    ("event", "english", "dutch"),
    [
        (HAPPENED[0], "filter on own house", "filter op eigen huis"),
        (HAPPENED[1], "filter on BSN known", "filter op BSN known"),
        (HAPPENED[2], "filter on family size", "filter op family size"),
        (HAPPENED[6], "compare by own house", "vergelijken naar eigen huis"),
    ],
)
def test_a_column_of_the_dataset_is_called_as_everywhere_else(event, english, dutch):
    words = undo_words(event, AppState(), OWN)
    assert Words("en").say(words) == english
    assert Words("nl").say(words) == dutch


@pytest.mark.parametrize("view", list(all_views()))
def test_undo_calls_every_option_of_every_view_by_its_label(view):
    topic = all_views()[view].topic
    state = AppState(page=topic, panels=(Panel(topic=topic, view=view),))
    for shown in form_of(all_views()[view].options()):
        said = Words("nl").say(undo_words(events.SetOption(0, shown.name, shown.value), state))
        assert said.lower() == Words("nl")(shown.label).lower()

"""What can be asked of a view in the window can be asked on the command line, and the other way round."""

from __future__ import annotations

from dataclasses import fields

import pytest

import sample_data
from explorer.__main__ import main
from explorer.cli.figures import figures_parser
from explorer.cli.fits import fit_parser
from explorer.cli.options import asked, how_read, options_asked, options_of
from explorer.cli.projecting import project_parser
from explorer.cli.tables import table_parser
from explorer.core.options import Choice, Number, Switch, form_of
from explorer.core.views import all_views
from explorer.core.words import Refusal

SMALL = str(sample_data.small_path())
VIEWS = all_views()
WRITTEN = {
    "until": "2026-03-04",
    "factor_from": "2026-01-01",
    "on": "2023-01-01",
    "ages": "15-64",
    "balanced": "6-12",
    "terms": "sex + cohort:sex",
    "numbers": "age",
    "of_job": "contract",
    "real": "2024-01",
    "real_month": "2024-01",
    "interactions": "cohort:sex",
    "by_month": "sex,cohort",
    "cause": "origin,onward",
    "references": "sex=male",
    "compared": "sex",
    "profile": "sex=male, cohort=2023",
}
"""Values of options that are written out."""
BESIDE = {
    "factor_from": ("--factor", "2"),
    "of_job": ("--model", "wage"),
    "real_month": ("--model", "wage"),
    "balanced": ("--model", "wage"),
    "ties": ("--model", "cox"),
    "curves": ("--versus", "sex = female"),
}
"""What an option needs beside it to act."""
EVERY = [(view.name, one.name) for view in VIEWS.values() for one in options_of(view).values()]


def name_of(one):
    return "--" + (one.metadata["written"].name or one.name.replace("_", "-"))


def other_value(one):
    """Return an option as it is written to ask something else than by default."""
    control = one.metadata["control"]
    if one.name in WRITTEN:
        return (name_of(one), WRITTEN[one.name])
    if isinstance(control, Switch):
        return (name_of(one).replace("--", "--no-"),) if one.default else (name_of(one),)
    if isinstance(control, Choice):
        value = next(value for value, _ in control.values if value not in (one.default, "", None))
        return (name_of(one), "-".join(map(str, value)) if isinstance(value, tuple) else str(value))
    return (name_of(one), str((control.low if isinstance(control, Number) else 0) + 2))


def read(view, *arguments):
    found = table_parser().read([view.name, SMALL, *arguments])
    return options_asked(view, found, asked(VIEWS.values(), found))


@pytest.mark.parametrize(("view", "name"), EVERY)
def test_each_option_of_a_view_can_be_asked_and_changes_what_is_asked(view, name):
    view = VIEWS[view]
    one = next(one for one in fields(view.options()) if one.name == name)
    beside = () if "--model" in BESIDE.get(name, ()) and view.topic != "model" else BESIDE.get(name, ())
    found = read(view, *beside, *other_value(one))
    assert getattr(found, name) != one.default
    assert type(getattr(found, name)) is type(one.default) or one.default is None
    acts = {shown.name: shown.acts for shown in form_of(found)}
    assert acts.get(name, True)


@pytest.mark.parametrize(
    "name", sorted({name_of(one) for view in VIEWS.values() for one in fields(view.options())})
)
def test_an_option_of_several_views_is_read_the_same_way_for_all(name):
    ways = [
        how_read(one) for view in VIEWS.values() for one in fields(view.options()) if name_of(one) == name
    ]
    assert all(way == ways[0] for way in ways)


def test_figures_ask_what_tables_ask():
    told = {action.option_strings[0] for action in table_parser()._actions if action.option_strings}
    printed = {action.option_strings[0] for action in figures_parser()._actions if action.option_strings}
    assert told <= printed


@pytest.mark.parametrize(("parser", "view"), [(fit_parser, "model_terms"), (project_parser, "projection")])
def test_a_fit_and_a_projection_ask_every_option_of_their_view(parser, view):
    found = {option for action in parser()._actions for option in action.option_strings}
    # The model stands by itself; --standardise and --in-blocks name the column.
    assert {name_of(one) for one in fields(VIEWS[view].options())} - found <= {"--model", "--compared"}


def helped(parser):
    found = {}
    for action in parser._actions:
        for option in action.option_strings:
            found[option] = " ".join((action.help or "").split())
    return found


@pytest.mark.parametrize(
    ("parser", "said"),
    [
        (
            fit_parser,
            {
                "--terms": "default: cohort",
                "--shortest": "default: 1",
                "--ties": "for cox; default: efron",
                "--removals": "redated: moved to the last day worked",
                "--baseline": "linear: a straight line in months",
                "--balanced": "only persons with a wage at every month, as 6-24; for wage, wage-within, median-wage",
                "--profile": "write the share departed of a profile",
                "--real": "wages in prices of a month, as 2024-01",
            },
        ),
        (
            project_parser,
            {
                "--until": "default: 2027-03-04",
                "--scenario": "default: as-now",
                "--factor": "multiply departure rates by this; default: 1",
                "--arrivals": "persons a month; default: 0",
                "--terms": "default: cohort",
                "--observed": "default: no",
            },
        ),
        (
            table_parser,
            {
                "--threshold": "EUR per hour; default: 15 (wages, wage_threshold)",
                "--shortest": "default: 3 (model_blocks)",
                "--curves": "with --versus",
                "--count": "concurrent: at the same time",
                "--on": "as 2023-01-01",
                "--observed": "default: yes",
            },
        ),
    ],
)
def test_the_help_says_what_is_asked_in_what_unit_and_what_by_default(parser, said):
    found = helped(parser())
    for option, part in said.items():
        assert part in found[option]


def test_a_default_that_differs_between_views_is_not_said_of_all():
    assert "default" not in helped(table_parser())["--terms"]
    assert "for wage" not in helped(table_parser())["--real"]  # the figures of wages have no model
    assert "default" in helped(table_parser())["--from"]
    assert "default" not in helped(project_parser())["--from"]


@pytest.mark.parametrize("parser", [table_parser, figures_parser, fit_parser, project_parser])
def test_no_help_merely_repeats_the_name_of_an_option(parser):
    options = {name_of(one) for view in VIEWS.values() for one in fields(view.options())} - {"--model"}
    for option, text in helped(parser()).items():
        words = text.partition(" (")[0].replace(",", " ").split()
        assert option not in options or set(words) - {option.strip("-"), f"{option.strip('-')}s"}, option


def test_what_a_view_does_not_know_or_cannot_act_is_refused():
    with pytest.raises(Refusal, match="has no option --month"):
        read(VIEWS["departure"], "--month", "3")
    with pytest.raises(Refusal, match="“--from” has no effect with “--factor 1”"):
        read(VIEWS["projection"], "--from", "2026-01-01")
    with pytest.raises(Refusal, match="“--curves” has no effect without “--versus”"):
        read(VIEWS["departure"], "--curves", "difference")


@pytest.mark.parametrize(
    "asking",
    [
        ("table", "departure"),
        ("table", "model_terms"),
        ("table", "model_standardised"),
        ("table", "time_in_state"),
        ("project",),
    ],
)
def test_a_side_of_which_nothing_can_be_told_is_named_beside_the_table(capsys, asking):
    assert main([*asking, SMALL, "--versus", "age between 200 and 300"]) == 0
    out, err = capsys.readouterr()
    assert len(out.splitlines()) > 1
    assert len(err.splitlines()) == 1
    assert "of B;" in err or err.startswith("B: ")
    assert main([*asking, SMALL, "--versus", "age between 30 and 50"]) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("view", VIEWS)
def test_what_cannot_be_compared_by_a_column_refuses_to(capsys, view):
    told = set()
    for asking in ((), ("--by", "cohort")):
        status = main(["table", view, SMALL, *asking])
        told.add((status, capsys.readouterr().out))
    assert len(told) == 2
    assert (status == 2) == (not VIEWS[view].grouped)


def test_one_of_several_figures_that_can_be_compared_by_a_column_is_enough(capsys, tmp_path):
    asking = (
        "figures",
        SMALL,
        "--out",
        str(tmp_path),
        "--formats",
        "svg",
        "--by",
        "sex",
        "--view",
        "model_terms",
    )
    assert main([*asking]) == 2
    assert "has no option --by" in capsys.readouterr().err
    assert main([*asking, "--view", "departure"]) == 0


NOT_LOOKED_AT = [
    (view.name, name_of(one))
    for view in VIEWS.values()
    for one in fields(view.options())
    if one not in options_of(view).values()
]


@pytest.mark.parametrize(("view", "name"), NOT_LOOKED_AT)
def test_an_option_that_a_view_does_not_look_at_is_none_of_it(capsys, view, name):
    # Some view looks at it, and what it answers changes.
    assert any(name.removeprefix("--") in options_of(one) for one in VIEWS.values())
    assert (
        main(["table", view, SMALL, name, {"--shortest": "5", "--profile": "sex=male"}.get(name, "sex")]) == 2
    )
    assert f"The view “{view}” has no option {name}." in capsys.readouterr().err


@pytest.mark.parametrize(
    ("view", "asking"),
    [
        ("model_blocks", ("--shortest", "9")),
        ("model_blocks", ("--compared", "cohort")),
        ("model_fitted", ("--compared", "cohort")),
        ("model_fitted", ("--by-month", "sex")),
        ("model_standardised", ("--compared", "cohort")),
        ("model_standardised", ("--by-month", "sex")),
        ("model_differences", ("--compared", "cohort")),
        ("model_profile", ("--profile", "sex=male, cohort=2023")),
        ("model_profile", ("--by-month", "sex")),
        ("model_terms", ("--by-month", "sex")),
    ],
)
def test_an_option_that_a_view_looks_at_changes_what_it_answers(capsys, view, asking):
    told = set()
    for options in ((), asking):
        assert main(["table", view, SMALL, "--terms", "sex + cohort", *options]) == 0
        told.add(capsys.readouterr().out)
    assert len(told) == 2


@pytest.mark.parametrize(
    ("view", "asking"),
    [
        ("projection", ("--from", "2025-10-01")),
        ("projection", ("--factor", "1", "--from", "2025-10-01")),
        ("model_terms", ("--ties", "efron")),
        ("model_terms", ("--model", "wage", "--removals", "event")),
        ("departure", ("--curves", "both")),
    ],
)
def test_what_has_no_effect_is_refused_also_where_it_is_as_by_default(view, asking):
    with pytest.raises(Refusal, match=f"“{asking[-2]}” has no effect"):
        read(VIEWS[view], *asking)


def test_an_option_of_a_figure_is_of_one_of_the_views_at_least(capsys, tmp_path):
    asking = ("figures", SMALL, "--out", str(tmp_path), "--formats", "svg", "--view", "departure")
    assert main([*asking, "--threshold", "20"]) == 2
    assert "has no option --threshold" in capsys.readouterr().err
    assert main([*asking, "--view", "wage_threshold", "--threshold", "20"]) == 0
    assert {path.name for path in tmp_path.iterdir()} == {"departure.svg", "wage_threshold.svg"}


def test_two_selections_are_put_beside_each_other(capsys):
    asking = ("table", "departure", SMALL, "--where", "sex = female", "--versus", "sex = male")
    assert main(list(asking)) == 0
    rows = capsys.readouterr().out.splitlines()
    assert rows[0].startswith("selection,month,")
    assert "difference" in rows[0]
    assert {row.split(",")[0] for row in rows[1:]} == {"A", "B"}
    assert main([*asking, "--by", "cohort"]) == 2
    assert "--versus" in capsys.readouterr().err

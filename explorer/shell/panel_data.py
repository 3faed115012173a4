"""What stands around the plot of a panel. Pure: values in, values out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from explorer.core.commands import NO_FIGURE, NO_INTERVAL
from explorer.core.comparing import NO_POINTS, OF_EVERYONE, of_everyone
from explorer.core.sentences import sentence
from explorer.core.spec import Spec
from explorer.core.state import AppState, Panel
from explorer.core.views import all_views, figures_of, views_of
from explorer.core.words import N_, Words
from explorer.pipeline.about import disclosure_told
from explorer.pipeline.drawings.frame import subtitle_of
from explorer.pipeline.figure import Figure
from explorer.pipeline.opening import Dataset
from explorer.shell.showing import told_of_both
from models.register import DatasetInfo
from models.results import Curves
from widgets.panels.panel_data import ControlState, PanelData

NO_PUBLISHED: Final = N_("There are no published figures for this measure.")
NOT_SAMPLE: Final = N_("Published figures are about the people of the sample; these are others.")
COUNTED: Final = N_("The figure that was asked for is still being counted.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a panel asks now, and the figure that is seen in it: until another is there, that of what was asked before.

    `late`: it is dimmed, because the one that is asked takes long.
    """

    spec: Spec
    figure: Figure | None
    late: bool = False


def panel_data(state: AppState, index: int, shown: Shown, words: Words, dataset: Dataset | None) -> PanelData:
    """Return everything around the plot of a panel: its words are those of the figure that is seen."""
    panel, figure = state.panel(index), shown.figure
    info = dataset.codes.info if dataset is not None else None
    synthetic = info is not None and info.synthetic
    floating = index in state.floating
    small = state.page == "overview" and not floating
    offered = (figures_of if small else views_of)(panel.topic)
    chart = figure.chart if figure is not None else None
    seen = figure.spec if figure is not None else shown.spec
    view = all_views()[seen.view]
    no_points = no_published(state, index, dataset)
    has_points = no_points is None
    drawn = chart is not None and not chart.empty
    lack = words(COUNTED) if shown.late else "" if drawn else words(NO_FIGURE)
    return PanelData(
        title=words(view.title),
        subtitle=subtitle_of(view, seen, words),
        measures=tuple((v.name, words(v.title)) for v in offered),
        measure=panel.view,
        measure_text=words(N_("Measure")),
        interval=ControlState(
            text=words(N_("Interval")),
            on=panel.interval and has_interval(figure),
            enabled=has_interval(figure),
            tooltip="" if has_interval(figure) else words(NO_INTERVAL),
        ),
        published=ControlState(
            text=words(N_("Published points")),
            on=panel.published and has_points,
            enabled=has_points,
            tooltip=words(no_points) if no_points else "",
        ),
        save=ControlState(text=words(N_("Save figure…")), enabled=not lack, tooltip=lack),
        options_text=words(N_("Options")),
        note=chart.note if chart is not None else "",
        more_text=words(N_("More")),
        less_text=words(N_("Less")),
        source=chart.source if chart is not None else "",
        status_text=_safety(figure, words, synthetic),
        description=chart.description if chart is not None else "",
        lock=ControlState(
            text=words(N_("Lock")),
            on=panel.lock is not None,
            tooltip=words(N_("Keep this figure's people as they are now, whatever is chosen elsewhere.")),
        ),
        lock_sentence=_locked(panel, info, words),
        explain=ControlState(text=words(N_("Explain this figure"))),
        afloat=ControlState(
            text=words(N_("Dock again") if floating else N_("In a window of its own")), on=floating
        ),
    )


def _locked(panel: Panel, info: DatasetInfo | None, words: Words) -> str:
    """Say whose figure a locked panel is; "" where it follows the window."""
    if panel.lock is None or info is None:
        return ""
    both = told_of_both(panel.lock_kept, info, words)
    return words(N_("Locked: {selection}"), selection=both or sentence(panel.lock, info, words))


def no_published(state: AppState, index: int, dataset: Dataset | None) -> str | None:
    """Return why no published figures are drawn in a panel; None where they are. They are about the sample."""
    panel = state.panel(index)
    if not any(place.goes_with(panel.asked()) for place in all_views()[panel.view].published):
        return NO_PUBLISHED
    if dataset is None or not dataset.sample:
        return NOT_SAMPLE
    if state.compares(index):
        return NO_POINTS
    return None if of_everyone(state.spec(index, frozenset())) else OF_EVERYONE


def has_interval(figure: Figure | None) -> bool:
    """Return whether a figure has an interval that can be drawn or left out."""
    return figure is not None and isinstance(figure.released, Curves) and bool(figure.released.low)


def _safety(figure: Figure | None, words: Words, synthetic: bool) -> str:
    if figure is None:
        return ""
    return words(N_("Synthetic data: free to publish")) if synthetic else disclosure_told(figure, words)

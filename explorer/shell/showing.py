"""From state and answers to what the widgets show. Pure: values in, values out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from explorer.core.commands import NO_INTERVAL, NO_PUBLISHED, NOT_SAMPLE
from explorer.core.comparing import NO_COLUMN, NO_PEOPLE, NO_POINTS, OF_EVERYONE, of_everyone, only_both
from explorer.core.formatting import Formats
from explorer.core.names import column_name, dataset_source, dataset_title, level_name
from explorer.core.reducing import chosen_levels, chosen_range
from explorer.core.sentences import phrase, sentence
from explorer.core.spec import Spec
from explorer.core.state import AppState, Panel
from explorer.core.views import PAGES, all_views, figures_of, views_of
from explorer.core.where import unparse
from explorer.core.words import N_, Message, Words
from explorer.pipeline.about import disclosure_told
from explorer.pipeline.bars import Bars
from explorer.pipeline.drawings.frame import subtitle_of
from explorer.pipeline.facets import FacetCounts, Facets
from explorer.pipeline.figure import Figure
from explorer.pipeline.opening import Dataset
from explorer.registers.wording import warnings
from models.register import DatasetInfo
from models.results import Curves
from models.selection import Everyone, Predicate, conjuncts
from widgets.controls import messages
from widgets.controls.cards import CardData
from widgets.controls.chips import Chip
from widgets.controls.choices import Choice
from widgets.controls.facets import CategoryFacet, Facet, FacetLevel, FacetWords, RangeFacet
from widgets.panels.desk import DeskData
from widgets.panels.panel import PanelData

SHOW_WHOLE = N_("Show the whole selection")


@dataclass(frozen=True, slots=True, kw_only=True)
class SelectionText:
    """What the bar above the figures says."""

    sentence: str
    count: str
    chips: tuple[Chip, ...]
    clear_tooltip: str
    more: str
    count_short: str = ""


def card(dataset: Dataset, words: Words) -> CardData:
    """Return the dataset card."""
    info, formats = dataset.codes.info, Formats(words.language)
    notes = len(dataset.quality.findings)
    return CardData(
        title=dataset_title(info, words),
        persons=words(N_("{count} persons"), count=formats.count(dataset.codes.persons)),
        badge=words(N_("Synthetic")) if info.synthetic else "",
        badge_tooltip=words(N_("These people do not exist: the data are synthetic."))
        if info.synthetic
        else "",
        quality=words(N_("Quality: {count} notes"), count=notes)
        if notes != 1
        else words(N_("Quality: 1 note")),
        quality_tooltip=words(N_("What happened to every row that was read.")),
        warning="\n".join(warnings(dataset.quality, words, formats.count)),
        source=words(N_("Source: {source}"), source=dataset_source(info, words)),
    )


def window_title(info: DatasetInfo | None, file: Path | None, words: Words) -> str:
    """Return the title of the window: workspace, dataset, program.

    Qt writes the mark of unsaved changes, as the desktop has it, where the brackets stand.
    """
    parts = [f"{file.name}[*]"] if file is not None else []
    parts += [dataset_title(info, words)] if info is not None else []
    return " – ".join((*parts, words(N_("Cohort Flow Explorer"))))


def status_text(info: DatasetInfo, words: Words) -> str:
    """Return the line at the foot of the window: kind of data, day, source."""
    return "   ·   ".join(
        (
            words(N_("Synthetic data")) if info.synthetic else words(N_("Disclosure control: cbs")),
            words(N_("reference date {day}"), day=Formats(words.language).day(info.observed_until)),
            words(N_("Source: {source}"), source=dataset_source(info, words)),
        )
    )


def selection_text(state: AppState, facets: Facets | None, info: DatasetInfo, words: Words) -> SelectionText:
    """Return the selection as a sentence and as chips, with n of N."""
    if state.versus:
        return SelectionText(
            sentence=told_of_both(state.kept, info, words),
            count="",
            chips=(),
            clear_tooltip=words(NO_PEOPLE),
            more=words(SHOW_WHOLE),
        )
    formats = Formats(words.language)
    parts = conjuncts(state.selection)
    chips = tuple(
        Chip(
            key=unparse(part),
            text=phrase(part, info, words),
            remove_text=words(N_("Remove: {what}"), what=phrase(part, info, words)),
            whole=phrase(part, info, words, whole=True),
        )
        for part in parts
    )
    everyone = isinstance(state.selection, Everyone)
    text = sentence(state.selection, info, words) if everyone else words(N_("Persons with"))
    counted = facets is None or facets.selection == state.selection
    return SelectionText(
        sentence=text,
        count=_n_of_n(facets, formats, words, counted=counted),
        count_short=_n_of_total(facets, formats, words, counted=counted),
        more=words(SHOW_WHOLE),
        chips=chips,
        clear_tooltip=words(N_("Everyone is selected already.")) if everyone else "",
    )


def _n_of_total(facets: Facets | None, formats: Formats, words: Words, *, counted: bool) -> str:
    if facets is None:
        return ""
    total = formats.count(facets.persons)
    if not counted:
        return words(N_("… of {total}"), total=total)
    if facets.selected < 0:
        return words(N_("hidden of {total}"), total=total)
    return words(N_("{count} of {total}"), count=formats.count(facets.selected), total=total)


def _n_of_n(facets: Facets | None, formats: Formats, words: Words, *, counted: bool) -> str:
    if facets is None or not counted or facets.selected < 0 or facets.followed == facets.selected:
        return _n_of_total(facets, formats, words, counted=counted)
    total, count = formats.count(facets.persons), formats.count(facets.selected)
    if facets.followed < 0:
        return words(N_("{count} of {total}, not all in a first stay"), count=count, total=total)
    return words(
        N_("{count} of {total}, {followed} followed in a first stay"),
        count=count,
        total=total,
        followed=formats.count(facets.followed),
    )


def facet_words(words: Words, lack: str = "") -> FacetWords:
    """Return the words of the filter column; `lack` says why nobody can be chosen now."""
    return FacetWords(
        show_all=lambda count: words(N_("Show all {count}"), count=count),
        show_fewer=words(N_("Show fewer")),
        clear=words(N_("Clear")),
        only_this=words(N_("Only this")),
        level_hint=lack or words(N_("Click to add or remove; double click or Ctrl+Enter for only this")),
        range_hint=lack or words(N_("Drag, or use the arrow keys; with Shift for the upper end")),
    )


def facets_shown(
    facets: Facets, state: AppState, info: DatasetInfo, words: Words, *, late: bool = False
) -> tuple[Facet, ...]:
    """Return the filters with their counts, none where they are `late`."""
    return tuple(
        _category(part, state, info, words, late=late)
        if part.bars is None
        else _number(part, part.bars, state, info, words)
        for part in facets.parts
    )


def _category(
    part: FacetCounts, state: AppState, info: DatasetInfo, words: Words, *, late: bool
) -> CategoryFacet:
    formats = Formats(words.language)
    chosen = chosen_levels(state.selection, part.column)
    counts = part.released.counts.tolist()
    most = max((1, *counts))
    levels = tuple(
        FacetLevel(
            key=level,
            label=level_name(part.column, level, info, words),
            count_text="…" if late else formats.count(count) if count >= 0 else "",
            fraction=max(count, 0) / most,
            chosen=level in chosen,
            status_text=_hidden(part.released.rules.threshold, words) if count < 0 else "",
        )
        for level, count in zip(part.levels, counts, strict=True)
    )
    summary = words(N_("{count} of {total}"), count=len(chosen), total=len(levels)) if chosen else ""
    return CategoryFacet(
        name=part.column, label=column_name(part.column, info, words), levels=levels, summary=summary
    )


def _hidden(threshold: int, words: Words) -> str:
    return words(N_("hidden: fewer than {threshold} persons"), threshold=threshold)


def _number(part: FacetCounts, bars: Bars, state: AppState, info: DatasetInfo, words: Words) -> RangeFacet:
    low, high = chosen_range(state.selection, part.column) or (bars.low, bars.high)
    low, high = (min(max(end, bars.low), bars.high) for end in (low, high))
    whole = (low, high) == (bars.low, bars.high)
    *counts, unknown = part.released.counts.tolist()
    return RangeFacet(
        name=part.column,
        label=column_name(part.column, info, words),
        low=bars.low,
        high=bars.high,
        chosen_low=low,
        chosen_high=high,
        bars=tuple(float(max(count, 0)) for count in counts),
        text="" if whole else _between(low, high, bars, words),
        low_text=words(N_("from")),
        high_text=words(N_("to")),
        step=bars.step,
        width=bars.width,
        digits=bars.digits,
        ends=bars.ends,
        note=_unknown(unknown, words),
    )


def _between(low: float, high: float, bars: Bars, words: Words) -> str:
    """Return a range in words; a bar at either end says that it holds who lies beyond."""
    least, most = words.write(low), words.write(high)
    if bars.above and high == bars.high:
        most += "+"
    if bars.below and low == bars.low:
        return words(N_("up to {high}"), high=most)
    return words(N_("{low} to {high}"), low=least, high=most)


def _unknown(count: int, words: Words) -> str:
    if not count:
        return ""
    told = Formats(words.language).count(count) if count > 0 else words(N_("hidden"))
    return words(N_("unknown: {count}"), count=told)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Which page is shown, and which figures where; `only_tables`: all of these are tables themselves."""

    pages: tuple[tuple[str, str], ...]
    page: str
    beside: tuple[str, ...]
    desk: DeskData
    focused: int
    hint: str
    only_tables: bool


def layout(state: AppState, titles: tuple[str, ...], words: Words) -> Layout:
    """Return the pages and the figures on the desk; `titles` are those of what the panels show."""
    return Layout(
        pages=tuple((page, words(text)) for page, text in PAGES.items()),
        page=state.page,
        beside=tuple(state.panels[index].topic for index in state.beside),
        desk=DeskData(
            docked=state.docked,
            floating=state.floating,
            titles=titles,
            away=away(state, titles, words),
        ),
        focused=state.focused,
        hint=words(N_("Click to turn to a page; Ctrl+click to show it beside the one that is open.")),
        only_tables=bool(state.docked)
        and all(all_views()[state.view(at)].picture == "table" for at in state.docked),
    )


def away(state: AppState, titles: tuple[str, ...], words: Words) -> messages.Message | None:
    """Return what stands on a page whose figures are all in windows of their own; None where they are not."""
    if state.docked or not state.floating:
        return None
    return messages.Message(
        title=words(N_("In a window of its own")),
        sentence=words(N_("What belongs on this page stands in another window.")),
        buttons=tuple(
            messages.MessageButton(key=str(at), text=words(N_("Bring back: {title}"), title=titles[at]))
            for at in state.floating
            if state.page in ("overview", state.panels[at].topic)
        ),
    )


def no_dataset(message: Message, words: Words) -> messages.Message:
    """Return why no dataset is open, and what to try."""
    return messages.Message(
        title=words(N_("No dataset is open")),
        sentence=words.say(message),
        buttons=(
            messages.MessageButton(key="file.open", text=words(N_("Open dataset…"))),
            messages.MessageButton(key="file.sample", text=words(N_("Open the synthetic sample"))),
        ),
        kind="warning",
    )


def refused(message: Message, words: Words) -> messages.Message:
    """Return why a figure cannot be made, and what to try."""
    return messages.Message(
        title=words(N_("This figure cannot be made")),
        sentence=words.say(message),
        buttons=(messages.MessageButton(key="edit.undo", text=words(N_("Undo"))),),
        kind="warning",
    )


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
    lack = words(COUNTED) if shown.late else "" if drawn else words(N_("There is no figure to save yet."))
    return PanelData(
        title=words(view.title),
        subtitle=subtitle_of(view, seen, words),
        measures=tuple(Choice(key=v.name, label=words(v.title)) for v in offered),
        measure=panel.view,
        measure_text=words(N_("Measure")),
        interval_text=words(N_("Interval")),
        interval_on=panel.interval and has_interval(figure),
        interval_enabled=has_interval(figure),
        interval_tooltip="" if has_interval(figure) else words(NO_INTERVAL),
        published_text=words(N_("Published points")),
        published_on=panel.published and has_points,
        published_enabled=has_points,
        published_tooltip=words(no_points) if no_points else "",
        save_text=words(N_("Save figure…")),
        save_enabled=not lack,
        save_tooltip=lack,
        options_text=words(N_("Options")),
        note=chart.note if chart is not None else "",
        more_text=words(N_("More")),
        less_text=words(N_("Less")),
        source=chart.source if chart is not None else "",
        status_text=_safety(figure, words, synthetic),
        safe=True,
        description=chart.description if chart is not None else "",
        lock_text=words(N_("Lock")),
        lock_on=panel.lock is not None,
        lock_tooltip=words(N_("Keep this figure's people as they are now, whatever is chosen elsewhere.")),
        lock_sentence=_locked(panel, info, words),
        explain_text=words(N_("Explain this figure")),
        float_text=words(N_("Dock again")) if floating else words(N_("In a window of its own")),
        float_on=floating,
    )


COUNTED: Final = N_("The figure that was asked for is still being counted.")


def _locked(panel: Panel, info: DatasetInfo | None, words: Words) -> str:
    """Say whose figure a locked panel is; "" where it follows the window."""
    if panel.lock is None or info is None:
        return ""
    both = told_of_both(panel.lock_kept, info, words)
    return words(N_("Locked: {selection}"), selection=both or sentence(panel.lock, info, words))


def told_of_both(kept: tuple[tuple[str, Predicate], ...], info: DatasetInfo, words: Words) -> str:
    """Say who A and B are."""
    return " · ".join(f"{name}: {sentence(part, info, words)}" for name, part in kept)


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


def no_column(state: AppState, words: Words) -> str:
    """Return why no column can be compared by now, "" when one can: a locked figure still is."""
    return words(NO_COLUMN) if only_both(state) else ""


def compare_choices(dataset: Dataset, words: Words) -> tuple[tuple[str, str], ...]:
    """Return what figures can be compared by: the CBS figures' own, nothing, then every grouping column."""
    info = dataset.codes.info
    columns = [(name, column_name(name, info, words)) for name in dataset.codes.groupings]
    return (
        ("=", words(N_("as in the CBS figures"))),
        ("", words(N_("nothing"))),
        *columns,
    )

"""From state and answers to what the widgets show. Pure: values in, values out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from explorer.core.comparing import NO_COLUMN, NO_PEOPLE, only_both
from explorer.core.formatting import Formats
from explorer.core.names import column_name, column_names, dataset_source, dataset_title, level_name
from explorer.core.reducing import chosen_levels, chosen_range
from explorer.core.sentences import phrase, sentence
from explorer.core.state import AppState
from explorer.core.views import PAGES, all_views
from explorer.core.where import unparse
from explorer.core.words import N_, Message, Words
from explorer.pipeline.bars import Bars
from explorer.pipeline.facets import FacetCounts, Facets, persons_told
from explorer.pipeline.figure import default_rules
from explorer.pipeline.opening import Dataset
from explorer.registers.wording import warnings
from models.register import DatasetInfo
from models.rules import Rules
from models.selection import Everyone, Predicate, conjuncts
from widgets.controls import messages
from widgets.controls.cards import CardData
from widgets.controls.chips import Chip
from widgets.controls.facets import CategoryFacet, Facet, FacetLevel, FacetWords, RangeFacet
from widgets.controls.selection_bar import SelectionText
from widgets.panels.desk import DeskData

ROOMY: Final = ("overview", "model")
"""Pages whose figures need the room of the table: it is there when it is asked for."""

SHOW_WHOLE = N_("Show the whole selection")


def card(dataset: Dataset, words: Words) -> CardData:
    """Return the dataset card."""
    info, formats = dataset.codes.info, Formats(words.language)
    rules, notes = default_rules(dataset), len(dataset.quality.findings)
    return CardData(
        title=dataset_title(info, words),
        persons=words(N_("{count} persons"), count=_count(persons_told(dataset.codes, rules), rules, words)),
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
    total = _count(facets.persons, facets.rules, words)
    if not counted:
        return words(N_("… of {total}"), total=total)
    if facets.selected < 0:
        return words(N_("hidden of {total}"), total=total)
    return words(N_("{count} of {total}"), count=formats.count(facets.selected), total=total)


def _n_of_n(facets: Facets | None, formats: Formats, words: Words, *, counted: bool) -> str:
    if facets is None or not counted or facets.selected < 0 or facets.followed == facets.selected:
        return _n_of_total(facets, formats, words, counted=counted)
    total, count = _count(facets.persons, facets.rules, words), formats.count(facets.selected)
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


def _count(persons: int, rules: Rules, words: Words) -> str:
    return Formats(words.language).count(persons) if persons >= 0 else _hidden(rules.threshold, words)


def _hidden(threshold: int, words: Words) -> str:
    return words(N_("fewer than {threshold}"), threshold=threshold)


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
    """Which page is shown, and which figures where.

    `roomy`: they need the room of the table. `only_tables`: all of them are tables themselves.
    """

    pages: tuple[tuple[str, str], ...]
    page: str
    beside: tuple[str, ...]
    desk: DeskData
    focused: int
    hint: str
    roomy: bool
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
        roomy=state.page in ROOMY,
        only_tables=bool(state.docked)
        and all(all_views()[state.view(at)].picture == "table" for at in state.docked),
    )


def away(state: AppState, titles: tuple[str, ...], words: Words) -> messages.PanelMessage | None:
    """Return what stands on a page whose figures are all in windows of their own; None where they are not."""
    if state.docked or not state.floating:
        return None
    return messages.PanelMessage(
        title=words(N_("In a window of its own")),
        sentence=words(N_("What belongs on this page stands in another window.")),
        buttons=tuple(
            messages.MessageButton(key=str(at), text=words(N_("Bring back: {title}"), title=titles[at]))
            for at in state.floating
            if state.page in ("overview", state.panels[at].topic)
        ),
    )


def no_dataset(message: Message, words: Words) -> messages.PanelMessage:
    """Return why no dataset is open, and what to try."""
    return messages.PanelMessage(
        title=words(N_("No dataset is open")),
        sentence=words.say(message),
        buttons=(
            messages.MessageButton(key="file.open", text=words(N_("Open dataset…"))),
            messages.MessageButton(key="file.sample", text=words(N_("Open the synthetic sample"))),
        ),
        kind="warning",
    )


def refused(message: Message, words: Words) -> messages.PanelMessage:
    """Return why a figure cannot be made, and what to try."""
    return messages.PanelMessage(
        title=words(N_("This figure cannot be made")),
        sentence=words.say(message),
        buttons=(messages.MessageButton(key="edit.undo", text=words(N_("Undo"))),),
        kind="warning",
    )


def told_of_both(kept: tuple[tuple[str, Predicate], ...], info: DatasetInfo, words: Words) -> str:
    """Say who A and B are."""
    return " · ".join(f"{name}: {sentence(part, info, words)}" for name, part in kept)


def no_column(state: AppState, words: Words) -> str:
    """Return why no column can be compared by now, "" when one can: a locked figure still is."""
    return words(NO_COLUMN) if only_both(state) else ""


def compare_choices(dataset: Dataset, words: Words) -> tuple[tuple[str, str], ...]:
    """Return what figures can be compared by: the CBS figures' own, nothing, then every grouping column."""
    return (
        ("=", words(N_("as in the CBS figures"))),
        ("", words(N_("nothing"))),
        *column_names(dataset.codes.groupings, dataset.codes.info, words),
    )

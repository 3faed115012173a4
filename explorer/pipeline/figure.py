"""A figure whole: what was asked, what was released, the chart, and the table of exactly its numbers."""

from __future__ import annotations

from dataclasses import dataclass, replace

from explorer.core.spec import Spec, query_key
from explorer.core.words import Words
from explorer.pipeline.answering import answer
from explorer.pipeline.drag_index import DragIndex
from explorer.pipeline.drawing import draw
from explorer.pipeline.drawings.frame import Look, Sheet
from explorer.pipeline.opening import Dataset
from models.disclosure.fits import Answer
from models.results import Table
from models.rules import Rules, rules_for
from widgets.pictures.chart import Picture


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One answer, ready to be shown, printed or written; `key` says of what it is the answer.

    Its table is made when it is asked for: of most figures nobody looks at it.
    """

    key: str
    spec: Spec
    released: Answer
    chart: Picture

    @property
    def table(self) -> Table:
        """The table of the numbers released."""
        return self.released.table()


def make_figure(
    dataset: Dataset, spec: Spec, rules: Rules, look: Look, words: Words, hand: DragIndex | None = None
) -> Figure:
    """Count, estimate, release and draw what `spec` asks of `dataset`."""
    return figure_of(dataset, spec, answer(dataset.source, spec, rules, hand), look, words)


def figure_of(dataset: Dataset, spec: Spec, released: Answer, look: Look, words: Words) -> Figure:
    """Draw what was released as the answer to `spec`."""
    return Figure(
        key=query_key(dataset.data_hash, spec, released.rules),
        spec=spec,
        released=released,
        chart=draw(released, spec, sheet_of(dataset), look, words),
    )


def redraw(figure: Figure, dataset: Dataset, look: Look, words: Words) -> Figure:
    """Draw the same answer in another language or with another look; nothing is counted."""
    return replace(figure, chart=draw(figure.released, figure.spec, sheet_of(dataset), look, words))


def sheet_of(dataset: Dataset) -> Sheet:
    """Return what is needed to put answers about `dataset` into words."""
    codes = dataset.codes
    return Sheet(
        info=codes.info, groupings=dict(codes.groupings), persons=codes.persons, sample=dataset.sample
    )


def default_rules(dataset: Dataset) -> Rules:
    """Return the rules that hold where nobody chose others."""
    return rules_for(synthetic=dataset.codes.info.synthetic)

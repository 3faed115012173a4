"""What is asked of the counting thread, and where each answer belongs.

A job is a function of the thread's own tools, made on the screen's. What is asked again for the same place takes the
place of what was asked before.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING

from explorer.core.spec import Spec
from explorer.core.words import Words
from explorer.pipeline.answering import answer as make_answer
from explorer.pipeline.drag_index import DragIndex
from explorer.pipeline.drawings.frame import Look
from explorer.pipeline.facets import Facets, count_facets
from explorer.pipeline.figure import Figure, default_rules, make_figure
from explorer.pipeline.opening import Dataset, open_dataset, sample_path
from explorer.registers.engine import Engine
from explorer.services.runner import Job, Work
from models.selection import Predicate

if TYPE_CHECKING:
    from explorer.registers.importing import Imported
    from explorer.registers.population import Wishes
    from explorer.registers.preview import Preview
    from explorer.registers.recognising import Found


class Place(Enum):
    """Places of answers of which there is one."""

    DATASET = auto()
    FACETS = auto()
    FACET_SUMS = auto()
    WARM_UP = auto()
    DELIVERY = auto()
    IMPORT = auto()


@dataclass(frozen=True, slots=True)
class PanelFigure:
    """The place of a panel's figure."""

    panel: int


@dataclass(frozen=True, slots=True)
class PanelSums:
    """The place of what is counted along the values of a number for a panel."""

    panel: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What is in a folder, and the first rows of each file that is read."""

    folder: Path
    found: Found
    previews: tuple[Preview, ...]


@dataclass(frozen=True, slots=True)
class FileOrder:
    """The place of a file that is written; no two orders are the same, also for one path."""

    number: int
    path: Path


def open_folder(path: Path) -> Work:
    """Open the dataset in `path`."""
    return lambda job: open_dataset(path, job.engine, job.progress)


def open_sample() -> Work:
    """Open the bundled sample, made on first use."""
    return lambda job: open_dataset(sample_path(job.progress), job.engine, job.progress)


def find_delivery(folder: Path) -> Work:
    """Recognise what is in a folder, and look at the first rows of each file."""

    def work(job: Job) -> Delivery:
        from explorer.registers.importing import find
        from explorer.registers.preview import preview

        found = find(folder)
        return Delivery(folder=folder, found=found, previews=tuple(preview(one) for one in found.read))

    return work


def import_delivery(found: Found, out: Path, wishes: Wishes) -> Work:
    """Write the dataset that the files make."""

    def work(job: Job) -> Imported:
        from explorer.registers.importing import import_files

        # A database of its own, which a cancel stops: that of the open dataset goes on.
        job.engine = Engine()
        return import_files(found, out, wishes, engine=job.engine, tell=job.progress)

    return work


def figure_of(dataset: Dataset, spec: Spec, look: Look, words: Words, hand: DragIndex, column: str) -> Work:
    """Count, estimate, release and draw one figure; `column` is the number under the hand, "" without."""

    def work(job: Job) -> Figure:
        hand.column = column
        return make_figure(dataset, spec, default_rules(dataset), look, words, hand)

    return work


def sums_of(dataset: Dataset, spec: Spec, hand: DragIndex, column: str) -> Work:
    """Count along the values of a number, so that its range can be dragged; there is no answer to show."""

    def work(job: Job) -> None:
        hand.column = column
        wide = replace(spec, selection=hand.widest(spec.selection, column))
        make_answer(dataset.source, wide, default_rules(dataset), hand)

    return work


def facet_sums_of(dataset: Dataset, selection: Predicate, hand: DragIndex, column: str) -> Work:
    """Count the filters along the values of a number, so that its range can be dragged."""

    def work(job: Job) -> None:
        hand.column = column
        wide = hand.widest(selection, column)
        count_facets(dataset.codes, wide, default_rules(dataset), hand)

    return work


def facets_of(dataset: Dataset, selection: Predicate, hand: DragIndex, column: str) -> Work:
    """Count the filters."""

    def work(job: Job) -> Facets:
        hand.column = column
        return count_facets(dataset.codes, selection, default_rules(dataset), hand)

    return work


def print_figure(figure: Figure, path: Path) -> Work:
    """Print a chart; the answer is where it is."""

    def work(job: Job) -> Path:
        from explorer.export.printing import print_on_first

        print_on_first(figure.chart, path, check=job.check)
        return path

    return work


def write_report(dataset: Dataset, path: Path, words: Words) -> Work:
    """Write the quality report; the answer is where it is."""

    def work(job: Job) -> Path:
        from explorer.core.formatting import Formats
        from explorer.export.formats import Written
        from explorer.export.tables import write_table
        from explorer.pipeline.quality_table import quality_table

        formats, table = Formats(words.language), quality_table(dataset.quality, words)
        write_table(Written(table=table, name="quality", formats=formats), path)
        return path

    return work


def write_numbers(figure: Figure, path: Path, words: Words) -> Work:
    """Write the numbers of a figure; the answer is where they are."""

    def work(job: Job) -> Path:
        from explorer.core.formatting import Formats
        from explorer.export.formats import Written
        from explorer.export.tables import write_table
        from explorer.pipeline.about import about

        formats, note = Formats(words.language), about(figure, words)
        write_table(Written(table=figure.table, name=figure.spec.view, note=note, formats=formats), path)
        return path

    return work

"""What is asked of the counting thread. Each job is a function of the thread's own tools, made on the screen's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeAlias

from explorer.core.spec import Spec
from explorer.core.words import Words
from explorer.pipeline.answering import answer as make_answer
from explorer.pipeline.drawings.frame import Look
from explorer.pipeline.facets import Facets, count_facets
from explorer.pipeline.figure import Figure, default_rules, make_figure
from explorer.pipeline.opening import Dataset, open_dataset, sample_path
from explorer.pipeline.underhand import UnderHand
from explorer.services import runner
from models.selection import Predicate

Job: TypeAlias = Callable[[runner.Job], Any]


def open_folder(path: Path) -> Job:
    """Open the dataset in `path`."""

    def work(job: runner.Job) -> Dataset:
        return open_dataset(path, job.engine, job.progress)

    return work


def open_sample() -> Job:
    """Open the bundled sample, made on first use."""

    def work(job: runner.Job) -> Dataset:
        return open_dataset(sample_path(job.progress), job.engine, job.progress)

    return work


def figure_of(dataset: Dataset, spec: Spec, look: Look, words: Words, hand: UnderHand, column: str) -> Job:
    """Count, estimate, release and draw one figure; `column` is the number under the hand, "" without."""

    def work(job: runner.Job) -> Figure:
        hand.column = column
        return make_figure(dataset, spec, default_rules(dataset), look, words, hand)

    return work


def sums_of(dataset: Dataset, spec: Spec, hand: UnderHand, column: str) -> Job:
    """Count along the values of a number, so that its range can be dragged; there is no answer to show."""

    def work(job: runner.Job) -> None:
        hand.column = column
        wide = replace(spec, selection=hand.widest(spec.selection, column))
        make_answer(dataset.source, wide, default_rules(dataset), hand)

    return work


def facet_sums_of(dataset: Dataset, selection: Predicate, hand: UnderHand, column: str) -> Job:
    """Count the filters along the values of a number, so that its range can be dragged."""

    def work(job: runner.Job) -> None:
        hand.column = column
        wide = hand.widest(selection, column)
        count_facets(dataset.codes, wide, default_rules(dataset), hand)

    return work


def facets_of(dataset: Dataset, selection: Predicate, hand: UnderHand, column: str) -> Job:
    """Count the filters."""

    def work(job: runner.Job) -> Facets:
        hand.column = column
        return count_facets(dataset.codes, selection, default_rules(dataset), hand)

    return work


def print_figure(figure: Figure, path: Path) -> Job:
    """Print a chart; the answer is where it is."""

    def work(job: runner.Job) -> Path:
        from explorer.export.printing import print_on_first

        print_on_first(figure.chart, path, check=job.check)
        return path

    return work


def write_numbers(figure: Figure, path: Path, words: Words) -> Job:
    """Write the numbers of a figure; the answer is where they are."""

    def work(job: runner.Job) -> Path:
        from explorer.export.tables import write_table
        from explorer.pipeline.about import about

        note = about(figure, words)
        write_table(figure.table, path, sheet=figure.spec.view, note=note, language=words.language)
        return path

    return work

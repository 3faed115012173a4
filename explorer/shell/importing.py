"""The import assistant: it looks at a folder, asks, imports in the background, and opens what was made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from explorer.core.formatting import Formats
from explorer.core.options import Number, Switch, Text, option
from explorer.core.words import N_, Message, Refusal
from explorer.services.context import Context
from explorer.services.runner import Runner
from explorer.shell import jobs
from explorer.shell.import_page import ImportPage
from explorer.shell.jobs import Delivery, Place
from explorer.shell.notices import Notices
from explorer.shell.option_fields import form_fields
from widgets.controls.progress import Progress
from widgets.pictures.table_data import TableColumn, TableData

if TYPE_CHECKING:
    from explorer.registers.importing import Imported
    from explorer.registers.population import Wishes

LOOKING: Final = N_("Looking at the files")
NO_DAY: Final = N_("“{text}” is not a date; write it as 2023-01-01.")
MISSING: Final = N_("not found")
NEEDED_LACKS: Final = N_("not found, and needed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the form asks, as it is written there."""

    title: str = option("", label=N_("Title"), control=Text())
    arrivals_from: str = option("", label=N_("Arrivals from"), control=Text(example="2022-02-24"))
    observed_until: str = option("", label=N_("Observed until"), control=Text(example="2025-01-01"))
    nationality: str = option("", label=N_("Only nationalities"), control=Text(example="UA, MD"))
    reference: str = option("", label=N_("Compare with"), control=Text(example="UA"))
    days: int = option(
        0, label=N_("Resident for at least"), control=Number(low=0, high=3660, unit=N_("days"))
    )
    bridge: int = option(0, label=N_("Bridge gaps of"), control=Number(low=0, high=3660, unit=N_("days")))
    births: bool = option(True, label=N_("Children born here"), control=Switch())
    out: str = option("", label=N_("Dataset folder"))


class Importing(QObject):
    """One import at a time; `opened` is called with the folder of what was made."""

    def __init__(
        self,
        window: QWidget,
        context: Context,
        runner: Runner,
        notices: Notices,
        opened: Callable[[Path], None],
    ) -> None:
        super().__init__(window)
        self._window, self._context, self._runner, self._notices = window, context, runner, notices
        self._opened = opened
        self.page: ImportPage | None = None
        self._delivery: Delivery | None = None
        self._asked = Asked()
        self._rows: list[tuple[int, str]] = []
        runner.done.connect(self._done)
        runner.failed.connect(self._failed)
        runner.cancelled.connect(self._cancelled)
        runner.progressed.connect(self._progressed)

    def begin(self, folder: Path) -> None:
        """Look at a folder of delivered files; the assistant opens when they are recognised."""
        self._notices.tell(Message(LOOKING), "info", passing=True)
        self._runner.submit(Place.DELIVERY, jobs.find_delivery(folder))

    # --- what comes back -------------------------------------------------------------------------------------

    def _done(self, place: object, answer: Any) -> None:
        if place is Place.DELIVERY:
            self._show(answer)
        elif place is Place.IMPORT and self.page is not None:
            self.page.show_work(None)
            self._show_steps(answer)

    def _failed(self, place: object, message: object) -> None:
        if place is Place.IMPORT and self.page is not None and isinstance(message, Message):
            self.page.show_work(None)
            self.page.show_message(self._context.words.say(message))

    def _cancelled(self, place: object) -> None:
        if place is Place.IMPORT and self.page is not None:
            self.page.show_work(None)

    def _progressed(self, place: object, share: float, message: object) -> None:
        if place is Place.IMPORT and self.page is not None and isinstance(message, Message):
            words = self._context.words
            self.page.show_work(
                Progress(
                    text=words.say(message),
                    fraction=share,
                    cancel_text=words(N_("Cancel")),
                    cancelling_text=words(N_("Cancelling…")),
                )
            )

    # --- what is shown ---------------------------------------------------------------------------------------

    def _show(self, delivery: Delivery) -> None:
        from explorer.registers.population import Wishes, population_of

        self._notices.move_on()
        self._delivery = delivery
        first = last = ""
        try:
            who = population_of(delivery.found, Wishes())
            first, last = who.arrivals_from.isoformat(), who.observed_until.isoformat()
        except Refusal:
            # The files do not say; the reader will.
            pass
        folder = delivery.folder
        out = folder.with_name(f"{folder.name}-dataset")
        self._asked = Asked(title=folder.name, arrivals_from=first, observed_until=last, out=str(out))
        self.page = page = ImportPage(self._window, self._context.words)
        page.wish_changed.connect(self._wish)
        page.column_chosen.connect(self._choose)
        page.go.connect(self._go)
        page.stop.connect(lambda: self._runner.cancel(Place.IMPORT))
        page.open_asked.connect(self._open)
        page.finished.connect(self._closed)
        self._show_found()
        self._warn()
        page.open()

    def _show_found(self) -> None:
        from explorer.registers.importing import REPLACED, UNKNOWN, told_as

        words, delivery, page = self._context.words, self._delivery, self.page
        if delivery is None or page is None:
            return
        found = delivery.found
        files = [(one.path.name, told_as(one, words)) for one in found.read]
        files += [(one.path.name, words(REPLACED)) for one in found.replaced]
        files += [(path.name, words(UNKNOWN)) for path in found.unknown]
        columns, choices = self._columns(delivery)
        heads = (N_("Component"), N_("Field"), N_("Read from"), N_("First values"))
        page.show_found(
            _table((words(N_("File")), words(N_("Taken for"))), files),
            _table(tuple(map(words, heads)), columns),
            choices,
        )
        page.show_wishes(form_fields(self._asked, words), self._asked.out)

    def _columns(
        self, delivery: Delivery
    ) -> tuple[list[tuple[str, ...]], list[tuple[str, tuple[str, ...], str]]]:
        """Return the rows of the table of columns, and what each can be read from; fields of one file a component."""
        from explorer.registers.layout import FIELDS, NAMES, NEEDED

        words, seen = self._context.words, set[str]()
        rows: list[tuple[str, ...]] = []
        choices: list[tuple[str, tuple[str, ...], str]] = []
        self._rows = []
        for at, (one, look) in enumerate(zip(delivery.found.read, delivery.previews, strict=True)):
            component = one.component
            if component.name in seen:
                continue
            seen.add(component.name)
            for field in dict.fromkeys((*FIELDS[component.table], *component.origins)):
                read = look.of(component, field)
                # What is joined is shown joined: the parts of a key.
                parts = zip(*(look.values[name] for name in read), strict=False)
                values = ", ".join(list(filter(None, map("".join, parts)))[:3])
                called = words(NAMES[field]) if field in NAMES else field
                lack = NEEDED_LACKS if field in NEEDED[component.table] else MISSING
                rows.append((component.name, called, " + ".join(read) or words(lack), values))
                choices.append((called, tuple(look.values), read[0] if read else ""))
                self._rows.append((at, field))
        return rows, choices

    def _show_steps(self, imported: Imported) -> None:
        from explorer.registers.layout import NAMES

        words, formats = self._context.words, Formats(self._context.words.language)
        rows = [
            (words(NAMES.get(step.where, step.where)), words.say(step.what), float(step.count))
            for step in imported.steps
        ]
        heads = (words(N_("File or table")), words(N_("What")), words(N_("Count")))
        shown = TableData(
            columns=tuple(
                TableColumn(key=key, label=label, numeric=key == "count")
                for key, label in zip(("where", "what", "count"), heads, strict=True)
            ),
            rows=tuple(rows),
            text=lambda row, column: (
                formats.count(int(rows[row][2])) if column == 2 else str(rows[row][column])
            ),
        )
        if self.page is not None:
            self.page.show_message("")
            self.page.show_steps(shown, self._asked.title)

    # --- what a person does ----------------------------------------------------------------------------------

    def _wish(self, name: str, value: Any) -> None:
        self._asked = replace(self._asked, **{name: value})
        if self.page is not None:
            self.page.show_wishes(form_fields(self._asked, self._context.words), self._asked.out)

        self._warn()

    def _warn(self) -> None:
        """Say what nobody should overlook about the days that are asked; what cannot be is refused when it is tried."""
        from explorer.registers.population import population_of, warnings_of

        if self._delivery is None or self.page is None:
            return
        found, words = self._delivery.found, self._context.words
        try:
            told = warnings_of(found, population_of(found, _wishes(self._asked)))
        except Refusal:
            told = ()
        self.page.show_message(" ".join(map(words.say, told)))

    def _choose(self, row: int, column: str) -> None:
        """Read a field from another column, in all files of its component."""
        from explorer.registers.layout import with_column

        delivery = self._delivery
        if delivery is None:
            return
        at, field = self._rows[row]
        name = delivery.found.read[at].component.name
        layout = with_column(delivery.found.layout, name, field, column)
        of = {one.name: one for one in layout.components}
        read = tuple(replace(one, component=of[one.component.name]) for one in delivery.found.read)
        self._delivery = replace(delivery, found=replace(delivery.found, layout=layout, read=read))
        self._show_found()

    def _go(self) -> None:
        if self._delivery is None or self.page is None:
            return
        try:
            wishes = _wishes(self._asked)
        except Refusal as refusal:
            self.page.show_message(self._context.words.say(refusal.message))
            return
        self.page.show_message("")
        self._progressed(Place.IMPORT, 0.0, Message(LOOKING))
        out = Path(self._asked.out).expanduser()
        self._runner.submit(Place.IMPORT, jobs.import_delivery(self._delivery.found, out, wishes))

    def _open(self) -> None:
        out = Path(self._asked.out).expanduser()
        if self.page is not None:
            self.page.accept()
        self._opened(out)

    def _closed(self) -> None:
        page, self.page, self._delivery = self.page, None, None
        if page is not None:
            page.deleteLater()


def _wishes(asked: Asked) -> Wishes:
    from explorer.registers.population import Wishes

    return Wishes(
        arrivals_from=_day(asked.arrivals_from),
        observed_until=_day(asked.observed_until),
        reference_nationality=asked.reference.strip().upper(),
        nationalities=tuple(part.strip().upper() for part in asked.nationality.split(",") if part.strip()),
        days=asked.days,
        bridge=asked.bridge,
        born_here=asked.births,
        title=asked.title,
    )


def _day(text: str) -> date | None:
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise Refusal(NO_DAY, text=text) from None


def _table(heads: tuple[str, ...], rows: list[Any]) -> TableData:
    return TableData(
        columns=tuple(TableColumn(key=str(at), label=head, numeric=False) for at, head in enumerate(heads)),
        rows=tuple(rows),
        text=lambda row, column: str(rows[row][column]),
    )

"""What a reader may ask of wages: in which prices, of whom, and above which threshold."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from explorer.core.formatting import Formats
from explorer.core.months import MonthOf, label_of, number_of
from explorer.core.options import Choice, ChoiceOf, Number, Written, option
from explorer.core.words import N_, Message, Words
from widgets.pictures.chart import Rule

if TYPE_CHECKING:
    from explorer.core.views import Source
    from models.disclosure.releasing import Released
    from models.results import Result
    from models.tally.choosing import Chosen
    from models.tally.codes import Codes

THRESHOLD: Final = Number(low=5.0, high=60.0, step=0.5, digits=2, unit=N_("EUR per hour"))
EVERYBODY_PAID: Final = N_("everyone with a wage")
PANEL: Final = Choice(
    values=(
        (None, EVERYBODY_PAID),
        ((6, 12), N_("those with a wage at every month from 6 to 12")),
        ((6, 24), N_("those with a wage at every month from 6 to 24")),
    )
)

IN_PRICES: Final = Written(reads="month", help="wages in prices of a month")
OF_PANEL: Final = Written(reads="months", help="only persons with a wage at every month")


def price_months(codes: Codes) -> tuple[tuple[str, MonthOf], ...]:
    """Return the calendar months of the dataset, in whose prices wages can be counted."""
    first, last = (
        number_of(day.isoformat()[:7]) for day in (codes.info.arrivals_from, codes.info.observed_until)
    )
    labels = map(label_of, range(first, last + 1))
    return tuple((label, MonthOf(label)) for label in labels)


PRICES: Final = ChoiceOf(values=price_months, none=N_("in euros of the day"))


@dataclass(frozen=True, slots=True, kw_only=True)
class WageOptions:
    """What a reader may ask of wages.

    `threshold` in EUR per hour, for the share at or above it; `real` a calendar month, as ``2024-01``, in whose prices
    wages are counted; `balanced` the first and last month of a panel of persons with a wage at every one of them.
    """

    threshold: float = option(
        15.0, label=N_("Threshold"), control=THRESHOLD, written=Written(low=0.01, high=1e4)
    )
    real: str = option("", label=N_("Prices"), control=PRICES, written=IN_PRICES)
    balanced: tuple[int, int] | None = option(None, label=N_("Persons"), control=PANEL, written=OF_PANEL)


@dataclass(frozen=True, slots=True, kw_only=True)
class GrowthOptions:
    """What a reader may ask of the growth of wages, as in `WageOptions`."""

    real: str = option("", label=N_("Prices"), control=PRICES, written=IN_PRICES)
    balanced: tuple[int, int] | None = option(None, label=N_("Persons"), control=PANEL, written=OF_PANEL)


Priced: TypeAlias = WageOptions | GrowthOptions


def with_wages(
    source: Source, chosen: Chosen, options: Priced, estimate: Callable[[Released[Any]], Result]
) -> Result:
    """Return the `estimate` from the wages that `options` ask for, as they may be told."""
    from models.pay import paid
    from models.results import Nothing

    deflator = source.prices.deflator(options.real) if options.real else None
    wages = paid(source.codes, chosen, deflator, options.balanced)
    return wages if isinstance(wages, Nothing) else estimate(source.release(wages))


def of_wages_of_the_day(options: Priced) -> bool:
    """Return whether wages are those of the day, of everybody who has one: only then they choose people."""
    return not options.real and options.balanced is None


def prices_message(options: Priced) -> Message:
    """Return in which prices wages are counted, a phrase."""
    if options.real:
        return Message(N_("in prices of {month} (consumer price index)"), {"month": MonthOf(options.real)})
    return Message(N_("in euros of the day, not corrected for prices"))


def panel_messages(options: Priced) -> Iterator[Message]:
    """Yield the sentence about a balanced panel, where there is one."""
    if options.balanced is not None:
        first, last = options.balanced
        yield Message(
            N_("Balanced panel: only persons with a wage at every month from {first} to {last}."),
            {"first": first, "last": last},
        )


def euros(value: float) -> Message:
    """Return an amount of money, with the decimal sign of the language."""
    whole, cents = divmod(round(value * 100), 100)
    return Message(N_("€ {whole}.{cents}"), {"whole": whole, "cents": f"{cents:02d}"})


def threshold_rule(options: WageOptions, words: Words) -> tuple[Rule, ...]:
    """Return the line of the threshold, which can be dragged."""
    formats = Formats(words.language)
    rule = Rule(
        key="threshold",
        axis="y",
        value=options.threshold,
        label=words(N_("threshold")),
        text=lambda value: "€ " + formats.number(value, 2),
        moves=True,
    )
    return (rule,)

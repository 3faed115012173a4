"""Selections as text: ``sex = female and age between 18 and 34 and not (nationality_group = other)``."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from explorer.core.words import N_, Refusal
from models.clocks import LAST_MONTH
from models.register import CONTRACTS
from models.selection import (
    FOLLOWED,
    OF_AGE,
    WORK_STATES,
    And,
    AtMonth,
    Between,
    Everyone,
    IsIn,
    Not,
    Or,
    Predicate,
)

STATES = ("present", "working", "contract", "sector", "state", "wage", OF_AGE, FOLLOWED)
LEVELS = {"contract": CONTRACTS, "state": WORK_STATES}
"""What the states can be that have names of their own."""
_TOKEN = re.compile(
    r"""\s*(?:(?P<quoted>"[^"]*"|'[^']*')|(?P<symbol>!=|>=|<=|=|\(|\)|,)|(?P<word>(?:[^\s=!(),"'<>]|[<>](?!=))+))"""
)
_PLAIN = re.compile(r"""[^\s=!(),"']+""")
DEEPEST = 100
"""Brackets and "not" inside each other: more than any question needs, fewer than Python follows."""
EXACT = 2**53
_KEYWORDS = frozenset({"and", "or", "not", "in", "between", "at"})


def parse(text: str, levels: Mapping[str, tuple[str, ...]], numbers: frozenset[str]) -> Predicate:
    """Return the predicate that `text` states; `levels` are by category column, `numbers` the columns with numbers.

    Raises
    ------
    Refusal
        In one sentence: what was not understood, and what can be written instead.
    """
    if not text.strip():
        return Everyone()
    return _Parser(_tokens(text), text, levels, numbers).whole()


def unparse(predicate: Predicate) -> str:
    """Return the text that `parse` turns into `predicate` again."""
    match predicate:
        case Everyone():
            return ""
        case IsIn(column=column, values=(value,)):
            return f"{_quoted(column)} = {_quoted(value)}"
        case IsIn(column=column, values=values):
            return f"{_quoted(column)} in ({', '.join(map(_quoted, values))})"
        case Between(column=column, low=low, high=high):
            return f"{_quoted(column)} {_range(low, high)}"
        case AtMonth(state="wage", values=(low_text, high_text), month=month):
            return f"wage between {low_text} and {high_text} at {month}"
        case AtMonth(state=state, values=(), month=month):
            return f"{state} at {month}"
        case AtMonth(state=state, values=(value,), month=month):
            return f"{state} = {_quoted(value)} at {month}"
        case AtMonth(state=state, values=values, month=month):
            return f"{state} in ({', '.join(map(_quoted, values))}) at {month}"
        case Not(part=part):
            return f"not ({unparse(part)})"
        case And(parts=parts):
            return " and ".join(
                f"({unparse(part)})" if isinstance(part, Or) else unparse(part) for part in parts
            )
        case Or(parts=parts):
            return " or ".join(
                f"({unparse(part)})" if isinstance(part, And) else unparse(part) for part in parts
            )


def _range(low: float, high: float) -> str:
    if high == math.inf:
        return f">= {_written(low)}"
    return f"<= {_written(high)}" if low == -math.inf else f"between {_written(low)} and {_written(high)}"


def _written(value: float) -> str:
    """Return a number with all its digits; those of whole numbers without a point."""
    return str(int(value)) if abs(value) < EXACT and value == int(value) else repr(float(value))


def _quoted(text: str) -> str:
    if _PLAIN.fullmatch(text) and text.lower() not in _KEYWORDS:
        return text
    return f"'{text}'" if '"' in text else f'"{text}"'


def _tokens(text: str) -> list[tuple[str, str]]:
    out: list[tuple[str, str]] = []
    at = 0
    while text[at:].strip():
        found = _TOKEN.match(text, at)
        if not found:
            raise Refusal(
                N_("The selection “{text}” cannot be read at “{rest}”: quotes must be closed."),
                text=text,
                rest=text[at:].strip(),
            )
        kind = str(found.lastgroup)
        token = found.group(kind)
        out.append((kind, token[1:-1] if kind == "quoted" else token))
        at = found.end()
    return out


class _Parser:
    def __init__(
        self,
        tokens: list[tuple[str, str]],
        text: str,
        levels: Mapping[str, tuple[str, ...]],
        numbers: frozenset[str],
    ) -> None:
        self._tokens, self._at, self._text = tokens, 0, text
        self._levels, self._numbers = levels, numbers
        self._depth = 0

    def whole(self) -> Predicate:
        out = self._or()
        if self._at < len(self._tokens):
            raise self._unread()
        return out

    def _or(self) -> Predicate:
        parts = [self._and()]
        while self._take("or"):
            parts.append(self._and())
        return parts[0] if len(parts) == 1 else Or(tuple(parts))

    def _and(self) -> Predicate:
        parts = [self._not()]
        while self._take("and"):
            parts.append(self._not())
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def _not(self) -> Predicate:
        self._depth += 1
        if self._depth > DEEPEST:
            raise Refusal(
                N_("The selection has more than {most} brackets inside each other; write it with fewer."),
                most=DEEPEST,
            )
        try:
            if self._take("not"):
                return Not(self._not())
            if self._symbol("("):
                inner = self._or()
                self._expect(")")
                return inner
            return self._condition()
        finally:
            self._depth -= 1

    def _condition(self) -> Predicate:
        column = self._value()
        if column in STATES:
            if column not in self._levels and column not in self._numbers:
                return self._state(column)
            # A column of the dataset has the same name: it is the state only where its month is written.
            mark = self._at
            try:
                return self._state(column)
            except Refusal:
                self._at = mark
        if self._take("between"):
            return self._between(column)
        for symbol, least in ((">=", True), ("<=", False)):
            if self._symbol(symbol):
                end = self._number(column)
                return Between(column, end, math.inf) if least else Between(column, -math.inf, end)
        negated = self._symbol("!=")
        values = self._values(negated)
        if column in self._numbers:
            equal = [Between(column, value, value) for value in (self._float(v) for v in values)]
            out: Predicate = equal[0] if len(equal) == 1 else Or(tuple(equal))
        else:
            out = IsIn(column, self._known(column, values))
        return Not(out) if negated else out

    def _between(self, column: str) -> Predicate:
        low = self._number(column)
        if not self._take("and"):
            raise self._unread()
        high = self._number(column)
        self._ascending(low, high)
        return Between(column, low, high)

    def _ascending(self, low: float, high: float) -> None:
        if low > high:
            raise Refusal(
                N_("“between {low} and {high}” holds nobody: write the smaller number first."),
                low=f"{low:g}",
                high=f"{high:g}",
            )

    def _state(self, state: str) -> Predicate:
        negated = False
        values: tuple[str, ...] = ()
        if state == "wage":
            values = self._wages()
        elif state in ("contract", "sector", "state"):
            negated = self._symbol("!=")
            values = self._values(negated)
        if state in LEVELS:
            self._known_values(state, values, LEVELS[state])
        if not self._take("at"):
            raise Refusal(
                N_(
                    "“{state}” happens after settling, so it needs its month: write for instance “{state} … at 6”."
                ),
                state=state,
            )
        month = self._value()
        if not month.isdigit() or int(month) > LAST_MONTH:
            raise Refusal(N_("“{month}” is not a month since settling; write a whole number."), month=month)
        out = AtMonth(state, values, int(month))
        return Not(out) if negated else out

    def _wages(self) -> tuple[str, str]:
        """Both ends of a range of hourly wages, as they are written."""
        if not self._take("between"):
            raise Refusal(N_("An hourly wage is a range: write for instance “wage between 15 and 20 at 6”."))
        low = self._value()
        if not self._take("and"):
            raise self._unread()
        high = self._value()
        self._ascending(self._float(low), self._float(high))
        return low, high

    def _values(self, negated: bool) -> tuple[str, ...]:
        if negated or self._symbol("="):
            return (self._value(),)
        if not self._take("in"):
            raise self._unread()
        self._expect("(")
        out = [self._value()]
        while self._symbol(","):
            out.append(self._value())
        self._expect(")")
        return tuple(out)

    def _known(self, column: str, values: tuple[str, ...]) -> tuple[str, ...]:
        if column not in self._levels:
            known = ", ".join([*self._levels, *sorted(self._numbers)])
            raise Refusal(N_("There is no column “{column}”; there are {known}."), column=column, known=known)
        self._known_values(column, values, self._levels[column])
        return values

    @staticmethod
    def _known_values(column: str, values: tuple[str, ...], known: tuple[str, ...]) -> None:
        for value in values:
            if value not in known:
                raise Refusal(
                    N_("Column “{column}” has no level “{value}”; it has {known}."),
                    column=column,
                    value=value,
                    known=", ".join(known),
                )

    def _number(self, column: str) -> float:
        if column not in self._numbers:
            raise Refusal(
                N_("A range needs a column with numbers; “{column}” is not one of {known}."),
                column=column,
                known=", ".join(sorted(self._numbers)),
            )
        return self._float(self._value())

    def _float(self, text: str) -> float:
        try:
            number = float(text)
        except ValueError:
            number = math.nan
        if not math.isfinite(number):
            raise Refusal(N_("“{text}” is not a number."), text=text)
        return number

    def _value(self) -> str:
        if self._at < len(self._tokens) and self._tokens[self._at][0] != "symbol":
            self._at += 1
            return self._tokens[self._at - 1][1]
        raise self._unread()

    def _take(self, keyword: str) -> bool:
        if self._at < len(self._tokens):
            kind, token = self._tokens[self._at]
            if kind == "word" and token.lower() == keyword:
                self._at += 1
                return True
        return False

    def _symbol(self, symbol: str) -> bool:
        if self._at < len(self._tokens) and self._tokens[self._at] == ("symbol", symbol):
            self._at += 1
            return True
        return False

    def _expect(self, symbol: str) -> None:
        if not self._symbol(symbol):
            raise self._unread()

    def _unread(self) -> Refusal:
        rest = " ".join(token for _, token in self._tokens[self._at :])
        return Refusal(
            N_(
                "The selection “{text}” cannot be read at “{rest}”; write for instance "
                "“sex = female and age between 18 and 34”."
            ),
            text=self._text,
            rest=rest,
        )

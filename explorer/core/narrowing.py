"""A selection with one more condition: nobody new comes in, and what is said twice is said once."""

from __future__ import annotations

from models.selection import AtMonth, Between, IsIn, Predicate, conjunction, conjuncts


def narrowed(selection: Predicate, part: Predicate) -> Predicate:
    """Return those of `selection` who are in `part` too, in as few conditions as say it.

    Two conditions on the same column, or on the same state of the same month, become one.
    """
    out: list[Predicate] = []
    for condition in (*conjuncts(selection), *conjuncts(part)):
        for place, old in enumerate(out):
            both = _both(old, condition)
            if both is not None:
                out[place] = both
                break
        else:
            out.append(condition)
    return conjunction(tuple(out))


def _both(one: Predicate, other: Predicate) -> Predicate | None:
    """Return the single condition that says both; None where it takes two."""
    if one == other:
        return one
    match one, other:
        case IsIn(column=a), IsIn(column=b) if a == b:
            return IsIn(a, _common(one.values, other.values))
        case Between(column=a), Between(column=b) if a == b:
            low, high = max(one.low, other.low), min(one.high, other.high)
            return Between(a, low, high) if low <= high else None
        case AtMonth(state=a, month=m), AtMonth(state=b, month=n) if (a, m) == (b, n):
            if a != "wage":
                return AtMonth(a, _common(one.values, other.values), m)
            low_text = max(one.values[0], other.values[0], key=float)
            high_text = min(one.values[1], other.values[1], key=float)
            return AtMonth(a, (low_text, high_text), m) if float(low_text) <= float(high_text) else None
    return None


def _common(values: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(value for value in values if value in others)

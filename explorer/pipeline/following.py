"""The last month that somebody of each group could be followed through."""

from __future__ import annotations

from explorer.core.fits import FitSpec
from models.tally.choosing import choose
from models.tally.codes import Codes
from models.tally.exits import count_exits
from models.tally.spans import Event, spans


def last_followed(codes: Codes, spec: FitSpec, column: str) -> dict[str, int]:
    """Return by level of `column` ("" without one) the last month that somebody in it could be followed through.

    A later month is seen for some of its days at most: what is drawn by month ends before it.
    """
    grouped = column if column in codes.groupings else ""
    chosen = choose(codes, spec.selection, (grouped,) if grouped else ())
    followed = count_exits(codes, chosen, spans(codes, Event(spec.model), spec.removals))
    levels = (key[0] if key else "" for key in chosen.keys)
    return dict(zip(levels, followed.last_month.tolist(), strict=True))

"""What a command is given, and why it may be unavailable."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from explorer.core.comparing import NO_COLUMN, only_both
from explorer.core.words import N_

if TYPE_CHECKING:
    from explorer.shell.session import Session

App: TypeAlias = "Session"
"""The open program: its store, context, documents, figures, window. The tables themselves load none of it."""


def no_dataset(app: App) -> str | None:
    """Return why nothing can be done with a dataset; None where one is open."""
    return N_("No dataset is open.") if app.context.dataset is None else None


def no_columns(app: App) -> str | None:
    """Return why figures cannot be compared by a column now: only a locked one could be while A and B are drawn."""
    return NO_COLUMN if only_both(app.state) else no_dataset(app)

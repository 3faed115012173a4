"""What runs in the process of fits: it holds the codes, fits what it is asked, and sends back what was released.

statsmodels takes seconds to import and its fits hold the interpreter, so none of it happens in the window's process.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any

from explorer.core.heap import keep_freed_memory
from explorer.core.words import N_, Message, Refusal
from explorer.pipeline import cache

if TYPE_CHECKING:
    from explorer.core.fits import FitSpec
    from explorer.core.spec import Spec
    from models.register import Register
    from models.rules import Rules
    from models.tally.codes import Codes

Progress = Callable[[float], None]

UNEXPECTED = N_(
    "Something went wrong that should not: {kind}. Undo the last step, or open the dataset again."
)
NO_MEMORY = N_("There is not enough memory for this. Choose fewer people, or close other programs.")


def fit(codes: Codes, progress: Progress, spec: FitSpec, rules: Rules) -> object:
    """Fit a regression and release it."""
    from explorer.pipeline.fitting import fit as fitted

    return fitted(codes, spec, rules, progress)


def answer(codes: Codes, progress: Progress, spec: Spec, rules: Rules) -> object:
    """Answer a view that needs a regression, released."""
    from explorer.core.views import Source, all_views
    from explorer.pipeline.answering import check_columns
    from explorer.pipeline.fitted_views import answer_fitted
    from explorer.pipeline.prices import BundledPrices

    check_columns(codes, spec)
    source = Source(codes=codes, register=_no_register, prices=BundledPrices())
    return answer_fitted(source, all_views()[spec.view], spec, rules, progress)


def _no_register() -> Register:
    raise TypeError("the process of fits has codes, no register")


def warm(codes: Codes, progress: Progress) -> object:
    """Import what the first fit needs."""
    from models.regression.likelihood import warm_up

    warm_up()
    return None


TASKS: dict[str, Callable[..., object]] = {
    "fit": fit,
    "answer": answer,
    "warm": warm,
}


def serve(connection: Connection) -> None:
    """Answer requests until the other end closes.

    A request is ("codes", folder, hash, codes or None) or ("do", ticket, task, arguments); an answer is
    ("progress", ticket, share), ("done", ticket, answer) or ("failed", ticket, message).
    """
    # The window ends this process; what its terminal says is not for it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    keep_freed_memory()
    codes: Codes | None = None
    # Nobody is there any more when the pipe breaks.
    with contextlib.suppress(EOFError, OSError):
        while True:
            request = connection.recv()
            if request[0] == "codes":
                codes = _codes(*request[1:])
            else:
                connection.send(_answer(connection, codes, *request[1:]))


def _leave_with_parent() -> None:
    """End when the window's process is gone, also in the middle of a fit."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(0)


def _codes(folder: str, data_hash: str, sent: Codes | None) -> Codes | None:
    """Take the codes that were sent, else read them where the window's process stored them."""
    if sent is not None:
        return sent
    found = cache.load(Path(folder), data_hash)
    return None if found is None else found[0]


def _answer(
    connection: Connection, codes: Codes | None, ticket: int, task: str, arguments: tuple[Any, ...]
) -> tuple[str, int, object]:
    def progress(share: float) -> None:
        connection.send(("progress", ticket, share))

    try:
        return "done", ticket, TASKS[task](codes, progress, *arguments)
    except Refusal as refusal:
        return "failed", ticket, refusal.message
    except MemoryError:
        return "failed", ticket, Message(NO_MEMORY)
    except Exception as error:
        return "failed", ticket, Message(UNEXPECTED, {"kind": type(error).__name__})

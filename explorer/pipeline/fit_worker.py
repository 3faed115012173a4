"""What runs in the process of fits: it holds the codes, fits what it is asked, and sends back what was released.

statsmodels takes seconds to import and its fits hold the interpreter, so none of it happens in the window's process.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING

from explorer.core.faults import in_words
from explorer.core.heap import keep_freed_memory
from explorer.pipeline import cache

if TYPE_CHECKING:
    from explorer.core.spec import Spec
    from models.register import Register
    from models.rules import Rules
    from models.tally.codes import Codes


def _answered(codes: Codes | None, spec: Spec | None, rules: Rules | None) -> object:
    """Answer a spec, released; without one only import what the first fit needs."""
    if spec is None or rules is None:
        from models.regression.likelihood import warm_up

        warm_up()
        return None
    if codes is None:
        raise LookupError("the codes are no longer where they were stored")
    from explorer.core.views import Source
    from explorer.pipeline.answering import answer
    from explorer.pipeline.prices import BundledPrices

    source = Source(codes=codes, register=_no_register, prices=BundledPrices())
    return answer(source, spec, rules)


def _no_register() -> Register:
    raise TypeError("the process of fits has codes, no register")


def serve(connection: Connection) -> None:
    """Answer requests until the other end closes.

    A request is ("codes", folder, hash, codes or None) or ("do", ticket, spec, rules); an answer is
    ("done", ticket, answer) or ("failed", ticket, message).
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
                connection.send(_answer(codes, *request[1:]))


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
    codes: Codes | None, ticket: int, spec: Spec | None, rules: Rules | None
) -> tuple[str, int, object]:
    try:
        return "done", ticket, _answered(codes, spec, rules)
    except Exception as error:
        return "failed", ticket, in_words(error)

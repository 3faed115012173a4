"""Freed memory is kept for the next count: to the C library every array of a count is a new one.

A count of 157 000 persons makes and drops some fifty arrays of a megabyte. By default glibc hands such memory back at
once and asks for it again, page by page, which took as long as the counting itself (docs/performance.md).
"""

from __future__ import annotations

import sys
from typing import Final

_TRIM_THRESHOLD: Final = -1
_MMAP_THRESHOLD: Final = -3
KEPT: Final = 256 * 1024 * 1024
"""Bytes of freed memory that are kept at most."""
LARGEST: Final = 32 * 1024 * 1024
"""Bytes of the largest array whose memory is kept; glibc knows no larger limit."""


def keep_freed_memory() -> bool:
    """Tell the C library to keep what is freed; only glibc needs to be told. Return whether it was."""
    if not sys.platform.startswith("linux"):
        return False
    import ctypes

    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError):
        return False
    return all(
        mallopt(which, size) == 1 for which, size in ((_TRIM_THRESHOLD, KEPT), (_MMAP_THRESHOLD, LARGEST))
    )

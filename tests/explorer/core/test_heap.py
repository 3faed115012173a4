"""Memory of one count serves the next."""

from __future__ import annotations

import json
import platform
import subprocess
import sys

import pytest

ROUNDS = """
import json, resource
import numpy as np
from explorer.core.heap import keep_freed_memory
told = {told} and keep_freed_memory()

def count():
    arrays = [np.full(1 << 18, turn, dtype=np.int64) for turn in range(6)]
    return sum(int(array[-1]) for array in arrays)

count()
before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
for _ in range(20):
    count()
print(json.dumps([told, resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before]))
"""


def faults(*, told: bool) -> tuple[bool, int]:
    """Return whether the C library was told, and the pages that twenty equal rounds of work asked for anew."""
    done = subprocess.run(
        [sys.executable, "-c", ROUNDS.format(told=told)], capture_output=True, text=True, check=True
    )
    answer, pages = json.loads(done.stdout)
    return answer, pages


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc hands memory back at once")
def test_the_memory_of_a_count_is_there_for_the_next() -> None:
    told, pages = faults(told=True)
    _, otherwise = faults(told=False)
    assert told
    # Twenty rounds of six arrays of 512 pages each.
    assert pages < 600
    assert otherwise > 10 * max(pages, 1)

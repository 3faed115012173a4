"""Where does chance come from? One stream of random numbers per block of persons and per question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from sample_data.days import FloatArray, IntArray

QUESTIONS: Final = ("plan", "people", "leaving", "working", "pay", "dirt", "delivery")


def stream(seed: int, question: str, block: int = 0) -> np.random.Generator:
    """Return the random numbers for one question about one block.

    Questions have streams of their own, so that another answer to one does not stir the others.
    """
    return np.random.default_rng([seed, QUESTIONS.index(question), block])


def pick(rng: np.random.Generator, shares: Sequence[float], size: int) -> IntArray:
    """Draw `size` positions in `shares` with probabilities proportional to them."""
    edges = np.cumsum(np.asarray(shares, dtype=np.float64))
    return np.asarray(np.searchsorted(edges / edges[-1], rng.random(size), side="right"), dtype=np.int64)


def exponential(rng: np.random.Generator, size: int) -> FloatArray:
    """Draw unit exponential times, from the uniform so that equal seeds agree on every machine."""
    return np.asarray(-np.log1p(-rng.random(size)))


def levels(effects: Mapping[str, float], names: Sequence[str]) -> FloatArray:
    """Return the effects in the order of the codes `names`; a level without an effect has 1."""
    return np.asarray([effects.get(name, 1.0) for name in names])

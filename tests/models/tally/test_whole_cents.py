"""An hourly wage in cents is what exact fractions give, halves to even."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from models.tally.building import whole_cents

HOURS = st.integers(1, 7_440_000)


def cents_of(wage, hours):
    """From ten-thousandths of EUR and of hours, as doubles carry them."""
    return int(whole_cents(np.asarray([wage / 10_000]), np.asarray([hours / 10_000]))[0])


@given(HOURS, st.integers(100, 100_000))
@settings(max_examples=300, deadline=None)
def test_a_half_is_a_half_and_what_lies_beside_it_is_not(hours, cents):
    # (cents + 1/2) / 100 EUR an hour needs hours that 200 divides.
    hours *= 200
    wage = hours // 200 * (2 * cents + 1)
    for beside in (-1, 0, 1):
        assert cents_of(wage + beside, hours) == round(Fraction(100 * (wage + beside), hours))


@given(HOURS, st.integers(1, 7_440_000_000))
@settings(max_examples=300, deadline=None)
def test_any_wage_is_rounded_as_its_fraction(hours, wage):
    if wage <= 1000 * hours:
        assert cents_of(wage, hours) == round(Fraction(100 * wage, hours))

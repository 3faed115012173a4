"""A dataset as it is opened in a test: rows in = used + repaired + set aside, always."""

from __future__ import annotations

from explorer.registers.opening import open_dataset


def opened(folder, **options):
    register = open_dataset(folder, **options)
    for count in register.quality.counts:
        assert count.rows_in == count.used + count.repaired + count.set_aside
    return register


def rows(register, table, order):
    frame = getattr(register, table).order_by(order).to_pandas()
    return frame.to_dict("records")


def findings(register):
    """Rows counted by problem."""
    return {finding.problem: finding.rows for finding in register.quality.findings}


def found(register, problem):
    hits = [finding for finding in register.quality.findings if finding.problem == problem]
    assert len(hits) == 1, [finding.problem for finding in register.quality.findings]
    return hits[0]

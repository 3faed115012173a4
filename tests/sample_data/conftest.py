"""The full sample, made once for all tests of this folder."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from sample_data.generator import generate
from sample_data.tables import SampleTables


def _counting() -> ModuleType:
    """Load the counting module beside the tests (tests are no package: pytest imports them by path)."""
    spec = importlib.util.spec_from_file_location("sample_counting", Path(__file__).with_name("counting.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["sample_counting"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def counting() -> ModuleType:
    return _counting()


@pytest.fixture(scope="session")
def full() -> SampleTables:
    return generate()


@pytest.fixture(scope="session")
def register(full: SampleTables, counting: ModuleType):
    return counting.clean(full)


@pytest.fixture(scope="session")
def little() -> SampleTables:
    return generate(3000, seed=5)

"""Shared by all tests: no screen is needed, no cache of the user is touched, the full sample is made once."""

from __future__ import annotations

import gc
import os

import pytest
from hypothesis import settings
from hypothesis.internal.conjecture import providers
from pytestqt.qtbot import QtBot

# Two processes of tests share two cores: threads of their own would wait for each other. Before numpy is imported.
for threads in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(threads, "1")

# The default run draws the same examples everywhere; `make test-all` draws new ones and says how to repeat them.
settings.register_profile("same", derandomize=True, database=None, deadline=None)
settings.register_profile("anew", database=None, deadline=None, print_blob=True)
settings.load_profile("same")
# Else it also draws the numbers written in whatever modules are imported, which the tests before a test decide.
providers._get_local_constants = lambda: providers._local_constants

# Hundreds of thousands of objects of libraries live as long as the tests: to look through them all takes a third of a
# second, which by default would be a tenth of the time.
gc.set_threshold(10_000, 20, 100)

PATIENCE = 60_000
"""Milliseconds to wait for what must come: it ends a test that hangs and measures nothing, however busy a machine."""


class Patient(QtBot):
    """Waits as long as a busy machine takes, whatever a test asks less."""

    def waitUntil(self, callback, *, timeout=PATIENCE):
        super().waitUntil(callback, timeout=max(timeout, PATIENCE))

    def waitSignal(self, signal, *, timeout=PATIENCE, **more):
        return super().waitSignal(signal, timeout=max(timeout, PATIENCE), **more)


os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(scope="session", autouse=True)
def own_folders(tmp_path_factory):
    """Caches and settings of the tests lie in a folder of their own."""
    home = tmp_path_factory.mktemp("home")
    before = {name: os.environ.get(name) for name in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "LOCALAPPDATA")}
    os.environ["XDG_CACHE_HOME"] = str(home / "cache")
    os.environ["XDG_CONFIG_HOME"] = str(home / "config")
    os.environ["LOCALAPPDATA"] = str(home / "local")
    yield home
    for name, value in before.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value


@pytest.fixture(scope="session")
def sample_dataset(own_folders):
    """The full synthetic sample, opened through the program's own road."""
    from explorer.pipeline.opening import open_dataset, sample_path
    from explorer.registers.engine import Engine

    return open_dataset(sample_path(), Engine())


@pytest.fixture
def qtbot(qapp, request):
    return Patient(request)


FULL = frozenset({"sample_dataset", "full"})
"""What takes a process of tests some ten seconds to make."""


def pytest_collection_modifyitems(items):
    """The tests of the full sample stand together, so that one process makes it and the other does without."""
    items.sort(key=lambda item: not FULL & set(getattr(item, "fixturenames", ())))

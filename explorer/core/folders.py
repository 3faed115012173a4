"""Where the program may keep things: the user's own cache folder, and nowhere else."""

from __future__ import annotations

from pathlib import Path


def cache_folder() -> Path:
    """Return the program's folder in the user's own cache."""
    from platformdirs import user_cache_path

    return user_cache_path("cohort-flow-explorer", appauthor=False)

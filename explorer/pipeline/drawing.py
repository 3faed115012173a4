"""From a Released to a picture: each view says which kind it is drawn as. No estimate is made here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from typing import Any, Final

from explorer.core.comparing import shows_difference
from explorer.core.lacks import no_fit_message
from explorer.core.sentences import called, told_apart
from explorer.core.spec import Spec
from explorer.core.views import all_views
from explorer.core.words import N_, Message, Words
from explorer.pipeline.drawings.frame import OF_ONE_SELECTION, Look, Sheet, nothing, reason_message
from models.disclosure.fits import Answer, ReleasedNoFit
from models.results import Curves, Nothing, Reason
from widgets.pictures.chart import Picture

NOBODY_SETTLED: Final = N_(
    "Nobody in these data settled from {day} on: look at “arrivals_from” in dataset.toml, or open another dataset."
)


def draw(released: Answer, spec: Spec, sheet: Sheet, look: Look, words: Words) -> Picture:
    """Return the picture of `released` in the language of `words`."""
    view = all_views()[spec.view]
    if not sheet.persons:
        return nothing(view, spec, words(NOBODY_SETTLED, day=sheet.info.arrivals_from), sheet, words)
    if isinstance(released, Nothing):
        apart = bool(spec.versus) and released.reason is Reason.ONE_GROUP
        why = Message(OF_ONE_SELECTION) if apart else reason_message(released.reason, sheet.info)
        return nothing(view, spec, words.say(why), sheet, words)
    if isinstance(released, ReleasedNoFit):
        return nothing(view, spec, words.say(no_fit_message(released.no_fit)), sheet, words)
    if isinstance(released, Curves) and not released.observed.any():
        reason = Reason.NOBODY if released.rules.exact else Reason.ALL_HIDDEN
        return nothing(view, spec, words.say(reason_message(reason, sheet.info)), sheet, words)
    kind = "difference" if shows_difference(view, spec) else view.picture
    make: Callable[..., Any] = getattr(import_module(f"explorer.pipeline.drawings.{kind}"), f"draw_{kind}")
    if spec.versus:
        sheet = replace(sheet, selections=told_apart(spec.versus, sheet.info, words))
    else:
        whom = words(view.lone) if view.lone else called(spec.selection, sheet.info, words)
        sheet = replace(sheet, whom=whom)
    picture: Picture = make(released, view, spec, sheet, look, words)
    return picture

from __future__ import annotations

from models.disclosure.fits import release_fit
from models.fit import Lack, NoFit
from models.rules import CBS, NONE

REFUSED = NoFit(model="departure", lack=Lack.FEW_EVENTS, parameters=6, df_residual=-2)


def test_a_fit_refused_for_few_events_does_not_tell_how_few() -> None:
    told = release_fit(REFUSED, CBS).no_fit
    assert (told.parameters, told.df_residual) == (-1, -1)
    assert release_fit(REFUSED, NONE).no_fit == REFUSED

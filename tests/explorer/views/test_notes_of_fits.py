"""What stands under a fit: its knots, who was left out, and why a term has no number."""

from __future__ import annotations

from dataclasses import replace

import pytest

import sample_data
from explorer.core.modelling import ModelOptions
from explorer.core.spec import Spec
from explorer.core.words import Words
from explorer.export.fits import header
from explorer.pipeline.answering import answer
from explorer.pipeline.drawing import draw
from explorer.pipeline.drawings.frame import Look, Sheet
from explorer.pipeline.opening import open_dataset
from explorer.registers.engine import Engine
from models.disclosure.fits import ReleasedFit, release_fit
from models.fit import Lack, LeftOut
from models.rules import CBS, NONE
from models.selection import EVERYONE

OPTIONS = ModelOptions(terms=("sex",), baseline="spline")


@pytest.fixture(scope="module")
def source():
    return open_dataset(sample_data.small_path(), Engine(), use_cache=False).source


@pytest.fixture(scope="module")
def fitted(source):
    found = answer(source, _spec(), NONE)
    assert isinstance(found, ReleasedFit)
    return found


def _spec():
    return Spec(view="model_terms", selection=EVERYONE, options=OPTIONS)


def drawn(source, released, lang):
    sheet = Sheet(info=source.codes.info, groupings=dict(source.codes.groupings), source=source)
    return draw(released, _spec(), sheet, Look(), Words(lang))


@pytest.mark.parametrize(
    ("lang", "said"), [("en", "Knots of the spline at months"), ("nl", "Knopen van de spline")]
)
def test_the_note_says_where_the_knots_of_a_spline_are(source, fitted, lang, said):
    assert said in drawn(source, fitted, lang).note


@pytest.mark.parametrize("lang", ["en", "nl"])
@pytest.mark.parametrize("missing", [1, 3, 9])
def test_no_number_of_persons_from_1_to_9_stands_in_header_or_note(source, fitted, missing, lang):
    released = release_fit(replace(fitted.fit, missing=missing), CBS)
    [line] = [line for line in header(released, _spec(), source.codes, Words(lang)) if "missing: " in line]
    [told] = [part for part in drawn(source, released, lang).note.split(". ") if "covaria" in part]
    for text in (line, told):
        assert not any(sign.isdigit() for sign in text)
        assert ("some" if lang == "en" else "enkele") in text.lower()


def test_a_term_that_the_dataset_lacks_is_not_in_the_header(source, fitted):
    codes, spec = source.codes, replace(_spec(), options=ModelOptions())
    lacking = replace(
        codes, groupings={n: one for n, one in codes.groupings.items() if n != "nationality_group"}
    )
    terms = {
        known: next(
            line for line in header(fitted, spec, known_by, Words("en")) if line.startswith("terms: ")
        )
        for known, known_by in (("all", codes), ("some", lacking))
    }
    assert "nationality_group" in terms["all"]
    assert terms["some"] == "terms: cohort + sex + age_band"


def test_ten_persons_left_out_are_counted(source, fitted):
    released = release_fit(replace(fitted.fit, missing=10), CBS)
    assert "10 persons are left out" in drawn(source, released, "en").note


@pytest.mark.parametrize("lang", ["en", "nl"])
def test_where_no_term_has_a_number_the_first_of_them_is_named_and_not_a_month(source, fitted, lang):
    places = [place for place, term in enumerate(fitted.fit.coefficients.terms) if "sex" not in term]
    bare = replace(
        fitted.fit,
        coefficients=fitted.fit.coefficients.only(places),
        left_out=(
            LeftOut(term="month[3]", lack=Lack.NO_EVENTS, persons=90, exposure=900.0, bound=0.1),
            LeftOut(term="sex[male]", lack=Lack.SEPARATED, persons=90, events=40),
        ),
    )
    empty = drawn(source, release_fit(bare, NONE), lang).empty
    assert {"en": "is left out: what happened there", "nl": "is weggelaten: wat daar gebeurde"}[lang] in empty

"""Measure the models beside R survival, lifelines, statsmodels, glum, HiGHS and pandas, if there: ratios of medians.

    python -m tools.bench_models [--persons 157000 1000000] [--runs 5] [--no-gee]

Every row is one quantity from codes in memory here, and from a table in memory there; what each reads from disk before
is not counted. Agreement is computed from what both gave back.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import shutil
import statistics
import subprocess
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from explorer.pipeline.opening import open_dataset, sample_path
from explorer.registers.engine import Engine
from models.clocks import MONTH_DAYS
from models.departure import log_rank
from models.regression import clustered as works
from models.regression import hazard as hazards
from models.regression import quantile
from models.regression.check_loss import loss, triangular
from models.regression.clustered import fit_working
from models.regression.formula import Formula, parse_terms
from models.regression.hazard import fit_hazard
from models.regression.likelihood import estimate, one_thread
from models.regression.median import fit_median
from models.selection import EVERYONE
from models.tally.choosing import choose
from models.tally.codes import Codes
from models.tally.covariates import group_by
from models.tally.exits import count_departures
from models.tally.person_months import count_wage_months, count_work_months
from models.tally.person_time import count_person_time
from models.tally.spans import Event, spans
from tests.models.exactly import share_departed, wage_fan

TERMS = parse_terms("cohort + nationality_group + sex + age_band")
R_SCRIPT = Path(__file__).with_name("bench_models.R")


@dataclass(frozen=True)
class Row:
    """One comparison: what, with whom, the times in seconds, and how far the answers are apart."""

    what: str
    peer: str
    own: list[float]
    theirs: list[float]
    agreement: str


def timed(run: Callable[[], Any], runs: int) -> tuple[list[float], Any]:
    """Return the times of `runs` runs after two that are not counted, and the answer."""
    run()
    answer = run()
    times = []
    for _ in range(runs):
        begin = time.perf_counter()
        answer = run()
        times.append(time.perf_counter() - begin)
    return times, answer


def once(run: Callable[[], Any]) -> tuple[list[float], Any]:
    """Return the time of one run and its answer, for what takes long."""
    begin = time.perf_counter()
    answer = run()
    return [time.perf_counter() - begin], answer


def codes_of(persons: int) -> Codes:
    """Return the codes of the sample, or of a synthetic cohort of another size."""
    if persons == 157_000:
        return open_dataset(sample_path(), Engine()).codes
    from sample_data import generator, writing

    with tempfile.TemporaryDirectory() as folder:
        writing.write(generator.generate(persons=persons), Path(folder), "parquet")
        return open_dataset(Path(folder), Engine(), use_cache=False).codes


def kaplan_meier(codes: Codes) -> tuple[Any, Any]:
    """Share departed by cohort with limits, and the log-rank test."""
    tally = count_departures(codes, choose(codes, EVERYONE, ("cohort",)))
    return share_departed(tally), log_rank(tally)


def hazard(codes: Codes) -> Any:
    """A hazard regression on everyone, from codes to coefficients."""
    formula = Formula(terms=TERMS)
    covariates = group_by(codes, choose(codes, EVERYONE).group >= 0, formula.columns)
    return fit_hazard(
        count_person_time(codes, covariates, spans(codes, Event.DEPARTURE)), formula, tests=False
    )


def logit(codes: Codes) -> Any:
    """A logit of working with errors clustered by person, from codes to coefficients."""
    formula = Formula(terms=TERMS)
    return fit_working(count_work_months(codes, choose(codes, EVERYONE), formula.columns), formula)


def people(codes: Codes) -> dict[str, np.ndarray]:
    """Return one row a person for the peers: time, event and the covariates as level numbers."""
    return {
        "time": codes.duration,
        "event": (codes.destination > 0).astype(np.int32),
        **{name: codes.groupings[name].codes.astype(np.int32) for (name,) in TERMS},
    }


def dummies(codes: Codes) -> tuple[np.ndarray, list[str]]:
    """Return the 0/1 columns of TERMS, reference levels left out."""
    columns, names = [], []
    for (name,) in TERMS:
        grouping = codes.groupings[name]
        for level in sorted(set(np.unique(grouping.codes).tolist()) - {0}):
            columns.append((grouping.codes == level).astype(np.float64))
            names.append(f"{name}[{grouping.levels[level]}]")
    return np.stack(columns, axis=1), names


def in_r(codes: Codes, runs: int) -> dict[str, Any] | None:
    """Return R's times and answers, None without R."""
    if shutil.which("Rscript") is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        for name, values in people(codes).items():
            values.astype("<i4").tofile(Path(folder) / name)
        command = ["Rscript", str(R_SCRIPT), folder, str(codes.persons), str(runs)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        return None
    found: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return found


def farthest(found: Any, theirs: dict[str, float]) -> str:
    """Largest difference of coefficients in our standard errors."""
    coefficients = found.fit.coefficients
    own = dict(
        zip(coefficients.terms, zip(coefficients.estimate, coefficients.std_error, strict=True), strict=True)
    )
    apart = max(abs(own[name][0] - value) / own[name][1] for name, value in theirs.items() if name in own)
    return f"coefficients within {apart:.3f} standard errors"


def against_r(codes: Codes, runs: int) -> Iterator[Row]:
    """Compare with survival in R."""
    found = in_r(codes, runs)
    if found is None:
        return
    own, (curves, test) = timed(lambda: kaplan_meier(codes), runs)
    share = [curves["share_departed"][group, 6] for group in range(len(curves.keys))]
    apart = max(abs(a - b) for a, b in zip(share, found["share"], strict=True))
    chi = abs(test.statistic / found["chisq"] - 1)
    yield Row(
        "Kaplan–Meier with limits by cohort and log-rank",
        "R survival",
        own,
        found["km_seconds"],
        f"share at month 6 within {apart:.0e}, chi-square within {chi:.0e}",
    )
    own, fit = timed(lambda: hazard(codes), runs)
    names = dummies(codes)[1]
    theirs = dict(zip(names, found["coef"], strict=True))
    yield Row(
        "hazard regression, 13 coefficients", "R coxph", own, found["cox_seconds"], farthest(fit, theirs)
    )


def against_lifelines(codes: Codes, runs: int) -> Iterator[Row]:
    """Compare with lifelines."""
    if importlib.util.find_spec("lifelines") is None:
        return
    import pandas as pd
    from lifelines import CoxPHFitter, KaplanMeierFitter
    from lifelines.statistics import multivariate_logrank_test

    x, names = dummies(codes)
    table = pd.DataFrame(x, columns=names)
    table["time"], table["event"] = codes.duration, codes.destination > 0
    cohort = codes.groupings["cohort"].codes

    def curves() -> tuple[list[float], float]:
        shares = []
        for level in np.unique(cohort):
            rows = cohort == level
            fitted = KaplanMeierFitter().fit(table["time"][rows], table["event"][rows])
            shares.append(1 - float(fitted.predict(MONTH_DAYS[6])))
        test = multivariate_logrank_test(table["time"], cohort, table["event"])
        return shares, float(test.test_statistic)

    own, (found, test) = timed(lambda: kaplan_meier(codes), runs)
    theirs, (shares, chi) = timed(curves, max(1, runs // 2))
    apart = max(abs(a - b) for a, b in zip(found["share_departed"][:, 6], shares, strict=True))
    yield Row(
        "Kaplan–Meier with limits by cohort and log-rank",
        "lifelines",
        own,
        theirs,
        f"share at month 6 within {apart:.0e}, chi-square within {abs(test.statistic / chi - 1):.0e}",
    )
    own, fit = timed(lambda: hazard(codes), runs)
    theirs, cox = once(lambda: CoxPHFitter().fit(table, "time", "event"))
    yield Row(
        "hazard regression, 13 coefficients", "lifelines Cox", own, theirs, farthest(fit, dict(cox.params_))
    )


def against_statsmodels(codes: Codes, runs: int, *, gee: bool) -> Iterator[Row]:
    """Compare with statsmodels' PHReg and GEE."""
    from statsmodels.duration.hazard_regression import PHReg
    from statsmodels.genmod.cov_struct import Independence
    from statsmodels.genmod.families import Binomial
    from statsmodels.genmod.generalized_estimating_equations import GEE

    x, names = dummies(codes)
    event = (codes.destination > 0).astype(float)
    own, fit = timed(lambda: hazard(codes), runs)
    theirs, cox = timed(
        lambda: PHReg(codes.duration.astype(float), x, status=event, ties="efron").fit(disp=0), 1
    )
    answer = dict(zip(names, cox.params, strict=True))
    yield Row("hazard regression, 13 coefficients", "statsmodels PHReg", own, theirs, farthest(fit, answer))
    if not gee:
        return
    own, found = timed(lambda: logit(codes), runs)
    tally = count_work_months(codes, choose(codes, EVERYONE), tuple(name for (name,) in TERMS))
    person = np.repeat(np.arange(tally.persons), np.diff(tally.starts))
    from models.regression.bases import month_basis
    from models.regression.design import Cells, columns_of, matrix

    months = np.unique(tally.month)
    cells = Cells(
        columns=tally.columns,
        table=tally.table,
        group=tally.group,
        month=np.searchsorted(months, tally.month),
    )
    basis = month_basis("steps", months, np.bincount(cells.month))
    design = matrix(columns_of(Formula(terms=TERMS), cells, basis), cells, basis)

    def run() -> Any:
        return GEE(tally.value, design, groups=person, family=Binomial(), cov_struct=Independence()).fit()

    seconds, result = once(run)
    error = found.fit.coefficients.std_error
    factor = np.sqrt(tally.persons / (tally.persons - 1))
    apart = np.abs(result.bse * factor / error - 1).max()
    distance = np.abs((result.params - found.fit.coefficients.estimate) / error).max()
    yield Row(
        f"logit, errors clustered by person, {len(tally.value):,} person-months".replace(",", "\u202f"),
        "statsmodels GEE (once)",
        own,
        seconds,
        f"coefficients within {distance:.0e} standard errors, errors within {apart:.0e}",
    )


def given_to(module: Any, name: str, run: Callable[[], Any]) -> tuple[Any, ...]:
    """Return what `run` hands to a function of a module."""
    real, found = getattr(module, name), []

    def kept(*arguments: Any) -> Any:
        found.append(arguments)
        return real(*arguments)

    setattr(module, name, kept)
    try:
        run()
    finally:
        setattr(module, name, real)
    first: tuple[Any, ...] = found[0]
    return first


def scoring(what: str, given: tuple[Any, ...], runs: int) -> Iterator[Row]:
    """Compare the scoring of a likelihood alone with statsmodels and glum, from the matrix that is ready."""
    from statsmodels.genmod.families import Binomial, Poisson
    from statsmodels.genmod.generalized_linear_model import GLM

    family, design, events, size, *_ = given
    x = design if isinstance(design, np.ndarray) else design.dense()
    how: dict[str, Any] = {"family": Binomial(), "var_weights": size}
    if family == "poisson":
        how = {"family": Poisson(), "exposure": size}
    y = events if family == "poisson" else events / size
    own, fit = timed(lambda: estimate(*given), runs)
    peers = {"statsmodels GLM": lambda: GLM(y, x, **how).fit(tol=1e-11).params}
    if importlib.util.find_spec("glum") is not None:
        from glum import GeneralizedLinearRegressor

        asked = {"family": family, "alpha": 0, "fit_intercept": False, "gradient_tol": 1e-9}
        peers["glum"] = lambda: GeneralizedLinearRegressor(**asked).fit(x, events / size, size).coef_
    for peer, run in peers.items():
        with one_thread():
            theirs, found = timed(run, runs)
        apart = np.abs(found - fit.estimate).max()
        yield Row(f"scoring of {what}, {x.shape[0]} × {x.shape[1]}", peer, own, theirs, f"within {apart:.0e}")


def by_highs(x: np.ndarray, y: np.ndarray, weight: np.ndarray, tau: float) -> np.ndarray:
    """Return the coefficients of a quantile regression as HiGHS finds them, from the dual program."""
    from scipy.linalg import cho_solve
    from scipy.optimize import linprog
    from scipy.sparse import csc_array

    factor = triangular(x, weight)
    squares = cho_solve((factor, False), x.T @ (weight * y))
    residual = y - x @ squares
    # In columns of one length and residuals of size 1 the tolerances of the program know no units.
    length = np.sqrt((factor**2).sum(axis=0) / weight.sum())
    size = float(weight @ np.abs(residual) / weight.sum())
    columns = csc_array((x / length).T)
    found = linprog(
        -residual / size,
        A_eq=columns,
        b_eq=(1 - tau) * (columns @ weight),
        bounds=np.stack([np.zeros(len(weight)), weight], axis=1),
        method="highs-ipm",
    )
    return squares - size * found.eqlin.marginals / length


def medians(codes: Codes) -> Iterator[Row]:
    """Compare the median regression with HiGHS on all rows, and with QuantReg, which takes no numbers of rows."""
    from statsmodels.regression.quantile_regression import QuantReg

    formula = Formula(terms=parse_terms("cohort + sex"))
    tally = count_wage_months(codes, choose(codes, EVERYONE), formula.columns)
    x, y, number, tau = given_to(quantile, "quantile_regression", lambda: fit_median(tally, formula))
    weight = number.astype(np.float64)
    own, fit = timed(lambda: quantile.quantile_regression(x, y, number, tau), 1)
    rows = np.repeat(np.arange(len(y)), number)
    peers = {
        "HiGHS on all rows (once)": lambda: by_highs(x, y, weight, tau),
        "statsmodels QuantReg (once)": lambda: QuantReg(y[rows], x[rows]).fit(q=tau).params,
    }
    for peer, run in peers.items():
        theirs, found = once(run)
        apart, more = np.abs(found - fit.estimate).max(), loss(y - x @ found, weight, tau) / fit.objective - 1
        told = f"within {apart:.0e}, loss {more:.0e} above"
        yield Row(f"median wage with errors, {len(y)} rows of {len(rows)}", peer, own, theirs, told)


def against_pandas(codes: Codes, runs: int) -> Iterator[Row]:
    """Compare wage quantiles with pandas."""
    import pandas as pd

    tally = count_wage_months(codes, choose(codes, EVERYONE), ())
    table = pd.DataFrame({"month": tally.month, "wage": tally.cents / 100.0})
    shares = [0.1, 0.25, 0.5, 0.75, 0.9]
    own, curves = timed(lambda: wage_fan(codes, choose(codes, EVERYONE)), runs)
    theirs, found = timed(lambda: table.groupby("month")["wage"].quantile(shares).unstack(), runs)
    mine = np.stack([curves[name][0] for name in ("p10", "p25", "p50", "p75", "p90")], axis=1)
    apart = np.nanmax(np.abs(mine[found.index] - found.to_numpy()))
    what = f"five wage quantiles by month, {len(table):,} wages".replace(",", "\u202f")
    yield Row(what, "pandas groupby", own, theirs, f"within {apart:.0e} euro")


def main() -> None:
    """Measure and print one table a size."""
    parser = argparse.ArgumentParser(description="Measure the models beside their peers.")
    parser.add_argument("--persons", type=int, nargs="+", default=[157_000, 1_000_000])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--no-gee", action="store_true", help="leave out GEE and QuantReg: minutes")
    arguments = parser.parse_args()
    warnings.simplefilter("ignore")
    print("| persons | what | here, ms | peer | peer, ms | ratio | agreement |")
    print("|---:|---|---:|---|---:|---:|---|")
    for persons in arguments.persons:
        codes = codes_of(persons)
        rows = [
            *against_r(codes, arguments.runs),
            *against_lifelines(codes, arguments.runs),
            *against_statsmodels(codes, arguments.runs, gee=not arguments.no_gee and persons <= 157_000),
            *scoring(
                "departure", given_to(hazards, "estimate", lambda codes=codes: hazard(codes)), arguments.runs
            ),
            *scoring("work", given_to(works, "estimate", lambda codes=codes: logit(codes)), arguments.runs),
            *(medians(codes) if not arguments.no_gee and persons <= 157_000 else ()),
            *against_pandas(codes, arguments.runs),
        ]
        for row in rows:
            own, theirs = (1000 * statistics.median(values) for values in (row.own, row.theirs))
            print(
                f"| {codes.persons} | {row.what} | {own:.0f} | {row.peer} | {theirs:.0f} | {theirs / own:.0f} "
                f"| {row.agreement} |",
                flush=True,
            )


if __name__ == "__main__":
    main()

"""Estimates from exact counts: each tally is counted and passes the gate under rules that tell everything."""

from functools import wraps

from models import (
    departure,
    destinations,
    differences,
    differences_of_work,
    employment,
    flows,
    lexis,
    removals,
    shortcuts,
    standardised,
    wages,
)
from models import life_table as tables
from models import restricted_mean as means
from models import stock as stocks
from models.disclosure.releasing import release
from models.pay import paid
from models.results import Nothing
from models.rules import NONE
from models.tally.exits import count_departures, count_exits
from models.tally.flows import count_flows, count_flows_between
from models.tally.followed import count_followed
from models.tally.lexis import count_lexis
from models.tally.pay import count_below_minimum
from models.tally.spans import Event, Removal, spans
from models.tally.states import count_employers, count_main_jobs, count_work
from models.tally.stock import count_departed_to, count_stock
from models.tally.strata import count_strata
from models.tally.two_selections import count_work_of_two


def exact(tally):
    return release(tally, NONE)


def of_exact(estimate):
    """Let an estimator take a tally that has not passed the gate."""

    @wraps(estimate)
    def estimated(tally, *arguments, **named):
        return estimate(exact(tally), *arguments, **named)

    return estimated


share_departed = of_exact(departure.share_departed)
departure_rate = of_exact(departure.departure_rate)
life_table = of_exact(tables.life_table)


def share_departed_followed(codes, chosen):
    return departure.share_departed_followed(exact(count_followed(codes, chosen)))


share_by_destination = of_exact(destinations.share_by_destination)
share_by_cause = of_exact(destinations.share_by_cause)
restricted_mean = of_exact(means.restricted_mean)
differences_from_first = of_exact(differences.differences_from_first)
ignoring_censoring = of_exact(shortcuts.ignoring_censoring)
destinations_apart = of_exact(shortcuts.destinations_apart)


def share_departed_by_removals(codes, chosen):
    return removals.share_departed_by_removals(
        {kind: exact(count_exits(codes, chosen, spans(codes, Event.DEPARTURE, kind))) for kind in Removal}
    )


def difference_between(codes, a, b, months=differences.MONTHS):
    return differences.difference_between(codes, a, b, NONE, months)


def difference_in_work(codes, a, b, months=differences.MONTHS):
    return differences_of_work.difference_in_work(exact(count_work_of_two(codes, a, b, months)))


def filter_on_the_future(codes, chosen, contract, month, truth=None):
    asked = shortcuts.who_is_asked(codes, chosen, contract, month)
    found = {name: exact(count_departures(codes, who)) for name, who in asked.items()}
    return shortcuts.filter_on_the_future(found, truth)


def pooled_to_the_end(codes, chosen, truth=None):
    both = (exact(count_departures(codes, who)) for who in (chosen, chosen.as_one()))
    return shortcuts.pooled_to_the_end(*both, truth)


def share_working(codes, chosen):
    return employment.share_working(exact(count_work(codes, chosen)))


def contract_mix(codes, chosen):
    return employment.main_job_mix(exact(count_main_jobs(codes, chosen, codes.contract)), "contract")


def sector_mix(codes, chosen):
    return employment.main_job_mix(exact(count_main_jobs(codes, chosen, codes.sector)), "sector")


def several_employers(codes, chosen, *, concurrent=False):
    return employment.several_employers(exact(count_employers(codes, chosen, concurrent=concurrent)))


def share_working_standardised(codes, chosen):
    return standardised.share_working_standardised(exact(count_strata(codes, chosen)))


def of_flows(estimate):
    return lambda codes, chosen: estimate(exact(count_flows(codes, chosen)))


occupancy = of_flows(flows.occupancy)
occupancy_beside_naive = of_flows(flows.occupancy_beside_naive)
transitions = of_flows(flows.transitions)
time_in_state = of_flows(flows.time_in_state)


def flows_between(codes, chosen, months):
    return flows.flows_between(exact(count_flows_between(codes, chosen, months)))


def lexis_surface(codes, chosen):
    return lexis.lexis_surface(exact(count_lexis(codes, chosen)))


def stock(register, codes, chosen, on, ages=None):
    return stocks.stock(exact(count_stock(lambda: register, codes, chosen, on, ages)))


def stock_destinations(codes, chosen, on):
    return stocks.stock_destinations(exact(count_departed_to(codes, chosen, on)))


def of_wages(estimate, codes, chosen, deflator, balanced):
    found = paid(codes, chosen, deflator, balanced)
    return found if isinstance(found, Nothing) else estimate(exact(found))


def wage_fan(codes, chosen, *, deflator=None, balanced=None, **named):
    return of_wages(lambda told: wages.wage_fan(told, **named), codes, chosen, deflator, balanced)


def share_at_or_above(codes, chosen, *, deflator=None, balanced=None, **named):
    return of_wages(lambda told: wages.share_at_or_above(told, **named), codes, chosen, deflator, balanced)


def median_growth(codes, chosen, *, deflator=None, balanced=None):
    return of_wages(lambda told: wages.median_growth(told, balanced), codes, chosen, deflator, balanced)


def minimum_wage(codes, chosen, minimum_on):
    return wages.minimum_wage(exact(count_below_minimum(codes, chosen, minimum_on)))

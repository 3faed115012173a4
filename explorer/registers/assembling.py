"""From the parts of a delivery to the program's tables: persons, stays, jobs; every row used, joined or counted out."""

from __future__ import annotations

from typing import Final

from explorer.core.words import N_, Message, Refusal
from explorer.registers import sql
from explorer.registers.assembly import NO_KEY, USED, Assembly, day, union
from explorer.registers.components import Part
from explorer.registers.judging import FAR, joined
from explorer.registers.layout import FIELDS
from explorer.registers.panels import add_jobs_of_months, add_months

KEPT: Final = ("person_id", "sex", "nationality")
"""Columns that persons always have in the program's own table."""
LATE: Final = 31
"""A household is that of the day of settling, or of the month after it: registration takes days."""


BACKWARDS: Final = N_("rows set aside: end before, or on the day of, the beginning")
OLDER: Final = N_("rows set aside: of the same person a newer file or row says more")
JOINED: Final = N_("rows joined with the one before: the stay went on")
IN_POPULATION: Final = N_("persons in the register")
NO_STAY: Final = N_("persons left out: without a stay")
OTHER_NATIONALITY: Final = N_("persons left out: of another nationality")
ARRIVED_BEFORE: Final = N_("persons left out: settled before the first day of arrival only")
TOO_SHORT: Final = N_("persons left out: resident for too few days")
FROM_BIRTH: Final = N_("persons whose nationality is taken to be the country of birth")
NOBODY: Final = N_("Nobody is left to take over; most often: {reason}. Ask for others, or look at the days.")
BORN_HERE: Final = N_("persons left out: born here")
TAKEN: Final = N_("persons taken over")
NOT_THEIRS: Final = N_("rows left out: of persons who are not taken over")
NO_DAY: Final = N_("rows set aside: with a date that cannot be read")
SUMMED: Final = N_("rows summed with another of the same job and month")
READING_FILE: Final = N_("Reading {file}")


def assemble(work: Assembly) -> None:
    """Make the tables ``persons``, ``stays`` and ``jobs`` in the engine."""
    _persons(work)
    _stays(work)
    _deaths(work)
    _choose(work)
    _finish_persons(work)
    _jobs(work)


def _persons(work: Assembly) -> None:
    con = work.con
    con.execute(f"create table all_persons as {union(work, 'persons', FIELDS['persons'])}")
    rows = work.count("select count(*) from all_persons")
    con.execute(
        "create table register_persons as select * exclude (file_rank) from all_persons "
        "where person_id is not null qualify row_number() over (partition by person_id order by file_rank) = 1"
    )
    lost = work.count("select count(*) from all_persons where person_id is null")
    left = work.count("select count(*) from register_persons")
    work.note("persons", NO_KEY, lost)
    work.note("persons", OLDER, rows - lost - left)
    con.execute("drop table all_persons")


def _stays(work: Assembly) -> None:
    con, until = work.con, work.population.observed_until
    con.execute(
        f"create table all_stays as select person_id, {day('settled')} as settled, "
        f"coalesce({day('departed')}, {day('last_day')} + 1) as departed, destination, "
        f"coalesce(departed, last_day) is not null as ended from ({union(work, 'stays', FIELDS['stays'])})"
    )
    add_months(work)
    unread = "person_id is null or settled is null or (ended and departed is null)"
    work.note("stays", NO_KEY, work.count(f"select count(*) from all_stays where {unread}"))
    work.note(
        "stays",
        BACKWARDS,
        work.count(f"select count(*) from all_stays where not ({unread}) and departed <= settled"),
    )
    # Open ends are written as days far away: what lies after the last day is not known on it.
    con.execute(
        f"create table good_stays as select person_id, settled, destination, "
        f"case when departed <= date '{until}' then departed end as departed from all_stays "
        f"where not ({unread}) and (departed is null or departed > settled)"
    )
    # An end for no known reason may be an administrative one: files of addresses do not say.
    gap = f"case when earlier is null or earlier = 'administrative' then {work.population.bridge} else 0 end"
    con.execute(
        f"create table register_stays as select person_id, settled, "
        f"case when until < {FAR} then until end as departed, "
        f"case when until < {FAR} then nullif(destination, 'unknown') end as destination "
        f"from ({joined('select row_number() over () as n, * from good_stays', gap)})"
    )
    work.note(
        "stays",
        JOINED,
        work.count("select (select count(*) from good_stays) - (select count(*) from register_stays)"),
    )
    con.execute("drop table all_stays; drop table good_stays")


def _deaths(work: Assembly) -> None:
    """End the stay of who died by the day after: the first day no longer resident."""
    if not work.of("deaths"):
        return
    work.con.execute(
        f"create table register_deaths as select person_id, min({day('died')}) as died "
        f"from ({union(work, 'deaths', FIELDS['deaths'])}) "
        f"where person_id is not null group by 1 having min({day('died')}) < date '{work.population.observed_until}'"
    )
    work.con.execute(
        "update register_stays set departed = least(coalesce(departed, died + 1), died + 1), destination = 'deceased' "
        "from register_deaths as dead where dead.person_id = register_stays.person_id "
        "and settled <= died and (departed is null or departed >= died)"
    )


def _choose(work: Assembly) -> None:
    """Take over those who are wanted, and count the others by the first reason against them."""
    wanted, con = work.population, work.con
    if work.of("nationalities"):
        con.execute(
            f"create table register_nationalities as select person_id, "
            f"arg_max(nationality, coalesce({day('since')}, date '0001-01-01')) as nationality "
            f"from ({union(work, 'nationalities', FIELDS['nationalities'])}) "
            "where person_id is not null and nationality is not null group by 1"
        )
        con.execute(
            "update register_persons set nationality = found.nationality from register_nationalities as found "
            "where found.person_id = register_persons.person_id"
        )
    first, last = wanted.arrivals_from, wanted.observed_until
    reasons = {
        NO_STAY: "stays is null",
        OTHER_NATIONALITY: _not_among(wanted.nationalities),
        ARRIVED_BEFORE: "arrivals = 0",
        TOO_SHORT: f"days < {wanted.days}",
        BORN_HERE: "false" if wanted.born_here else "coalesce(born_here, 'no') = 'yes'",
    }
    cases = " ".join(f"when {test} then {place}" for place, test in enumerate(reasons.values()))
    con.execute(
        f"""create table judged as
        select person_id, case {cases} else -1 end as reason from register_persons left join (
            select person_id, count(*) as stays, count(*) filter (settled >= date '{first}') as arrivals,
                max(coalesce(departed, date '{last}') - settled) filter (settled >= date '{first}') as days
            from register_stays group by 1) using (person_id)"""
    )
    work.note("persons", IN_POPULATION, work.count("select count(*) from judged"))
    for place, reason in enumerate(reasons):
        work.note("persons", reason, work.count(f"select count(*) from judged where reason = {place}"))
    con.execute("create table chosen as select person_id from judged where reason = -1")
    taken = work.count("select count(*) from chosen")
    work.note("persons", TAKEN, taken)
    if not taken:
        [place] = con.execute(
            "select reason from judged group by 1 order by count(*) desc, 1 limit 1"
        ).fetchone()
        raise Refusal(NOBODY, reason=Message(list(reasons)[place]))
    _note_nationality(work)
    con.execute(
        "create table stays as select * from register_stays where person_id in (select person_id from chosen) "
        "order by person_id, settled"
    )
    work.note(
        "stays",
        NOT_THEIRS,
        work.count("select (select count(*) from register_stays) - (select count(*) from stays)"),
    )
    work.note("stays", USED, work.count("select count(*) from stays"))
    con.execute("drop table register_stays; drop table judged")


def _note_nationality(work: Assembly) -> None:
    """Count whose nationality is the country of birth, for want of a file that says it."""
    if any(
        origin.codes.startswith("country")
        for part in work.of("persons")
        for origin in part.delivered.component.origins.get("nationality", ())
    ):
        told = (
            "person_id in (select person_id from register_nationalities)"
            if work.of("nationalities")
            else "false"
        )
        work.note(
            "persons",
            FROM_BIRTH,
            work.count(
                "select count(*) from register_persons join chosen using (person_id) "
                f"where coalesce(nationality, 'unknown') <> 'unknown' and not ({told})"
            ),
        )


def _not_among(nationalities: tuple[str, ...]) -> str:
    listed = ", ".join(map(sql.literal, nationalities))
    return f"coalesce(nationality, 'unknown') not in ({listed})" if listed else "false"


def _finish_persons(work: Assembly) -> None:
    """Put what other files say of a person beside it: the household, and columns of the delivery's own."""
    con = work.con
    said = {name for part in work.of("persons") for name in part.fields}
    # One of them is always there, if only to be empty.
    said |= {"birth_date"} if not said & {"birth_date", "birth_year"} else set()
    unsaid = [name for name in FIELDS["persons"] if name not in (said | {*KEPT}) - {"born_here"}]
    con.execute(
        f"create table persons as select * exclude ({', '.join(unsaid)}) "
        "from register_persons join chosen using (person_id)"
    )
    if work.of("households"):
        con.execute(
            f"""create table register_households as
            with told as (
                select person_id, household_id, coalesce({day("since")}, date '0001-01-01') as since
                from ({union(work, "households", FIELDS["households"])}) where household_id is not null
            ), arrived as (
                select person_id, min(settled) as settled from stays
                where settled >= date '{work.population.arrivals_from}' group by 1
            )
            select person_id, coalesce(arg_max(household_id, since) filter (since <= settled + {LATE}),
                arg_min(household_id, since)) as household_id
            from told join arrived using (person_id) group by 1"""
        )
        con.execute(
            "create or replace table persons as select * from persons "
            "left join register_households using (person_id)"
        )
    if work.of("attributes"):
        con.execute(
            f"create table register_attributes as select * exclude (file_rank) from "
            f"({union(work, 'attributes', FIELDS['attributes'])}) where person_id is not null "
            "qualify row_number() over (partition by person_id order by file_rank) = 1"
        )
        con.execute(
            "create or replace table persons as select * from persons "
            "left join register_attributes using (person_id)"
        )


def _jobs(work: Assembly) -> None:
    con = work.con
    con.execute(
        "create table register_jobs (person_id varchar, job_id varchar, employer_id varchar, start_day date, "
        "end_day date, contract varchar, sector varchar, hours double, wage double)"
    )
    add_jobs_of_months(work)
    parts = work.of("jobs")
    for place, part in enumerate(parts):
        work.tell(0.5 + 0.4 * place / len(parts), Message(READING_FILE, {"file": part.delivered.path.name}))
        _add_jobs(work, part)
    unread = "start_day is null or end_day is null"
    work.note("jobs", NO_DAY, work.count(f"select count(*) from register_jobs where {unread}"))
    good = f"select * from register_jobs where not ({unread})"
    rows = work.count(f"select count(*) from ({good})")
    if any("job_id" in part.fields for part in parts):
        # Who is paid by four weeks has two or three rows a month.
        most = {
            name: f"arg_max({name}, coalesce(hours, 0)) as {name}"
            for name in ("employer_id", "contract", "sector")
        }
        good = (
            f"select person_id, {', '.join(most.values())}, min(start_day) as start_day, max(end_day) as end_day, "
            # Of an amount that cannot be read the sum is not known.
            "case when count(hours) = count(*) then sum(hours) end as hours, "
            f"case when count(wage) = count(*) then sum(wage) end as wage from ({good}) "
            "group by person_id, coalesce(job_id, employer_id, ''), date_trunc('month', end_day)"
        )
    _employers(work)
    con.execute(
        "create table jobs as select person_id, coalesce(job.employer_id, '') as employer_id, "
        'start_day as start, end_day as "end", '
        "coalesce(contract, 'other') as contract, coalesce(job.sector, same.sector, newest.sector) as sector, "
        f"hours, wage from ({good}) as job "
        "left join register_employers as same on same.employer_id = job.employer_id "
        "and same.year = year(job.end_day) "
        "left join newest_employers as newest on newest.employer_id = job.employer_id "
        "order by person_id, start_day, job.employer_id"
    )
    used = work.count("select count(*) from jobs")
    work.note("jobs", SUMMED, rows - used)
    work.note("jobs", USED, used)
    con.execute("drop table register_jobs; drop table register_employers")


def _add_jobs(work: Assembly, part: Part) -> None:
    """Add the rows of a file that are about who is taken over, and count the others."""
    text = {
        name: sql.name(name) if name in part.fields else "cast(null as varchar)" for name in FIELDS["jobs"]
    }
    [added] = work.con.execute(
        f"insert into register_jobs select person_id, {text['job_id']}, {text['employer_id']}, "
        f"{day(text['start'])}, {day(text['end'])}, {text['contract']}, {text['sector']}, "
        f"{sql.decimal('hours')}, {sql.decimal('wage')} from {part.view} "
        "where kept and person_id in (select person_id from chosen)"
    ).fetchone()
    work.read(part)
    work.note(part.delivered.path.name, NOT_THEIRS, part.kept - added)


def _employers(work: Assembly) -> None:
    """Make the tables of the section of each employer: in each year, and by the newest file that has it."""
    rows = union(work, "employers", FIELDS["employers"])
    years = [(part.delivered.year, rank) for rank, part in enumerate(work.of("employers"))]
    listed = ", ".join(f"({year}, {rank})" for year, rank in years) or "(0, 0)"
    work.con.execute(
        f"create table register_employers as select employer_id, any_value(sector) as sector, year, "
        f"min(file_rank) as file_rank from ({rows}) join (values {listed}) as file(year, file_rank) "
        "using (file_rank) where employer_id is not null group by employer_id, year"
    )
    work.con.execute(
        "create table newest_employers as select employer_id, arg_min(sector, file_rank) as sector "
        "from register_employers where sector is not null group by employer_id"
    )

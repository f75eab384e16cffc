"""The whole education database made in order: map, calendar, codes, schools, every period, services, universities."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import InvalidRequest
from ingest.education.codes import load_codes
from ingest.education.communes import load_communes, make_communes
from ingest.education.database import SOURCE, Database, new_database
from ingest.education.geography import load_geography
from ingest.education.periods import PERIODS, REFERENCE_DAY, Period, load_periods
from ingest.education.synthetic.registers.departments import late_reports, load_submissions, load_units
from ingest.education.synthetic.registers.examinations import load_examinations
from ingest.education.synthetic.registers.records import load_records
from ingest.education.synthetic.registers.report_cards import load_card_states, load_report_card_days
from ingest.education.synthetic.registers.services import load_services
from ingest.education.synthetic.registers.universities import load_universities
from ingest.education.synthetic.schooling.careers import load_careers
from ingest.education.synthetic.schooling.enrolment import load_classes, load_enrolment, load_groups
from ingest.education.synthetic.schooling.facilities import load_profiles
from ingest.education.synthetic.schooling.outcomes import load_outcomes
from ingest.education.synthetic.schooling.pupils import make_classes, make_learners
from ingest.education.synthetic.schooling.schools import Schools, load_schools, make_schools
from ingest.education.synthetic.schooling.staff import load_level_profiles, load_staff, make_staff
from ingest.education.synthetic.world import World, build_world

DEFAULT_SCALE = 100
DEFAULT_SEED = 20240709
MIN_SCALE, MAX_SCALE = 1, 1000
GENERATOR = "1"
Step = tuple[str, Callable[[], object]]


@dataclass(frozen=True, slots=True)
class Built:
    """What was made: rows by table."""

    path: Path
    rows: dict[str, int]


def build_database(
    path: Path,
    *,
    scale: int = DEFAULT_SCALE,
    seed: int = DEFAULT_SEED,
    force: bool = False,
    progress: Callable[[str, int, int], None],
) -> Built:
    """Make the database at 1:`scale`; `progress` is told each step's name, number and how many there are."""
    if not MIN_SCALE <= scale <= MAX_SCALE:
        raise InvalidRequest("education_scale", value=scale, least=MIN_SCALE, most=MAX_SCALE)
    if seed < 0:
        raise InvalidRequest("education_number", name="--seed", value=seed)
    world = build_world(scale, seed)
    with new_database(path, force=force) as database:
        steps = list(_steps(database, world))
        for number, (name, step) in enumerate(steps, start=1):
            with database.transaction():
                step()
            progress(name, number, len(steps))
        rows = dict(_row_counts(database))
    return Built(path, rows)


def _steps(database: Database, world: World) -> Iterator[Step]:
    schools, communes = make_schools(world), make_communes()
    yield "meta", lambda: _load_meta(database, world)
    yield "geography", lambda: load_geography(database)
    yield "communes", lambda: load_communes(database, communes)
    yield "calendar", lambda: load_periods(database)
    yield "codes", lambda: load_codes(database)
    yield "departments", lambda: load_units(database, world)
    yield "schools", lambda: load_schools(database, world, schools, communes)
    for period in PERIODS:
        yield str(period), lambda period=period: _load_period(database, world, schools, period)  # type: ignore[misc]  # bound now
    yield "report cards", lambda: load_report_card_days(database, world)
    yield "services", lambda: load_services(database, world)
    yield "examinations", lambda: load_examinations(database, world)
    yield "universities", lambda: load_records(database, world, load_universities(database, world))


def _load_period(database: Database, world: World, schools: Schools, period: Period) -> None:
    late = late_reports(world, period)
    learners = make_learners(world, schools, period, late)
    classes = make_classes(world, schools, learners)
    staff = make_staff(world, schools, learners, classes)
    load_submissions(database, world, period, late)
    load_profiles(database, world, schools, learners, classes)
    load_level_profiles(database, world, schools, learners, classes, staff)
    load_classes(database, world, schools, learners, classes)
    load_enrolment(database, world, schools, learners)
    load_groups(database, world, schools, learners)
    load_staff(database, world, schools, learners, staff)
    if period.code == "CN":
        load_outcomes(database, world, schools, learners)
        load_careers(database, world, schools, learners, staff)
        load_card_states(database, world, schools, learners, period)


def _load_meta(database: Database, world: World) -> None:
    notice = (
        f"Dữ liệu tổng hợp (giả lập) tỉ lệ 1:{world.scale} so với số liệu toàn quốc đã công bố; "
        "không phải số liệu chính thức. "
        "Số Sở, số tỉnh, số cơ sở đào tạo đại học và số chương trình đào tạo giữ nguyên tỉ lệ 1:1."
    )
    values = {
        "scale": str(world.scale),
        "seed": str(world.seed),
        "synthetic": "true",
        "generator": GENERATOR,
        "generated_at": REFERENCE_DAY.isoformat(),
        "notice": notice,
        "unscaled": "org_unit, hei, programme, dim_province",
    }
    for key, value in values.items():
        database.execute("INSERT INTO meta VALUES (?, ?)", [key, value])
    source = [SOURCE, f"Dữ liệu giả lập tỉ lệ 1:{world.scale}, hiệu chỉnh theo số liệu đã công bố", REFERENCE_DAY, True]
    database.execute("INSERT INTO data_source VALUES (?, ?, ?, ?)", source)


def _row_counts(database: Database) -> list[tuple[str, int]]:
    tables = [name for (name,) in database.execute("SELECT table_name FROM duckdb_tables() ORDER BY table_name")]
    return [(name, int(database.execute(f'SELECT count(*) FROM "{name}"')[0][0])) for name in tables]

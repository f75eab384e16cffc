"""Digital report cards: what departments have sent day by day, and the state of the cards of each school."""

from datetime import date, timedelta

import numpy as np

from ingest.education.apportion import Numbers, apportion, split
from ingest.education.database import Database
from ingest.education.periods import Period, dates
from ingest.education.published import province_shares
from ingest.education.synthetic.registers.departments import department_of
from ingest.education.synthetic.schooling.pupils import Learners
from ingest.education.synthetic.schooling.schools import LEVELS, Schools
from ingest.education.synthetic.world import World, names, repeat_text, whole

STATES = names("DU_THAO", "DA_KY", "DA_GUI", "DA_TIEP_NHAN", "BI_TRA")
# How far a school year's cards had come by 30 September 2026.
STATE_SHARES = {
    "2023-2024": np.array([0.006, 0.010, 0.070, 0.905, 0.009]),
    "2024-2025": np.array([0.012, 0.018, 0.110, 0.848, 0.012]),
    "2025-2026": np.array([0.048, 0.086, 0.246, 0.602, 0.018]),
}
STATE_DAY = date(2026, 9, 30)
CARD_LEVELS = {"2023-2024": ("TH",), "2024-2025": ("TH", "THCS", "THPT"), "2025-2026": ("TH", "THCS", "THPT")}
# Days a school year's cards are watched: the pilot daily around its first report, later by month.
WATCHED = {
    "2023-2024": (date(2024, 6, 1), date(2024, 12, 31)),
    "2024-2025": (date(2025, 1, 31), date(2025, 12, 31)),
    "2025-2026": (date(2026, 1, 31), date(2026, 10, 31)),
}
SCHOOLS_WITH = {"TH": 14661, "THCS": 10950, "THPT": 3010}
SENT_AT_END = 0.985


def watched_days(school_year: str) -> list[date]:
    """Daily in June and July 2024, otherwise the last day of each month."""
    first, last = WATCHED[school_year]
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    daily = (date(2024, 6, 1), date(2024, 7, 31))
    return [day for day in days if daily[0] <= day <= daily[1] or (day + timedelta(days=1)).day == 1]


def load_report_card_days(database: Database, world: World) -> None:
    """Fill digital_report_card_daily; a department that has sent nothing yet is NULL."""
    for school_year, levels in CARD_LEVELS.items():
        days = watched_days(school_year)
        for level in levels:
            _load_level(database, world, days, school_year, level)


def _load_level(database: Database, world: World, days: list[date], school_year: str, level: str) -> None:
    shares = province_shares(world.provinces, level)
    cards = _cards(world, school_year, level)
    totals = {"cards": apportion(cards, shares), "schools": apportion(world.scaled(SCHOOLS_WITH[level]), shares)}
    starts, anchors = _pilot(world, totals) if school_year == "2023-2024" else _later(world, days, level)
    number = np.array([day.toordinal() for day in days])
    sent = {name: _curves(number, starts, anchors.get(name), total) for name, total in totals.items()}
    silent = number[:, None] < starts[None, :]
    day, province = np.divmod(np.arange(silent.size), silent.shape[1])
    when = dates(days)[day]
    columns = {
        "snapshot_date": when,
        "org_id": department_of(world, province, when),
        "school_year": repeat_text(school_year, len(day)),
        "level_code": repeat_text(level, len(day)),
        **world.provinces.places(province),
        "schools_total": whole(totals["schools"][province]),
        "schools_sent": whole(sent["schools"].ravel(), silent.ravel()),
        "cards_total": whole(totals["cards"][province]),
        "cards_sent": whole(sent["cards"].ravel(), silent.ravel()),
        "as_of_date": when,
    }
    database.insert_facts("digital_report_card_daily", columns)


def _cards(world: World, school_year: str, level: str) -> int:
    index = world.series["years"].index(school_year)
    return world.scaled(world.series["pupils"][level][index])


def _pilot(world: World, totals: dict[str, Numbers]) -> tuple[Numbers, dict[str, Numbers]]:
    """Start days and the sent counts of the published day: 18 departments, their schools and cards."""
    known = world.series["services"]["report_cards"]
    day = date.fromisoformat(known["day"]).toordinal()
    rng = world.rng("pilot")
    order = _pilot_order(world, rng, totals["cards"], known["departments"])
    starts = np.empty(len(order), dtype=np.int64)
    starts[order[: known["departments"]]] = day - np.sort(rng.integers(1, 34, known["departments"]))[::-1]
    starts[order[known["departments"] :]] = day + rng.integers(3, 150, len(order) - known["departments"])
    active = starts <= day
    sent = {
        name: np.minimum(
            apportion(world.scaled(known[name][0]), total * active * rng.uniform(0.8, 1.0, len(total))), total
        )
        for name, total in totals.items()
    }
    return starts, {name: np.where(active, values, -1) for name, values in sent.items()}


def _pilot_order(world: World, rng: np.random.Generator, cards: Numbers, departments: int) -> Numbers:
    """An order whose first departments hold enough cards for what was sent, and not much more."""
    while True:
        order = rng.permutation(len(cards))
        if 0.27 < cards[order[:departments]].sum() / cards.sum() < 0.36:
            return order


def _later(world: World, days: list[date], level: str) -> tuple[Numbers, dict[str, Numbers]]:
    rng = world.rng("cards", days[0], level)
    first = days[0].toordinal()
    return first + rng.integers(0, 200, len(world.provinces)), {}


def _curves(number: Numbers, starts: Numbers, anchor: Numbers | None, totals: Numbers) -> Numbers:
    """Days × provinces: straight from a first batch to the published day (where known) and on to nearly everything."""
    known_day = date(2024, 7, 5).toordinal()
    found = np.zeros((len(number), len(starts)), dtype=np.int64)
    for province, (start, total) in enumerate(zip(starts, totals, strict=True)):
        points = [(start, 0.15 * total), (max(number[-1], start + 1), SENT_AT_END * total)]
        if anchor is not None and anchor[province] >= 0:
            points = [(start, 0.3 * anchor[province]), (known_day, anchor[province]), points[1]]
        x, y = zip(*points, strict=True)
        found[:, province] = np.rint(np.interp(number, x, y))
    return found


def load_card_states(database: Database, world: World, schools: Schools, learners: Learners, period: Period) -> None:
    """Fill digital_report_card_state from the learners of a CN period that has digital cards."""
    if period.school_year not in CARD_LEVELS:
        return
    pupils = learners.per_level(learners.count * ~learners.missing).astype(np.int64)
    pupils *= np.isin(LEVELS, CARD_LEVELS[period.school_year])
    school, level = np.nonzero(pupils)
    rng = world.rng("card states", period)
    shares = STATE_SHARES[period.school_year] * np.exp(rng.normal(0, 0.3, (len(school), len(STATES))))
    counts = split(rng, pupils[school, level], shares)
    row, state = np.nonzero(counts)
    columns = {
        **schools.columns(school[row], world),
        "school_year": repeat_text(period.school_year, len(row)),
        "level_code": names(*LEVELS)[level[row]],
        "state_code": STATES[state],
        "cards": whole(counts[row, state]),
    }
    database.insert_facts("digital_report_card_state", columns, STATE_DAY)

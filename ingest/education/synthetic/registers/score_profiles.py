"""Profiles of examination scores: how many papers at every mark, and the totals of the admission combinations."""

from datetime import date

import numpy as np

from ingest.education.apportion import Numbers
from ingest.education.database import Database
from ingest.education.synthetic.world import World, names, repeat_text, whole

STEPS = 40  # marks of a quarter of a point
MACRO_REGIONS = {"TDMNPB": "BAC", "DBSH": "BAC", "BTBDHMT": "TRUNG", "TN": "TRUNG", "DNB": "NAM", "DBSCL": "NAM"}


def macro_regions(world: World) -> Numbers:
    """North, centre or south for each old province."""
    return np.array([MACRO_REGIONS[code] for code in world.provinces.old_region], dtype=object)


def load_histogram(
    database: Database, world: World, exam: tuple[str, int, date], subject: str, drawn: tuple[Numbers, Numbers]
) -> None:
    """Fill exam_score_histogram from (province, score) of every paper."""
    exam_id, year, day = exam
    province, score = drawn
    key, papers = np.unique(province * (STEPS + 1) + np.rint(score * 4).astype(np.int64), return_counts=True)
    where = key // (STEPS + 1)
    columns = {
        "exam_id": repeat_text(exam_id, len(key)),
        "year": whole(np.full(len(key), year)),
        "subject_code": repeat_text(subject, len(key)),
        "score": key % (STEPS + 1) / 4,
        **world.provinces.places(where),
        "macro_region": macro_regions(world)[where],
        "papers": whole(papers),
    }
    database.insert_facts("exam_score_histogram", columns, day)


def load_combinations(database: Database, world: World, exam: tuple[str, int, date], number: int) -> None:
    """Fill exam_combination_stat for the examination numbered `number` of the series."""
    exam_id, year, day = exam
    rows = []
    for code, known in world.series["exam_combinations"].items():
        rng = world.rng("combination", year, code)
        count = world.scaled(known["candidates"][number])
        total = np.clip(np.rint(rng.normal(known["mean"][number], known["sd"][number], count) * 20) / 20, 0, 30)
        rows.append((code, total))
    columns = {
        "exam_id": repeat_text(exam_id, len(rows)),
        "year": whole(np.full(len(rows), year)),
        "combination_code": names(*(code for code, _ in rows)),
        "province_code": names(*(None for _ in rows)),
        "province_code_63": names(*(None for _ in rows)),
        "candidates": whole(np.array([len(total) for _, total in rows])),
        "total_sum": np.array([round(float(total.sum()), 2) for _, total in rows]),
        "p90_total": np.array([round(float(np.percentile(total, 90)), 2) for _, total in rows]),
        "p95_total": np.array([round(float(np.percentile(total, 95)), 2) for _, total in rows]),
        **{f"n_ge{mark}": whole(np.array([(total >= mark).sum() for _, total in rows])) for mark in (24, 27, 29)},
    }
    database.insert_facts("exam_combination_stat", columns, day)

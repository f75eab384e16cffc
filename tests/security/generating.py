"""Random queries over the guard's catalogue: honest ones, nosy ones, and text that is hardly SQL."""

import re
from random import Random

COLUMNS = {
    "schools": "school_id province_code level school_type district commune is_ethnic_boarding opened_year",
    "classes": "class_id school_id province_code school_year grade",
    "pupils": "pupil_id school_id province_code birth_year gender ethnicity disability poor_household status",
    "teachers": "teacher_id school_id province_code birth_year gender subject qualification contract_type",
    "report_cards": "report_id pupil_id school_id province_code school_year term gpa conduct academic_rank",
    "provinces": "province_code province_name region",
}
PERSONAL = ["full_name", "national_id", "phone", "birth_date", "address"]
_JOINS = (
    ("pupils", "schools", "school_id"),
    ("teachers", "schools", "school_id"),
    ("classes", "schools", "school_id"),
    ("schools", "provinces", "province_code"),
    ("pupils", "provinces", "province_code"),
    ("report_cards", "pupils", "pupil_id"),
)
_NUMBERS = {"school_id", "birth_year", "opened_year", "grade", "term", "gpa", "class_id"}


def query(random: Random) -> str:
    """One SELECT; about one in five asks for something nobody may have."""
    shape = random.choice((grouped, grouped, grouped, listed, nested, united, windowed))
    return shape(random)


def grouped(random: Random) -> str:
    source, columns = _source(random)
    keys = random.sample(columns, random.randint(0, min(2, len(columns))))
    values = [_aggregate(random, columns) for _ in range(random.randint(1, 2))]
    shown = ", ".join([*keys, *(f"{value} AS v{at}" for at, value in enumerate(values))])
    group = f" GROUP BY {random.choice([', '.join(keys), 'ALL'])}" if keys else ""
    having = " HAVING count(*) > 3" if keys and random.random() < 0.2 else ""
    return f"SELECT {shown} FROM {source}{_where(random, columns)}{group}{having}"


def listed(random: Random) -> str:
    table = random.choice(["schools", "classes", "provinces", "pupils", "teachers"])
    columns = COLUMNS[table].split() + (PERSONAL if random.random() < 0.2 else [])
    shown = "*" if random.random() < 0.1 else ", ".join(random.sample(columns, random.randint(1, 3)))
    distinct = "DISTINCT " if random.random() < 0.3 else ""
    return f"SELECT {distinct}{shown} FROM {table}{_where(random, columns)}"


def nested(random: Random) -> str:
    table = random.choice(["pupils", "teachers", "schools"])
    columns = COLUMNS[table].split()
    inner = f"SELECT * FROM {table}{_where(random, columns)}"
    if random.random() < 0.5:
        value = _aggregate(random, columns)
        return f"WITH x AS ({inner}) SELECT province_code, {value} AS v FROM x GROUP BY province_code"
    key = random.choice(columns)
    return f"SELECT max(n) AS v FROM (SELECT {key}, count(*) AS n FROM {table} GROUP BY {key}) AS g"


def united(random: Random) -> str:
    parts = [f"SELECT {_aggregate(random, COLUMNS[t].split())} AS v FROM {t}" for t in ("schools", "pupils")]
    return f" {random.choice(['UNION', 'UNION ALL', 'EXCEPT', 'INTERSECT'])} ".join(parts)


def windowed(random: Random) -> str:
    key = random.choice(["level", "district", "school_type"])
    return f"SELECT {key}, count(*) AS n, rank() OVER (ORDER BY count(*) DESC) AS r FROM schools GROUP BY {key}"


def disguised(random: Random, sql: str) -> str:
    """The same query with other case, comments and layout."""
    words = []
    for word in sql.split(" "):
        turned = random.choice((word, word.upper(), word.lower())) if "'" not in word else word
        words.append(turned)
        if random.random() < 0.2:
            words.append(random.choice(("/* x */", "\n", "\t", "/*'*/")))
    return " ".join(words) + random.choice(("", " -- y", ";", " ;\n"))


def quoted(sql: str) -> str:
    """The same query with every known name quoted."""
    names = {name for columns in COLUMNS.values() for name in columns.split()} | set(COLUMNS) | set(PERSONAL)
    for name in sorted(names, key=len, reverse=True):
        sql = "".join(f'"{part}"' if part == name else part for part in _split(sql))
    return sql


def renamed(random: Random, sql: str) -> str:
    """The same query under other aliases: of tables, of a common table expression and of the values shown."""
    tables = [one for one in COLUMNS if f" FROM {one}" in sql]
    for table in tables if " AS a " not in sql else []:
        alias = random.choice(("t", "Bảng", table.upper(), "pupil", "main"))
        sql = re.sub(rf" FROM {table}(?= |\)|$)", f' FROM {table} AS "{alias}"', sql)
    for old in ("v0", "v1", "x", "g"):
        sql = re.sub(rf"\b{old}\b", f"{old}_{random.choice('abc')}", sql)
    return re.sub(r"\b([ab])(?=\.| ON| JOIN| LEFT)", lambda found: f'"{found[1]}b"', sql)


def _split(sql: str) -> list[str]:
    parts, word, inside = [], "", ""
    for letter in sql:
        if inside:
            word += letter
            if letter == inside:
                parts.append(word)
                word, inside = "", ""
        elif letter in "'\"":
            parts.append(word)
            word, inside = letter, letter
        elif letter.isalnum() or letter == "_":
            word += letter
        else:
            parts += [word, letter]
            word = ""
    return [*parts, word]


def _source(random: Random) -> tuple[str, list[str]]:
    if random.random() < 0.35:
        left, right, key = random.choice(_JOINS)
        own = [f"a.{one}" for one in COLUMNS[left].split()] + [f"b.{one}" for one in COLUMNS[right].split()]
        kind = random.choice(("JOIN", "LEFT JOIN"))
        return f"{left} AS a {kind} {right} AS b ON a.{key} = b.{key}", own
    table = random.choice([one for one in COLUMNS if one != "provinces"])
    return table, COLUMNS[table].split() + (PERSONAL[:2] if table == "pupils" and random.random() < 0.1 else [])


def _aggregate(random: Random, columns: list[str]) -> str:
    numbers = [one for one in columns if one.split(".")[-1] in _NUMBERS] or columns
    column = random.choice(numbers)
    plain = random.choice(
        ("count(*)", f"avg({column})", f"sum({column})", f"max({column})", f"count(DISTINCT {column})")
    )
    return f"{plain} FILTER (WHERE {_condition(random, columns)})" if random.random() < 0.15 else plain


def _where(random: Random, columns: list[str]) -> str:
    conditions = [_condition(random, columns) for _ in range(random.randint(0, 2))]
    return f" WHERE {random.choice([' AND ', ' OR ']).join(conditions)}" if conditions else ""


def _condition(random: Random, columns: list[str]) -> str:
    column = random.choice(columns)
    name = column.split(".")[-1]
    if name in _NUMBERS:
        return f"{column} {random.choice(['>', '<', '=', '<>', '>='])} {random.choice([1, 5, 100, 2000, 2012])}"
    if name in {"disability", "poor_household", "is_ethnic_boarding"}:
        return random.choice((column, f"NOT {column}"))
    value = random.choice(["HN", "SG", "F", "Kinh", "Tày", "THCS", "Toán", "active", "2024-2025", "ZZPII"])
    return f"{column} {random.choice(['=', '<>', 'LIKE'])} '{value}'"

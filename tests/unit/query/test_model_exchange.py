"""The semantic model exchanged: out to Ossie and back without loss, in from other authors and from Cortex Analyst."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.cli.modelling import read_model_file
from assistant.errors import InvalidRequest
from assistant.query.semantic_model import SemanticModel, load_semantic_model
from assistant.query.semantics.authored import Hierarchy, NamedFilter, VerifiedQuery
from assistant.query.semantics.cortex import import_cortex
from assistant.query.semantics.ossie import export_ossie, import_ossie
from assistant.query.semantics.parts import (
    AiContext,
    DataField,
    Dataset,
    Dimension,
    Extension,
    Metric,
    ModelFile,
    Relationship,
)
from assistant.settings import Settings

names = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True)
texts = st.text(alphabet="aăâđếộữ ỳ0“”\"'\\{}:-%\n", min_size=1, max_size=12)
contexts = st.builds(AiContext, instructions=texts, synonyms=st.tuples(texts), examples=st.just(()))
extensions = st.tuples(st.builds(Extension, vendor_name=st.sampled_from(["DBT", "SNOWFLAKE", "COMMON"]), data=texts))


def expression(sql: st.SearchStrategy[str]) -> st.SearchStrategy[dict[str, Any]]:
    return sql.map(lambda text: {"dialects": [{"dialect": "ANSI_SQL", "expression": text}]})


fields = st.builds(
    lambda **parts: DataField.model_validate(parts),
    name=names,
    label=texts,
    expression=expression(names),
    dimension=st.booleans().map(lambda flag: {"is_time": flag}),
    custom_extensions=st.one_of(st.just(()), extensions),
)
times = st.one_of(st.none(), st.sampled_from([{"kind": "year", "column": "year", "closes": "end"}]))
datasets = st.builds(
    lambda **parts: Dataset.model_validate(parts),
    name=names,
    source=names,
    description=texts,
    primary_key=st.lists(names, max_size=2),
    fields=st.lists(fields, max_size=3),
    edu=st.builds(dict, time=times, legal_basis=texts),
    ai_context=contexts,
)
metrics = st.builds(
    lambda **parts: Metric.model_validate(parts),
    name=names,
    description=texts,
    expression=expression(names.map(lambda name: f"SUM(t_{name}.v_{name})")),
    ai_context=contexts,
    edu=st.builds(
        dict,
        label=texts,
        unit=texts,
        phrasings=st.lists(texts, min_size=1, max_size=3),
        scale=st.floats(0.1, 1000),
        suppress=st.sampled_from(["person_count", "institution_count"]),
        default=st.dictionaries(names, st.lists(texts, max_size=2), max_size=2),
    ),
)
relations = st.builds(
    lambda **parts: Relationship.model_validate(parts),
    **{"name": names, "from": names, "to": names, "from_columns": st.lists(names), "to_columns": st.lists(names)},
)
dimensions = st.builds(
    lambda **parts: Dimension.model_validate(parts),
    name=names,
    label=texts,
    values=st.dictionaries(texts, st.builds(dict, label=texts, codes=st.lists(texts, max_size=2)), max_size=2),
)
verified = st.builds(
    VerifiedQuery, name=names, question=texts, sql=texts, verified_by=texts, verified_at=st.dates(date(2000, 1, 1))
)
edus = st.fixed_dictionaries(
    {
        "dimensions": st.lists(dimensions, max_size=2),
        "verified_queries": st.lists(verified, max_size=2),
        "filters": st.lists(st.builds(NamedFilter, name=names, label=texts, dimension=names, values=st.tuples(texts))),
        "hierarchies": st.lists(st.builds(Hierarchy, name=names, label=texts, levels=st.tuples(names, names))),
    }
)
models = st.builds(
    lambda **parts: ModelFile.model_validate(parts),
    name=names,
    description=texts,
    datasets=st.lists(datasets, max_size=2),
    relationships=st.lists(relations, max_size=2),
    metrics=st.lists(metrics, max_size=3),
    edu=edus,
    custom_extensions=st.one_of(st.just(()), extensions),
)


@pytest.fixture(scope="module")
def shipped() -> SemanticModel:
    return load_semantic_model(Settings().semantic_model_dir)


@settings(max_examples=60, deadline=None)
@given(st.lists(models, max_size=2).map(tuple))
def test_what_goes_out_comes_back_the_same(domains: tuple[ModelFile, ...]) -> None:
    document = export_ossie(domains)
    assert import_ossie(document) == domains
    assert import_ossie(json.loads(json.dumps(document))) == domains
    assert import_ossie(yaml.safe_load(yaml.safe_dump(document, allow_unicode=True))) == domains


def test_the_shipped_model_comes_back_and_no_tool_meets_a_key_it_does_not_know(shipped: SemanticModel) -> None:
    document = export_ossie(shipped.files)
    assert import_ossie(document) == shipped.files
    assert "x-edu" not in set(_keys(document))
    assert all(one["datasets"] is not None for one in document["semantic_model"])


def _keys(node: object) -> list[str]:
    if isinstance(node, dict):
        return [*node, *(key for value in node.values() for key in _keys(value))]
    return [key for value in node for key in _keys(value)] if isinstance(node, list) else []


def test_our_own_files_are_read_as_well(shipped: SemanticModel) -> None:
    path = Settings().semantic_model_dir / "services.yml"
    (domain,) = read_model_file(path)
    assert domain in shipped.files


def test_a_model_of_another_author_gets_plain_words() -> None:
    (domain,) = import_ossie(
        {
            "version": "0.1.1",
            "semantic_model": [
                {
                    "name": "sales",
                    "ai_context": "orders, purchases",
                    "datasets": [{"name": "orders", "source": "orders", "unique_keys": [["order_id"]]}],
                    "metrics": [
                        {
                            "name": "total_revenue",
                            "expression": {"dialects": [{"dialect": "ANSI_SQL", "expression": "SUM(orders.amount)"}]},
                            "ai_context": {"synonyms": ["doanh thu"]},
                        }
                    ],
                    "custom_extensions": [{"vendor_name": "DBT", "data": "{}"}],
                }
            ],
        }
    )
    assert domain.metrics[0].edu.label == "total revenue"
    assert domain.metrics[0].edu.phrasings == ("doanh thu",)
    assert domain.custom_extensions[0].vendor_name == "DBT"
    assert domain.ai_context.instructions == "orders, purchases"


CORTEX = """
name: Truong hoc
tables:
- name: schools
  base_table: {database: EDU, schema: PUBLIC, table: SCHOOLS}
  primary_key: {columns: [school_id]}
  dimensions:
  - {name: level, synonyms: [cấp học], expr: level_code, data_type: text, is_enum: true, sample_values: [TH, THCS]}
  time_dimensions:
  - {name: opened, expr: opened_on, data_type: date}
  facts:
  - {name: rooms, expr: rooms_total, data_type: number}
  filters:
  - {name: public_only, synonyms: [công lập], expr: "ownership = 'CL'"}
  metrics:
  - {name: total_rooms, synonyms: [số phòng học], description: Số phòng học, expr: SUM(rooms_total)}
relationships:
- {name: school_place, left_table: schools, right_table: places, relationship_type: many_to_one, join_type: left_outer,
   relationship_columns: [{left_column: place_id, right_column: id}]}
verified_queries:
- {name: q1, question: "Có bao nhiêu phòng học?", sql: SELECT 1, verified_at: 1735689600, verified_by: Phòng KHTC,
   use_as_onboarding_question: true}
"""


def test_cortex_is_read() -> None:
    domain = import_cortex(yaml.safe_load(CORTEX))
    assert domain.name == "truong_hoc"
    assert domain.metrics[0].expression.sql == "SUM(schools.rooms_total)"
    assert domain.metrics[0].dataset == "schools"
    assert domain.relationships[0].from_columns == ("place_id",)
    assert set(domain.edu.dimensions[0].values) == {"TH", "THCS"}
    assert domain.edu.filters[0].expression == "schools.ownership = 'CL'"
    assert domain.edu.verified_queries[0].verified_at == date(2025, 1, 1)
    assert domain.edu.verified_queries[0].onboarding


@pytest.mark.parametrize(
    ("document", "code"),
    [
        ([], "model_import_invalid"),
        ({"semantic_model": {}}, "model_import_invalid"),
        ({"version": "0.2.0.dev0", "semantic_model": []}, "model_import_version"),
        ({"semantic_model": [{"name": "Bad Name"}]}, "model_import_invalid"),
        ({"semantic_model": [{"name": "a", "metrics": [{"name": "m"}]}]}, "model_import_invalid"),
    ],
)
def test_what_does_not_fit_is_refused_with_a_code(document: object, code: str) -> None:
    with pytest.raises(InvalidRequest) as refused:
        import_ossie(document)
    assert refused.value.code == code


@pytest.mark.parametrize("text", [b"\xff\xfe\x00", b"a: [", b"tables: 3"])
def test_a_file_that_is_no_model_is_refused_with_a_code(text: bytes, tmp_path: Path) -> None:
    path = tmp_path / "model.yml"
    path.write_bytes(text)
    with pytest.raises(InvalidRequest) as refused:
        read_model_file(path)
    assert refused.value.code.startswith("model_import_")

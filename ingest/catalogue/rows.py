"""Documents and their parts as rows of the catalogue, and back."""

import json
from collections.abc import Sequence
from dataclasses import asdict, fields
from datetime import date
from typing import Any

from sqlalchemy import Row

from assistant.corpus.document import (
    Document,
    DocumentKind,
    Provision,
    ProvisionKind,
    Relation,
    RelationKind,
    SourceFile,
    Validity,
)
from assistant.corpus.law.amendment import Amendment, OperationKind, Part, Place


def document_row(document: Document) -> dict[str, Any]:
    skipped = {"provisions", "source", "validity", "relations", "warnings", "kind", "amendments", "notes"}
    plain = {each.name: getattr(document, each.name) for each in fields(document) if each.name not in skipped}
    return {
        **plain,
        "kind": document.kind.value,
        "effective_from": document.validity.effective_from,
        "effective_to": document.validity.effective_to,
        "stated_from": document.validity.effective_from,
        "stated_to": document.validity.effective_to,
        "source_path": document.source.path,
        "source_sha256": document.source.sha256,
        "source_size": document.source.size,
        "warnings": json.dumps(document.warnings, ensure_ascii=False),
        "notes": json.dumps(document.notes, ensure_ascii=False),
    }


def provision_row(document: Document, ordinal: int) -> dict[str, Any]:
    provision = document.provisions[ordinal]
    skipped = {"validity", "headings", "kind"}
    plain = {each.name: getattr(provision, each.name) for each in fields(provision) if each.name not in skipped}
    return {
        **plain,
        "document_id": document.id,
        "ordinal": ordinal,
        "kind": provision.kind.value,
        "headings": json.dumps(provision.headings, ensure_ascii=False),
        "effective_from": provision.validity.effective_from,
        "effective_to": provision.validity.effective_to,
        "stated_from": provision.validity.effective_from,
    }


def relation_row(document_id: str, ordinal: int, relation: Relation) -> dict[str, Any]:
    plain = {each.name: getattr(relation, each.name) for each in fields(relation)}
    return {**plain, "kind": relation.kind.value, "document_id": document_id, "ordinal": ordinal}


def relation_of(row: Row[Any]) -> Relation:
    """As the text has it: without what resolving added."""
    derived = {"target_id", "target_provision_id", "kind"}
    plain = {each.name: getattr(row, each.name) for each in fields(Relation) if each.name not in derived}
    return Relation(kind=RelationKind(row.kind), **plain)


def amendment_row(document_id: str, ordinal: int, amendment: Amendment) -> dict[str, Any]:
    plain = {each.name: getattr(amendment, each.name) for each in fields(amendment)}
    return {
        **plain,
        "kind": amendment.kind.value,
        "place": json.dumps(asdict(amendment.place), ensure_ascii=False),
        "stated_from": amendment.effective_from,
        "document_id": document_id,
        "ordinal": ordinal,
    }


def amendment_of(row: Row[Any]) -> Amendment:
    place = json.loads(row.place)
    skipped = {"kind", "place", "effective_from"}
    plain = {each.name: getattr(row, each.name) for each in fields(Amendment) if each.name not in skipped}
    return Amendment(
        kind=OperationKind(row.kind),
        place=Place(**{**place, "part": Part(place["part"])}),
        effective_from=row.stated_from,
        **plain,
    )


def stated_document(
    row: Row[Any], units: Sequence[Row[Any]], edges: Sequence[Row[Any]], orders: Sequence[Row[Any]]
) -> Document:
    """A document from its rows, as its source made it: without what other documents did to it."""
    skipped = {"provisions", "source", "validity", "relations", "warnings", "kind", "amendments", "notes"}
    plain = {each.name: getattr(row, each.name) for each in fields(Document) if each.name not in skipped}
    return Document(
        kind=DocumentKind(row.kind),
        source=SourceFile(row.source_path, row.source_sha256, row.source_size),
        validity=Validity(row.stated_from, row.stated_to),
        provisions=tuple(_stated_provision(unit, row.stated_to) for unit in units),
        relations=tuple(map(relation_of, edges)),
        amendments=tuple(map(amendment_of, orders)),
        warnings=tuple(json.loads(row.warnings)),
        notes=tuple(json.loads(row.notes)),
        **plain,
    )


def _stated_provision(row: Row[Any], stated_to: date | None) -> Provision:
    skipped = {"validity", "headings", "kind"}
    plain = {each.name: getattr(row, each.name) for each in fields(Provision) if each.name not in skipped}
    return Provision(
        kind=ProvisionKind(row.kind),
        headings=tuple(json.loads(row.headings)),
        validity=Validity(row.stated_from, stated_to),
        **plain,
    )

"""What one document by itself says of the law: its relations, instructions, staged days and transitional notes."""

from dataclasses import replace

from assistant.corpus.document import Document, DocumentKind, Provision, ProvisionKind, Validity
from assistant.corpus.law.amendment import Amendment, Place
from ingest.law.reading.instructions import read_amendments
from ingest.law.reading.places import find_places
from ingest.law.reading.stages import Stage, covers, read_notes, read_stages
from ingest.relations import document_relations

_NO_INSTRUCTIONS = {DocumentKind.CONSOLIDATION, DocumentKind.REPORT, DocumentKind.PLAN}


def with_law(document: Document) -> Document:
    """The document with everything read from its text that other documents or other days depend on."""
    lines = _own_lines(document)
    stages = read_stages(lines)
    amendments = () if document.kind in _NO_INSTRUCTIONS else read_amendments(document)
    dated = tuple(_with_stage(each, stages) for each in amendments)
    return replace(
        document,
        amendments=dated,
        relations=document_relations(document, dated),
        notes=tuple(read_notes(lines)),
        provisions=tuple(_staged(each, stages) for each in document.provisions),
    )


def _own_lines(document: Document) -> list[str]:
    """The act's own text: its appendices speak of other things."""
    annex = next((each for each in document.provisions if each.kind is ProvisionKind.APPENDIX), None)
    return document.text[: annex.start if annex and annex.start else None].split("\n")


def _with_stage(amendment: Amendment, stages: list[Stage]) -> Amendment:
    source = _place(amendment.source_path)
    for stage in stages:
        if not covers(stage, source):
            continue
        if stage.partial:
            amendment = replace(amendment, note=f"partly:{stage.effective_from.isoformat()}")
        elif amendment.effective_from is None:
            amendment = replace(amendment, effective_from=stage.effective_from)
    return amendment


def _staged(provision: Provision, stages: list[Stage]) -> Provision:
    """A provision of this act that has a day of its own."""
    if not stages or provision.kind not in (ProvisionKind.ARTICLE, ProvisionKind.CLAUSE, ProvisionKind.POINT):
        return provision
    source = _place(provision.path)
    day = next((stage.effective_from for stage in stages if not stage.partial and covers(stage, source)), None)
    if day is None or source.scope or source.group:
        return provision
    return replace(provision, validity=Validity(day, provision.validity.effective_to))


def _place(path: str) -> Place:
    located = find_places(path)
    return located[0].place if located else Place()

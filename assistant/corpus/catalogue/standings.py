"""How many documents of a generation are in force, ended or not yet begun, and what became of its files."""

from datetime import date

from sqlalchemy import case, func, select

from assistant.corpus.catalogue.reading import Catalogue
from assistant.corpus.catalogue.tables import documents, sources


def status_counts(catalogue: Catalogue, day: date) -> tuple[dict[str, int], dict[str, int]]:
    """Documents by their standing on `day`; files by outcome, with the code of what was refused."""
    standing = case(
        (documents.c.is_draft, "draft"),
        (documents.c.effective_to < day, "ended"),
        (documents.c.effective_from > day, "not_yet_in_force"),
        (documents.c.effective_from.is_(None), "unknown"),
        else_="in_force",
    )
    # States of a document that later acts made are no documents of their own.
    held = select(standing.label("name"), func.count().label("held")).where(documents.c.version_of == "")
    label = case((sources.c.code == "", sources.c.outcome), else_=sources.c.outcome + ":" + sources.c.code)
    files = select(label.label("name"), func.count().label("held")).select_from(sources)
    counted = (
        {str(row.name): int(row.held) for row in catalogue.rows(query.group_by("name"))} for query in (held, files)
    )
    of_documents, of_files = counted
    return of_documents, of_files

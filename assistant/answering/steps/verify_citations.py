"""Checks every quote against the stored text and fills in what the catalogue says of its document."""

from dataclasses import dataclass, replace

from assistant.access.untrusted import safe_span
from assistant.answering.context import Context
from assistant.answering.finding.page_address import url_of
from assistant.answering.verification import quote_is_verbatim
from assistant.conversations.answer import Citation
from assistant.corpus.catalogue import Catalogue
from assistant.corpus.document import Document, Provision, Validity
from assistant.corpus.generation import LiveCorpus
from assistant.messages import message


@dataclass(frozen=True, slots=True)
class VerifyCitations:
    """What does not stand in the stored text, or belongs to no held provision, is dropped here and never shown.

    So is what no reader should meet in a quote (`access/untrusted.py`): a quote is cut to its harmless part.
    """

    corpus: LiveCorpus

    def __call__(self, context: Context) -> None:
        drafts = context.citations
        with self.corpus.open() as generation:
            checked = [_check(draft, generation.catalogue, context) for draft in drafts]
            cited = [generation.catalogue.document(one.document_id) for one in checked if one is not None]
        if any(document is not None and document.version_of for document in cited):
            context.notices.append(message("law_consolidated_notice"))
        context.citations = [citation for citation in checked if citation is not None]
        if [one.quote for one in context.citations] != [one.quote for one in drafts]:
            context.notices.append(message("passages_left_out"))
        if len(context.citations) < len(drafts):
            context.draft = ""  # its numbers would point at the wrong quotes
        context.note(f"{len(context.citations)} of {len(drafts)} quotes verified")


def _check(draft: Citation, catalogue: Catalogue, context: Context) -> Citation | None:
    document = catalogue.document(draft.document_id)
    provision = catalogue.provision(draft.provision_id)
    quote = safe_span(draft.quote)
    if document is None or provision is None or not quote_is_verbatim(quote, document, provision):
        return None
    validity = _validity(document, provision)
    return replace(
        draft,
        quote=quote,
        verified=True,
        title=document.title,
        kind=document.kind.value,
        path=provision.path,
        url=url_of(provision),
        effective_from=validity.effective_from,
        effective_to=validity.effective_to,
        in_force=validity.in_force(context.law_day),
        is_sample=document.is_sample,
    )


def _validity(document: Document, provision: Provision) -> Validity:
    own, whole = provision.validity, document.validity
    return Validity(own.effective_from or whole.effective_from, own.effective_to or whole.effective_to)

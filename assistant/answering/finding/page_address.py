"""Where the service shows a document, and a provision in it."""

from assistant.corpus.document import Provision


def page_of(document_id: str) -> str:
    """The page of a document."""
    return f"/van-ban/{document_id}"


def anchor_of(provision: Provision) -> str:
    """`29-2024-tt-bgddt#dieu-5.khoan-2` → "dieu-5.khoan-2"."""
    return provision.id.partition("#")[2]


def url_of(provision: Provision) -> str:
    """Its place on the page of its document."""
    return f"{page_of(provision.id.partition('#')[0])}#{anchor_of(provision)}"

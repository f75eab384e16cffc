"""Builders of documents for the ingest's tests: a text is read as the job would read it."""

from assistant.corpus.document import Document
from ingest.documents import read_documents


def circular(number: str, *articles: str, title: str = "Quy định mẫu", issued: str = "10 tháng 01 năm 2026") -> str:
    """The text of a circular in its usual form."""
    head = f"BỘ GIÁO DỤC VÀ ĐÀO TẠO\nSố: {number}\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nHà Nội, ngày {issued}\n"
    return head + f"THÔNG TƯ\n{title}\nCăn cứ Luật Giáo dục số 43/2019/QH14;\n" + "\n".join(articles)


def read(text: str, path: str = "kho/van-ban.txt") -> Document:
    (document,) = read_documents(text.encode(), path)
    return document

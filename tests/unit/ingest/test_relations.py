"""Edges between documents are what an act does, not what it mentions."""

import pytest

from assistant.corpus.document import RelationKind
from ingest.relations import find_relations

AMENDS, REPLACES, REPEALS = RelationKind.AMENDS, RelationKind.REPLACES, RelationKind.REPEALS
GUIDES, BASED_ON, CITES = RelationKind.GUIDES, RelationKind.BASED_ON, RelationKind.CITES
PHRASE = RelationKind.REPLACES_PHRASE
Edges = set[tuple[RelationKind, str, str]]


def edges(*lines: str, title: str = "") -> Edges:
    found = find_relations("1/2026/TT-BGDĐT", title, lines)
    return {(each.kind, each.target_number, each.target_path) for each in found}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "1. Thông tư này có hiệu lực từ ngày 01/4/2026 và thay thế Thông tư số 17/2012/TT-BGDĐT ngày 16/5/2012.",
            {(REPLACES, "17/2012/TT-BGDĐT", "")},
        ),
        (
            "Thông tư này thay thế các Thông tư số 8/2022/TT-BGDĐT ngày 06/6/2022 và Thông tư số 6/2025/TT-BGDĐT "
            "sửa đổi, bổ sung một số điều của Thông tư số 3/2020/TT-BGDĐT.",
            {(REPLACES, "8/2022/TT-BGDĐT", ""), (REPLACES, "6/2025/TT-BGDĐT", ""), (CITES, "3/2020/TT-BGDĐT", "")},
        ),
        (
            "2. Thông tư số 4/2021/TT-BGDĐT ngày 25/8/2021 hết hiệu lực kể từ ngày Thông tư này có hiệu lực.",
            {(REPEALS, "4/2021/TT-BGDĐT", "")},
        ),
        ("Bãi bỏ toàn bộ Thông tư số 4/2021/TT-BGDĐT.", {(REPEALS, "4/2021/TT-BGDĐT", "")}),
        ("3. Bãi bỏ khoản 2 Điều 5 Thông tư số 4/2021/TT-BGDĐT.", {(REPEALS, "4/2021/TT-BGDĐT", "khoản 2 Điều 5")}),
        ("Bãi bỏ Thông tư số 4/2021/TT-BGDĐT, trừ Điều 7.", {(REPEALS, "4/2021/TT-BGDĐT", "một phần")}),
        (
            "a) Thay thế cụm từ “A” bằng cụm từ “B” tại Thông tư số 4/2021/TT-BGDĐT.",
            {(PHRASE, "4/2021/TT-BGDĐT", "cụm từ")},
        ),
        (
            "1. Sửa đổi, bổ sung khoản 2 Điều 5 Thông tư số 4/2021/TT-BGDĐT như sau:",
            {(AMENDS, "4/2021/TT-BGDĐT", "khoản 2 Điều 5")},
        ),
        ("Căn cứ Nghị định số 37/2025/NĐ-CP ngày 26/02/2025;", {(BASED_ON, "37/2025/NĐ-CP", "")}),
        ("1. Thực hiện theo Điều 19 Nghị định số 12/2011/NĐ-CP.", {(CITES, "12/2011/NĐ-CP", "Điều 19")}),
        (
            "1. Hồ sơ theo Thông tư số 5/2020/TT-BGDĐT được sửa đổi, bổ sung bởi Thông tư số 6/2021/TT-BGDĐT.",
            {(CITES, "5/2020/TT-BGDĐT", ""), (CITES, "6/2021/TT-BGDĐT", "")},
        ),
        ("Tại Thông tư số 1/2026/TT-BGDĐT này.", set()),
        (
            "Bãi bỏ Điều 5 của Thông tư số 34/2018/TT-BGDĐT sửa đổi một số điều Thông tư số 42/2015/TT-BGDĐT về A, "
            "Thông tư số 10/2017/TT-BGDĐT về cấp; việc thu hồi, hủy bỏ bằng và Thông tư số 31/2017/TT-BGDĐT về B.",
            {
                (REPEALS, "34/2018/TT-BGDĐT", "Điều 5"),
                *((CITES, f"{number}/TT-BGDĐT", "") for number in ("42/2015", "10/2017", "31/2017")),
            },
        ),
        (
            "1. Theo Thông tư số 10/2017/TT-BGDĐT về cấp, thu hồi, hủy bỏ bằng của Thông tư số 4/2015/TT-BGDĐT.",
            {(CITES, "10/2017/TT-BGDĐT", ""), (CITES, "4/2015/TT-BGDĐT", "")},
        ),
        (
            "Bãi bỏ các quy định về học bổng tại: Quyết định số 1121/1997/QĐ-TTg.",
            {(REPEALS, "1121/1997/QĐ-TTg", "một phần")},
        ),
        (
            "Thông tư này thay thế Thông tư số 15/2009/TT-BGDĐT theo lộ trình như sau:",
            {(REPLACES, "15/2009/TT-BGDĐT", "một phần")},
        ),
    ],
)
def test_a_sentence_gives_its_edges(line: str, expected: Edges) -> None:
    assert edges(line) == expected


def test_the_title_tells_what_an_act_is_for() -> None:
    assert edges(title="Sửa đổi, bổ sung một số điều của Nghị định số 71/2020/NĐ-CP") == {
        (AMENDS, "71/2020/NĐ-CP", "một số điều")
    }
    assert edges(title="Luật sửa đổi, bổ sung một số điều của Luật Giáo dục số 43/2019/QH14") == {
        (AMENDS, "43/2019/QH14", "một số điều")
    }
    assert edges(title="Quy định chi tiết thi hành Nghị quyết số 218/2025/QH15") == {(GUIDES, "218/2025/QH15", "")}


def test_a_list_of_ended_documents_ends_them_all_and_no_more() -> None:
    found = edges(
        "2. Các văn bản sau đây hết hiệu lực kể từ ngày Thông tư này có hiệu lực:",
        "a) Thông tư số 4/2021/TT-BGDĐT;",
        "b) Thông tư số 5/2021/TT-BGDĐT.",
        "3. Việc đã làm theo Thông tư số 6/2021/TT-BGDĐT được tiếp tục.",
    )
    assert found == {
        (REPEALS, "4/2021/TT-BGDĐT", ""),
        (REPEALS, "5/2021/TT-BGDĐT", ""),
        (CITES, "6/2021/TT-BGDĐT", ""),
    }


def test_what_is_quoted_is_not_said_by_the_act() -> None:
    found = edges("1. Sửa đổi Điều 5 như sau:", "“Điều 5. Thay thế", "1. Bãi bỏ Thông tư số 4/2021/TT-BGDĐT.”")
    assert found == set()


def test_the_evidence_is_the_sentence() -> None:
    sentence = "Bãi bỏ Thông tư số 4/2021/TT-BGDĐT."
    assert find_relations("", "", (f"{sentence} Việc khác thì không.",))[0].evidence == sentence

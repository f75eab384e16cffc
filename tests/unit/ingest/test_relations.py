"""Edges between documents are what an act does, not what it mentions."""

import pytest

from assistant.corpus.document import RelationKind
from ingest.relations import find_relations

AMENDS, REPLACES, REPEALS = RelationKind.AMENDS, RelationKind.REPLACES, RelationKind.REPEALS
GUIDES, BASED_ON, CITES = RelationKind.GUIDES, RelationKind.BASED_ON, RelationKind.CITES
AMENDED_BY = RelationKind.AMENDED_BY
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
        (
            "2. Luật Bảo vệ, chăm sóc và giáo dục trẻ em số 25/2004/QH11 hết hiệu lực kể từ ngày Luật này có hiệu lực.",
            {(REPEALS, "25/2004/QH11", "")},
        ),
        (
            "2. Quyết định số 16/2008/QĐ-BGDĐT quy định về A và Điều 6 của Thông tư số 6/2019/TT-BGDĐT hết hiệu lực.",
            {(REPEALS, "16/2008/QĐ-BGDĐT", ""), (REPEALS, "6/2019/TT-BGDĐT", "Điều 6")},
        ),
        (
            "Thông tư này thay thế các Thông tư số 4/2021/TT-BGDĐT về A; Thông tư số 5/2021/TT-BGDĐT sửa đổi B.",
            {(REPLACES, "4/2021/TT-BGDĐT", ""), (REPLACES, "5/2021/TT-BGDĐT", "")},
        ),
        (
            "2. Nghị định số 136/2013/NĐ-CP; các điều từ Điều 40 đến Điều 42 Nghị định số 103/2017/NĐ-CP hết hiệu lực.",
            {
                (REPEALS, "136/2013/NĐ-CP", ""),
                *((REPEALS, "103/2017/NĐ-CP", f"Điều {article}") for article in (40, 41, 42)),
            },
        ),
        (
            "Bãi bỏ Quy định về thi ban hành kèm theo Quyết định số 25/2004/QĐ-BGDĐT, Thông tư số 34/2011/TT-BGDĐT.",
            {(REPEALS, "25/2004/QĐ-BGDĐT", "Quy định"), (REPEALS, "34/2011/TT-BGDĐT", "")},
        ),
        ("1. Hồ sơ theo Mẫu số 04/TSC-MSTT ban hành kèm theo Nghị định này.", set()),
        (
            "(Điều 5 Luật số 102/2016/QH13, có nội dung được sửa đổi bởi Điều 11 Luật số 28/2018/QH14)",
            {(AMENDED_BY, "28/2018/QH14", "Điều 11")},
        ),
        (
            "1. Theo khoản 1 các điều 4, 5 Nghị định số 2/2020/NĐ-CP; khoản 3 Điều này và Điều 7 Thông tư này.",
            {(CITES, "2/2020/NĐ-CP", "khoản 1 Điều 4"), (CITES, "2/2020/NĐ-CP", "khoản 1 Điều 5")},
        ),
    ],
)
def test_a_sentence_gives_its_edges(line: str, expected: Edges) -> None:
    assert edges(line) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("theo quy định của Luật Giáo dục đại học và pháp luật có liên quan", [(CITES, "Luật Giáo dục đại học", "")]),
        (
            "theo Điều 5, khoản 2 Điều 7 của Luật trẻ em",
            [(CITES, "Luật trẻ em", "Điều 5"), (CITES, "Luật trẻ em", "khoản 2 Điều 7")],
        ),
        ("Luật Giáo dục nghề nghiệp tổ chức cuộc thi", [(CITES, "Luật Giáo dục nghề nghiệp", "")]),
        ("khoản 1 Điều này thì áp dụng khoản 2 Điều 2 Luật Thư viện", [(CITES, "Luật Thư viện", "khoản 2 Điều 2")]),
        ("Căn cứ Luật Giáo dục ngày 14 tháng 6 năm 2019;", [(BASED_ON, "Luật Giáo dục", "")]),
        (
            "Thông tư này quy định chi tiết Điều 4, Điều 5 của Luật Thi đua, khen thưởng.",
            [(GUIDES, "Luật Thi đua, khen thưởng", "Điều 4"), (GUIDES, "Luật Thi đua, khen thưởng", "Điều 5")],
        ),
        (
            "Nghị định này quy định chi tiết Luật Thương mại và Luật Quản lý ngoại thương.",
            [(GUIDES, "Luật Thương mại", ""), (GUIDES, "Luật Quản lý ngoại thương", "")],
        ),
        ("Trường Đại học Luật Hà Nội, ông A là Luật sư; Luật này quy định.", []),
    ],
)
def test_laws_are_known_by_their_names(line: str, expected: list[tuple[RelationKind, str, str]]) -> None:
    found = find_relations("1/2026/TT-BGDĐT", "", [line])
    assert [(each.kind, each.target_name, each.target_path) for each in found] == expected


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

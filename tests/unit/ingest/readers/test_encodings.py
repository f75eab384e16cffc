"""Text of before Unicode: converted by its font's name, and without one only where nothing else can be meant."""

import unicodedata

import pytest

from ingest.readers.decoding import decoded
from ingest.readers.encodings import _CONVERTERS, encoding_of_font, recovered, to_unicode

WRITTEN = {
    "TCVN3": "Bé Gi¸o dôc vµ §µo t¹o; QuyÕt ®Þnh vÒ viÖc ban hµnh Quy chÕ tuyÓn sinh; tr\xadêng häc, n\xadíc, ng\xadêi",
    "VNI": "Boä Giaùo duïc vaø Ñaøo taïo; Quyeát ñònh veà vieäc ban haønh Quy cheá tuyeån sinh; "
    "tröôøng hoïc, nöôùc, ngöôøi",
    "VPS": "B¶ Giáo døc và ñào tåo; Quy‰t ÇÎnh vŠ viŒc ban hành Quy ch‰ tuy‹n sinh; trÜ©ng h†c, nÜ§c, ngÜ©i",
}
MEANT = "Bộ Giáo dục và Đào tạo; Quyết định về việc ban hành Quy chế tuyển sinh; trường học, nước, người"
LETTERS = "aáàảãạăắằẳẵặâấầẩẫậeéèẻẽẹêếềểễệiíìỉĩịoóòỏõọôốồổỗộơớờởỡợuúùủũụưứừửữựyýỳỷỹỵđ"


@pytest.mark.parametrize("encoding", WRITTEN)
def test_a_run_in_an_old_font_is_converted(encoding: str) -> None:
    assert to_unicode(WRITTEN[encoding], encoding) == MEANT


def test_every_letter_of_each_encoding_comes_from_one_writing() -> None:
    for name, convert in _CONVERTERS.items():
        table = {}
        signs = [chr(code) for code in range(0x20, 0x180)] + list("‰Š‹Œ†‡š›œ")
        for first in [*signs, *(a + b for a in "aeouyôö" for b in "ùøûõïâáàåãäêéèúüë")]:
            table.setdefault(convert(first), first)
        assert set(LETTERS) <= set(table), name


def test_fonts_say_their_encoding() -> None:
    named = {".VnTime": "TCVN3", ".VnTimeH": "TCVN3H", "VNI-Times": "VNI", "VPS Times": "VPS", "Times New Roman": ""}
    assert {font: encoding_of_font(font) for font in named} == named
    assert to_unicode("Bé Gi¸o dôc", "TCVN3H") == "BỘ GIÁO DỤC"


def test_unicode_typed_in_an_old_font_stays() -> None:
    assert to_unicode("Lê Lợi, Đường số 5", "TCVN3") == "Lê Lợi, Đường số 5"


def test_a_file_without_fonts_is_converted_only_on_overwhelming_evidence() -> None:
    assert recovered(WRITTEN["TCVN3"] * 3) == (MEANT * 3, "TCVN3")
    assert recovered(WRITTEN["VNI"] * 3) == (MEANT * 3, "VNI")
    assert recovered(WRITTEN["VPS"] * 3) == (MEANT * 3, "VPS")
    for text in ("Lê Lợi, Lê Lai, Bà Triệu. " * 20, "Élève français à Orléans. " * 20, WRITTEN["TCVN3"][:12]):
        assert recovered(text) == (text, "")


def test_bytes_of_old_files_are_read() -> None:
    assert decoded((WRITTEN["TCVN3"] * 3).encode("latin-1"), is_named=True) == (MEANT * 3, "TCVN3")
    windows = unicodedata.normalize("NFD", MEANT * 3)
    for composed in "âêôăơưđÂÊÔĂƠƯĐ":
        windows = windows.replace(unicodedata.normalize("NFD", composed), composed)
    for mark, letters in (("\u0323", "âêôăơư"),):
        for letter in letters:
            plain = unicodedata.normalize("NFD", letter)
            windows = windows.replace(plain[0] + mark + plain[1:], letter + mark)
    assert decoded(windows.encode("cp1258"), is_named=True) == (MEANT * 3, "Windows-1258")

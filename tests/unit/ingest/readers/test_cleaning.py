"""Page images: how far they lean, and whether anything is on them."""

from pathlib import Path

import numpy
import pytest
from PIL import Image, ImageDraw, ImageFont

from ingest.readers.pdf.cleaning import cleaned, has_ink, skew
from ingest.readers.pdf.scans import can_recognise, recognise
from tests.system_packages import missing

FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")


def page() -> Image.Image:
    image = Image.new("L", (1000, 1400), 255)
    font = ImageFont.truetype(str(FONT), 24)
    for row in range(30):
        ImageDraw.Draw(image).text((80, 60 + 40 * row), "Nhà trường công khai các khoản thu đầu năm", font=font, fill=0)
    return image


@pytest.mark.skipif(not FONT.exists(), reason="DejaVuSans.ttf is not installed (package fonts-dejavu-core)")
def test_a_leaning_page_is_set_level() -> None:
    leaning = page().rotate(2.0, fillcolor=255)
    assert abs(skew(leaning) + 2.0) <= 0.3
    level = cleaned(leaning)
    assert abs(skew(level)) <= 0.3
    assert level.size == leaning.size


@pytest.mark.skipif(not FONT.exists(), reason="DejaVuSans.ttf is not installed (package fonts-dejavu-core)")
def test_a_noisy_leaning_scan_is_read_after_cleaning() -> None:
    if not can_recognise():
        missing("tesseract-ocr-vie")
    small = page().rotate(1.5, fillcolor=255).resize((700, 980), Image.Resampling.BOX)
    pixels = numpy.asarray(small).astype(float) + numpy.random.default_rng(1).normal(0, 20, (980, 700))
    noisy = Image.fromarray(pixels.clip(0, 255).astype("uint8")).resize((1400, 1960), Image.Resampling.BILINEAR)
    found = recognise(noisy, 1400 / 595)
    assert found.confidence > 0.7
    assert found.text.count("công khai") >= 28


@pytest.mark.skipif(not FONT.exists(), reason="DejaVuSans.ttf is not installed (package fonts-dejavu-core)")
def test_dust_is_not_ink() -> None:
    blank = Image.new("L", (1000, 1400), 250)
    for place in range(40):
        blank.putpixel((100 + 20 * place, 300 + 7 * place), 0)
    assert not has_ink(blank)
    assert has_ink(page())

"""Page images made easier to read: specks out, lines level, letters large; and pages that lie on their side set up."""

import io
import re
import subprocess

import numpy
from PIL import Image, ImageFilter, ImageOps

INK_LEVEL = 140
MINIMUM_INK = 0.0004
_MAX_PIXELS = 40_000_000
_ANGLES = numpy.arange(-5.0, 5.01, 0.5)
_TURN = re.compile(r"^Rotate: (\d+)", re.MULTILINE)


def has_ink(image: Image.Image) -> bool:
    """Whether there is anything on the page: marks beyond what dust leaves, inside its edges."""
    width, height = image.size
    inner = image.crop((width // 40, height // 40, width - width // 40, height - height // 40))
    pixels = numpy.asarray(inner.resize((max(1, inner.width // 2), max(1, inner.height // 2)), Image.Resampling.BOX))
    return bool((pixels < INK_LEVEL).mean() > MINIMUM_INK)


def cleaned(image: Image.Image) -> tuple[Image.Image, float]:
    """Median filter, deskew and, where memory allows, twice the size; with the angle that was taken out."""
    steady = ImageOps.autocontrast(image.filter(ImageFilter.MedianFilter(3)), cutoff=1)
    angle = skew(steady)
    if abs(angle) >= 0.3:
        steady = steady.rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor=255)
    if 4 * steady.width * steady.height <= _MAX_PIXELS:
        steady = steady.resize((2 * steady.width, 2 * steady.height), Image.Resampling.LANCZOS)
    return steady, angle


def skew(image: Image.Image) -> float:
    """The turn in degrees that makes rows of text most level: rows of ink and rows of paper differ most then."""
    small = image.resize((700, max(1, 700 * image.height // image.width)), Image.Resampling.BOX)
    ink = ImageOps.invert(small)

    def level(angle: float) -> float:
        rows = numpy.asarray(ink.rotate(float(angle), fillcolor=0), dtype=numpy.float64).sum(axis=1)
        return float(((rows[1:] - rows[:-1]) ** 2).sum())

    coarse = max(_ANGLES, key=level)
    return float(max(coarse + numpy.arange(-0.4, 0.41, 0.1), key=level))


def turned(image: Image.Image) -> Image.Image | None:
    """The page set upright, if Tesseract sees that it lies on its side or stands on its head."""
    stream = io.BytesIO()
    image.save(stream, "PPM")
    command = ("env", "OMP_THREAD_LIMIT=1", "tesseract", "stdin", "stdout", "--psm", "0", "--dpi", "300")
    try:
        done = subprocess.run(command, input=stream.getvalue(), capture_output=True, timeout=20, check=False)
    except subprocess.TimeoutExpired:
        return None
    match = _TURN.search(done.stdout.decode("utf-8", "replace"))
    turn = int(match[1]) if match else 0
    return image.rotate(-turn, expand=True, fillcolor=255) if turn else None

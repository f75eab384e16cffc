"""Text without diacritics, letter for letter, so that places in it are places in the original."""

from assistant.text import fold, nfc


def bare(text: str) -> str:
    """Like `fold`, of exactly the length of `nfc(text)`."""
    return "".join(_one(letter) for letter in nfc(text))


def _one(letter: str) -> str:
    folded = fold(letter)
    return folded if len(folded) == 1 else letter

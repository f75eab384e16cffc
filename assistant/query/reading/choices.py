"""Questions offered instead of an answer: at most four, each one the reader itself understands."""

import re
from collections.abc import Iterable
from dataclasses import replace

from assistant.query.reading.restating import restate, unsaid
from assistant.query.reading.words.lexicon import Kind
from assistant.query.reading.words.parse import Parsed
from assistant.query.request import TIME, DataRequest, TimeSpan
from assistant.query.semantic_model import PROVINCE, SemanticModel

MOST_CHOICES = 4
_LEFT_OUT = re.compile(r"\s*\(không xét (“[^()]+”)\)\s*$")
_EXAMPLES = ("pupils", "teachers", "class_size", "students")


class Choices:
    def __init__(self, model: SemanticModel) -> None:
        self._model = model

    def of(self, requests: Iterable[DataRequest]) -> tuple[str, ...]:
        """Each request in words, first letter in capitals."""
        said = [leaving_out(restate(self._model, request), unsaid(request)) for request in requests]
        return tuple(dict.fromkeys(_sentence(text) for text in said))[:MOST_CHOICES]

    def for_vague(self, request: DataRequest) -> tuple[str, ...]:
        """The whole country, by level, by province."""
        whole = _sentence(f"{restate(self._model, request)}, cả nước")
        return (whole, *self.of(replace(request, by=(name,)) for name in ("level", PROVINCE)))

    def for_want(self, want: str, request: DataRequest) -> tuple[str, ...]:
        """What a ranking without its object could be of; of a share nobody can guess the part."""
        dimensions = sorted(self._model.dimensions_of(request.metrics[0]))
        if want == "group":
            groups = [name for name in (PROVINCE, "region", "level") if name in dimensions]
            return self.of(replace(request, by=(*request.by, name), limit=5) for name in groups)
        return ()

    def nearest(self, parsed: Parsed) -> tuple[str, ...]:
        """Metrics that share a word with the question."""
        words = {item.name for chunk in parsed.chunks for item in chunk.of(Kind.TERM)}
        near = [
            metric.name
            for metric in self._model.metrics.values()
            if words & {word for phrasing in metric.edu.phrasings for word in phrasing.split(" + ")}
        ]
        return self.of(self._plain(name) for name in near[:MOST_CHOICES])

    def examples(self) -> tuple[str, ...]:
        return self.of(self._plain(name) for name in _EXAMPLES if name in self._model.metrics)

    def _plain(self, name: str) -> DataRequest:
        time = self._model.time_of(name)
        return DataRequest((name,), TimeSpan(time.kind if time else None, last=1), defaults=(TIME,))


def leaving_out(choice: str, words: tuple[str, ...]) -> str:
    """A choice that says which words of the question it does not answer."""
    choice, before = left_out(choice)
    words = (*before, *words)
    return f"{choice} (không xét {', '.join(f'“{word}”' for word in words)})" if words else choice


def left_out(question: str) -> tuple[str, tuple[str, ...]]:
    """A question that was such a choice, and the words it leaves out."""
    found = _LEFT_OUT.search(question)
    if found is None:
        return question, ()
    return question[: found.start()], tuple(re.findall("“([^”]+)”", found[1]))


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]

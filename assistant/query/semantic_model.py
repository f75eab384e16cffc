"""The semantic model: every data set, dimension and metric by name, loaded from a directory and checked to agree."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from assistant.errors import ConfigurationError
from assistant.query.semantics.authored import NamedFilter, VerifiedQuery
from assistant.query.semantics.parts import Dataset, DatasetTime, Dimension, Metric, ModelFile, Relationship, Value
from assistant.query.semantics.places import Places, PlacesFile
from assistant.query.semantics.words import WordsFile
from assistant.text import load_yaml

PROVINCE, REGION = "province", "region"
PLACES_FILE, WORDS_FILE = "places.yml", "words.yml"
_Parsed = TypeVar("_Parsed", bound=BaseModel)
_Named = TypeVar("_Named", Dataset, Dimension, Metric, NamedFilter, VerifiedQuery)


def load_semantic_model(directory: Path) -> "SemanticModel":
    """Read every file of `directory`; ConfigurationError names the file and the key that does not fit."""
    paths = sorted(path for path in directory.glob("*.yml") if path.name not in (PLACES_FILE, WORDS_FILE))
    if not paths:
        raise ConfigurationError("semantic_model_missing", name=str(directory))
    files = [part for path in paths for part in _domains(path)]
    places = Places(_read(directory / PLACES_FILE, PlacesFile))
    words = _read(directory / WORDS_FILE, WordsFile)
    try:
        return SemanticModel(files, places, words)
    except ValueError as error:
        raise ConfigurationError("semantic_model_invalid", name=str(directory), key="-", reason=str(error)) from error


class SemanticModel:
    """Every data set, dimension and metric by name, checked to agree with each other."""

    def __init__(self, files: Iterable[ModelFile], places: Places, words: WordsFile) -> None:
        parts = list(files)
        self.places, self.words = places, words
        self.datasets = _unique((one.name, one) for part in parts for one in part.datasets)
        self.metrics = _unique((one.name, one) for part in parts for one in part.metrics)
        self.files = tuple(parts)
        self.hierarchies = tuple(one for part in parts for one in part.edu.hierarchies)
        self.filters = _unique((one.name, one) for part in parts for one in part.edu.filters)
        self.verified_queries = _unique((one.name, one) for part in parts for one in part.edu.verified_queries)
        self.dimensions = _with_filters(
            _unique((one.name, one) for part in parts for one in part.edu.dimensions), self.filters.values()
        )
        self.relationships = [one for part in parts for one in part.relationships]
        self._dimensions_of: dict[str, frozenset[str]] = {}
        self._agree()

    def components(self, name: str) -> tuple[Metric, ...]:
        """The metric itself, or numerator and denominator of a ratio."""
        metric = self.metrics[name]
        if metric.edu.numerator and metric.edu.denominator:
            return (self.metrics[metric.edu.numerator], self.metrics[metric.edu.denominator])
        return (metric,)

    def dataset_of(self, name: str) -> Dataset:
        """The data set of a metric; of a ratio, its numerator's."""
        return self.datasets[self.components(name)[0].dataset]

    def legal_basis(self, name: str) -> str:
        """The regulation a metric rests on: its own, or its data set's."""
        return self.metrics[name].edu.legal_basis or self.dataset_of(name).edu.legal_basis

    def time_of(self, name: str) -> DatasetTime | None:
        return self.dataset_of(name).edu.time

    def dimensions_of(self, name: str) -> frozenset[str]:
        """The dimensions a metric may be filtered by and, but for numeric ones, shown by."""
        if name not in self._dimensions_of:
            sets = [self._reachable(one) - set(one.edu.not_by) for one in self.components(name)]
            self._dimensions_of[name] = frozenset.intersection(*sets) - set(self.metrics[name].edu.not_by)
        return self._dimensions_of[name]

    def joins_from(self, dataset: str) -> list[Relationship]:
        return [one for one in self.relationships if one.from_ == dataset]

    def _reachable(self, metric: Metric) -> frozenset[str]:
        own = [self.datasets[metric.dataset], *(self.datasets[join.to] for join in self.joins_from(metric.dataset))]
        names = {field.name for dataset in own for field in dataset.fields if not field.dimension.is_time}
        return frozenset(names | ({REGION} if PROVINCE in names else set()))

    def _agree(self) -> None:
        for dataset in self.datasets.values():
            for field in dataset.fields:
                if not field.dimension.is_time and field.name not in self.dimensions:
                    raise ValueError(f"datasets.{dataset.name}.fields: no dimension {field.name!r}")
        for join in self.relationships:
            if join.to not in self.datasets or join.from_ not in self.datasets:
                raise ValueError(f"relationships.{join.name}: no such data set")
        for metric in self.metrics.values():
            self._metric_agrees(metric)
        for hierarchy in self.hierarchies:
            if missing := [name for name in hierarchy.levels if name not in self.dimensions]:
                raise ValueError(f"hierarchies.{hierarchy.name}: no dimension {missing[0]!r}")

    def _metric_agrees(self, metric: Metric) -> None:
        where, edu = f"metrics.{metric.name}.x-edu", metric.edu
        for other in (edu.numerator, edu.denominator, edu.companion):
            if other is not None and (other not in self.metrics or self.metrics[other].is_ratio):
                raise ValueError(f"{where}: no plain metric {other!r}")
        if not metric.is_ratio and metric.dataset not in self.datasets:
            raise ValueError(f"metrics.{metric.name}.expression: name one data set of the model")
        for dimension, codes in (*edu.default.items(), *edu.population.items()):
            known = self.dimensions.get(dimension)
            if known is None or dimension not in self.dimensions_of(metric.name):
                raise ValueError(f"{where}: no dimension {dimension!r}")
            if known.values and (missing := [code for code in codes if code not in known.values]):
                raise ValueError(f"{where}.{dimension}: no value {missing[0]!r}")


def _with_filters(dimensions: dict[str, Dimension], filters: Iterable[NamedFilter]) -> dict[str, Dimension]:
    """A named filter over one dimension is one more value of it, which words can name and a question can ask for."""
    found = dict(dimensions)
    for one in filters:
        if one.dimension is None:
            continue
        if one.dimension not in found:
            raise ValueError(f"filters.{one.name}: no dimension {one.dimension!r}")
        base = found[one.dimension]
        value = Value(label=one.label, synonyms=one.synonyms, codes=one.values)
        found[one.dimension] = base.model_copy(update={"values": {**base.values, one.name.upper(): value}})
    return found


def _unique(items: Iterable[tuple[str, _Named]]) -> dict[str, _Named]:
    found: dict[str, _Named] = {}
    for name, item in items:
        if name in found:
            raise ValueError(f"{name!r} is defined twice")
        found[name] = item
    return found


def _domains(path: Path) -> list[ModelFile]:
    data = _yaml(path)
    parts = data.get("semantic_model") if isinstance(data, dict) else None
    if not isinstance(parts, list):
        raise ConfigurationError("semantic_model_invalid", name=str(path), key="semantic_model", reason="a list is due")
    return [_parse(path, part, ModelFile) for part in parts]


def _read(path: Path, kind: type[_Parsed]) -> _Parsed:
    return _parse(path, _yaml(path), kind)


def _yaml(path: Path) -> Any:
    try:
        return load_yaml(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigurationError("semantic_model_missing", name=str(path)) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        key = f"line {mark.line + 1}" if mark else "-"
        raise ConfigurationError("semantic_model_invalid", name=str(path), key=key, reason="not YAML") from error


def _parse(path: Path, data: Any, kind: type[_Parsed]) -> _Parsed:
    try:
        return kind.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(_step(data, first["loc"]))
        raise ConfigurationError("semantic_model_invalid", name=str(path), key=key, reason=first["msg"]) from error


def _step(data: Any, location: tuple[int | str, ...]) -> list[str]:
    """The way to a value, with the names of list items instead of their numbers."""
    steps: list[str] = []
    for part in location:
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            data = None
        named = isinstance(part, int) and isinstance(data, dict) and "name" in data
        steps.append(str(data["name"]) if named else str(part))
    return steps

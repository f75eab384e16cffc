"""The sources of an office in one YAML file: folders, files, saved sites, listings on the web, codification rows."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from assistant.errors import ConfigurationError
from ingest.origins.codified import split_rows
from ingest.origins.listing import Listing, mirror

_SAVED_PAGES = "**/*.htm*"


class FolderSource(BaseModel):
    """A folder, or one file (a .zip, say); of a folder only what fits `glob`."""

    model_config = ConfigDict(extra="forbid")
    kind: Literal["folder"] = "folder"
    path: Path
    glob: str = ""


class SavedSite(BaseModel):
    """A folder of pages saved from a site: its pictures, scripts and styles are passed over."""

    model_config = ConfigDict(extra="forbid")
    kind: Literal["saved_site"]
    path: Path


class CodifiedRows(BaseModel):
    """Articles of the codification as JSON lines (.jsonl or .jsonl.gz), a document for each instrument."""

    model_config = ConfigDict(extra="forbid")
    kind: Literal["codified_rows"]
    name: str = Field(pattern=r"^[\w-]+$")
    path: Path


class ListingSource(BaseModel):
    """A page on the web whose links are documents."""

    model_config = ConfigDict(extra="forbid")
    kind: Literal["listing"]
    name: str = Field(pattern=r"^[\w-]+$")
    url: str = Field(pattern=r"^https?://")
    pattern: str = r"\.(pdf|docx?|xlsx?|html?|md|txt|zip)$"
    delay_seconds: float = Field(default=1.0, ge=0)


Source = Annotated[FolderSource | SavedSite | CodifiedRows | ListingSource, Field(discriminator="kind")]


class _Manifest(BaseModel):
    model_config = ConfigDict(extra="forbid")
    sources: list[Source] = Field(min_length=1)


class Place(NamedTuple):
    """Where a source's files lie now, and which of them are meant."""

    path: Path
    glob: str = ""


def load_manifest(path: Path) -> list[Source]:
    """The sources of a manifest; relative paths are beside it."""
    try:
        loaded = yaml.safe_load(path.read_text(encoding="utf-8"))
        for row in loaded["sources"] if isinstance(loaded, dict) and isinstance(loaded.get("sources"), list) else ():
            if isinstance(row, dict):
                row.setdefault("kind", "folder")
                if "path" in row:
                    row["path"] = path.parent / str(row["path"])
        return TypeAdapter(_Manifest).validate_python(loaded).sources
    except (OSError, UnicodeDecodeError, yaml.YAMLError, ValidationError) as error:
        raise ConfigurationError("manifest_unreadable", path=str(path), reason=_reason(error)) from error


def prepare(sources: list[Source], mirrors: Path) -> Iterator[Place]:
    """Bring what is elsewhere into a folder of its own below `mirrors`, and say where each source's files are."""
    for source in sources:
        if isinstance(source, FolderSource):
            yield Place(source.path, source.glob)
        elif isinstance(source, SavedSite):
            yield Place(source.path, _SAVED_PAGES)
        elif isinstance(source, CodifiedRows):
            folder = mirrors / source.name
            split_rows(source.path, folder)
            yield Place(folder)
        else:
            folder = mirrors / source.name
            mirror(Listing(source.url, source.pattern, source.delay_seconds), folder)
            yield Place(folder)


def _reason(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        return f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
    return str(error).splitlines()[0]

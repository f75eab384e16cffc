"""The mapping file of an office's own data: which sheet goes into which table, and which column into which."""

from datetime import date
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from assistant.errors import InvalidRequest

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
Text = Annotated[str, StringConstraints(min_length=1)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Source(_Part):
    """Who gave the data, and of which day they are."""

    id: Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9_]{2,39}$")]
    title: Text
    as_of: date


class Column(_Part):
    """A column of the sheet by its heading; `codes` translate what the sheet writes into the codes of the list."""

    heading: Text = Field(alias="from")
    codes: dict[str, str] = {}
    list: Name | None = Field(default=None, description="the ref_ table whose codes, names or short names are written")


class Sheet(_Part):
    """One sheet into one table. Columns that are not named are never read: names and numbers of persons stay out.

    `count` is a column that holds how many lines agree in all others: for sheets of one person a line. Rows of the
    table that agree with the new ones in `replace` are taken out first.
    """

    file: Text
    sheet: str | None = None
    into: Name
    columns: dict[Name, Column] = Field(min_length=1)
    constants: dict[Name, str | int | bool] = {}
    count: Name | None = None
    replace: tuple[Name, ...] = ()


class Mapping(_Part):
    source: Source
    sheets: tuple[Sheet, ...] = Field(min_length=1)
    most_refused: float = Field(default=0.05, ge=0, le=1, description="a larger share of bad lines loads nothing")


def read_mapping_file(path: Path) -> Mapping:
    """Read it strictly; InvalidRequest names the key that does not fit."""
    try:
        return Mapping.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidRequest("office_mapping_unreadable", path=path) from error
    except yaml.YAMLError as error:
        raise InvalidRequest("office_mapping_unreadable", path=path, detail=str(error)) from error
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"]) or "-"
        raise InvalidRequest("office_mapping_invalid", path=path, key=key, reason=first["msg"]) from error

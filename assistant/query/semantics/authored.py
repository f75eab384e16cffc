"""What people put into the model beside data sets and metrics: named filters, hierarchies, verified queries."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
Text = Annotated[str, StringConstraints(min_length=1)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class NamedFilter(_Part):
    """A condition with a name of its own: values of one dimension, or (read from elsewhere only) an expression."""

    name: Name
    label: Text
    synonyms: tuple[Text, ...] = ()
    dimension: Name | None = None
    values: tuple[Text, ...] = ()
    expression: str = ""

    @model_validator(mode="after")
    def _says_something(self) -> "NamedFilter":
        if bool(self.dimension) != bool(self.values) or not (self.dimension or self.expression):
            raise ValueError("a filter names a dimension and its values, or an expression")
        return self


class Hierarchy(_Part):
    """Dimensions from the widest to the narrowest: region, province, commune."""

    name: Name
    label: Text
    levels: tuple[Name, ...] = Field(min_length=2)


class VerifiedQuery(_Part):
    """A question with the SQL that answers it, checked by a role on a day; `onboarding` ones are suggested first."""

    name: Name
    question: Text
    sql: Text
    verified_by: Text = Field(description="the role that answers for it, never a person's name")
    verified_at: date
    system: str = Field(default="", description="the system of the founding report it belongs to")
    onboarding: bool = False

"""Steps of a flow, and the `authenticationSequence` object that applications of another system bring along.

Only the form; `FlowEntry` in document.py says where each may stand.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, Field, field_validator, model_validator

from configuration.part import LONGEST_SCRIPT, Part
from configuration.rules import Text, Word, refuse
from engine.model import LOCAL


class OptionEntry(Part):
    """One way to do a step.  authenticator: a reserved id or one of its aliases, any case."""

    authenticator: Word
    idp: Word = LOCAL

    @field_validator("idp")
    @classmethod
    def _only_local(cls, idp: str) -> str:
        if idp.upper() != LOCAL:
            raise refuse(f"the identity provider {idp!a} is not known; this version signs in with {LOCAL} only")
        return LOCAL


class StepEntry(Part):
    """A numbered step."""

    id: Annotated[int, Field(ge=1, le=1000)]
    options: Annotated[list[OptionEntry], Field(min_length=1, max_length=20)]


def _distinct(steps: list[StepEntry]) -> list[StepEntry]:
    seen: set[int] = set()
    for step in steps:
        if step.id in seen:
            raise refuse(f"two steps have the id {step.id}")
        seen.add(step.id)
    return steps


Steps = Annotated[list[StepEntry], Field(max_length=50), AfterValidator(_distinct)]
"""The steps of a flow, each id once."""


class AuthenticationSequence(Part):
    """An application's sign-in as its management API gives it.  DEFAULT means user name and password, whatever else."""

    type: Literal["DEFAULT", "USER_DEFINED"] = "USER_DEFINED"
    steps: Steps = Field(default_factory=list)
    script: Annotated[Text, Field(max_length=LONGEST_SCRIPT)] | None = None
    subject_step: Annotated[int, Field(ge=1)] | None = Field(default=None, alias="subjectStepId")
    attribute_step: Annotated[int, Field(ge=1)] | None = Field(default=None, alias="attributeStepId")
    request_path: list[Any] | None = Field(default=None, alias="requestPathAuthenticators")

    @field_validator("request_path")
    @classmethod
    def _none(cls, values: list[Any] | None) -> list[Any] | None:
        if values:
            raise refuse("request path authenticators are not supported")
        return values

    @model_validator(mode="after")
    def _has_steps(self) -> Self:
        if self.type == "USER_DEFINED" and not self.steps:
            raise refuse("an authenticationSequence of type USER_DEFINED needs steps")
        return self


_MARKS = {"type", "subjectStepId", "attributeStepId", "requestPathAuthenticators"}


def is_sequence(value: dict[str, Any]) -> bool:
    """Whether a flow is written as an `authenticationSequence` object itself, not as steps of ours."""
    return bool(_MARKS & value.keys()) or isinstance(value.get("script"), str)

"""A file that was read becomes a `Document`, or a list of problems that a person understands."""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from configuration.document import Document, FlowEntry, PushEntry
from configuration.placed import Placed
from configuration.problems import ConfigurationErrors, Problem, Where, did_you_mean, position_of
from configuration.reading import Reading

_ORGANISATION_WIDE = set(PushEntry.model_fields) | {"push", "resend_notification_time", "push_settings"}

_EXPECTED = {
    "string_type": "a text (in quotes if it looks like a number)",
    "bool_type": "true or false",
    "int_type": "a whole number",
    "list_type": "a list",
    "dict_type": "an object (key: value)",
    "model_type": "an object (key: value)",
    "model_attributes_type": "an object (key: value)",
}


def parse(reading: Reading) -> Document:
    """The document of a whole configuration file.  Raises ConfigurationErrors."""
    value = {} if reading.value is None else reading.value
    return validated(Document, value, reading)


def parse_flow_file(reading: Reading) -> list[Placed[FlowEntry]]:
    """The flows of a file that holds one flow object or a whole configuration.  Raises ConfigurationErrors."""
    value = reading.value
    if isinstance(value, dict) and (Document.model_fields.keys() & value.keys()):
        flows = validated(Document, value, reading).flows or []
        return [Placed(flow, reading, ("flows", index)) for index, flow in enumerate(flows)]
    if isinstance(value, dict) and "id" not in value:
        value = {"id": "flow", **value}
    return [Placed(validated(FlowEntry, value, reading), reading, ())]


_Model = typing.TypeVar("_Model", bound=BaseModel)


def validated(model: type[_Model], value: Any, reading: Reading) -> _Model:
    """The part of a document that *value* is.  Raises ConfigurationErrors."""
    try:
        return model.model_validate(value)
    except ValidationError as error:
        problems = [_problem(one, model, value=value, reading=reading) for one in error.errors(include_url=False)]
        raise ConfigurationErrors(problems) from None


def _problem(error: ErrorDetails, model: type[BaseModel], *, value: Any, reading: Reading) -> Problem:
    where = _where(error["loc"], value)
    position = position_of(where, reading.positions)
    return Problem(reading.name, _text(error, where, model), where, position)


def _where(loc: tuple[int | str, ...], value: Any) -> Where:
    """The place that really is in the document: without the layer that a flat sequence was wrapped into."""
    where: list[int | str] = []
    for index, key in enumerate(loc):
        inside = isinstance(value, Mapping) and key in value
        if key == "authenticationSequence" and not inside and index + 1 < len(loc):
            continue
        if key == "[key]":
            continue
        where.append(key)
        if inside or (isinstance(value, list) and isinstance(key, int) and key < len(value)):
            value = value[key]
    return tuple(where)


def _text(error: ErrorDetails, where: Where, model: type[BaseModel]) -> str:
    kind, context = error["type"], error.get("ctx", {})
    if kind == "extra_forbidden":
        return _unknown_key(where, model)
    if kind in _EXPECTED:
        return f"expected {_EXPECTED[kind]}, found {_kind_of(error.get('input'))}"
    match kind:
        case "missing":
            return "is required"
        case "rule":
            return str(context["text"])
        case "greater_than_equal":
            return f"must be at least {context['ge']}"
        case "less_than_equal":
            return f"must be at most {context['le']}"
        case "literal_error":
            return f"must be {context['expected']}"
        case "string_pattern_mismatch":
            return f"has characters or a length that this place does not take ({context['pattern']})"
    return error["msg"]


def _unknown_key(where: Where, model: type[BaseModel]) -> str:
    key = str(where[-1])
    if key in _ORGANISATION_WIDE and where[0] in {"applications", "flows"}:
        return (
            f"{key} is organisation-wide and cannot be set for one {str(where[0])[:-1]}; "
            "set it under settings.push, where it holds for all"
        )
    known = _keys_at(model, where[:-1])
    return f"unknown key{did_you_mean(key, known)}; known here: {', '.join(known)}"


def _keys_at(model: type[BaseModel], where: Where) -> list[str]:
    """The keys that the model has at that place."""
    kind: Any = model
    for key in where:
        kind = _model_in(kind)
        fields = kind.model_fields if kind is not None else {}
        kind = next((field.annotation for name, field in fields.items() if (field.alias or name) == key), kind)
    kind = _model_in(kind)
    return [field.alias or name for name, field in kind.model_fields.items()] if kind is not None else []


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """The model inside `list[Model]`, `Model | None` and the like."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if get_origin(annotation) in {list, dict, Union, types.UnionType, Annotated}:
        return next((found for inner in get_args(annotation) if (found := _model_in(inner)) is not None), None)
    return None


def _kind_of(value: Any) -> str:
    """What a value is, without saying what it holds."""
    match value:
        case None:
            return "nothing"
        case bool():
            return "true or false"
        case int() | float():
            return "a number"
        case str():
            return "a text"
        case list():
            return "a list"
    return "an object"

"""The OpenAPI 3.1 document, made of the route table and its models, so that it cannot say anything else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from http import HTTPStatus
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from configuration.document import LONGEST_SECRET
from configuration.part import LONGEST_SCRIPT
from management.examples import EXAMPLES
from management.models import Problem
from management.table import BASE, REASON, Row
from web.json_body import JSON_TYPE

PROBLEM = "application/problem+json"

Schema = dict[str, Any]

_IN_FILES_ONLY: dict[str, Schema] = {
    "Secret": {
        "description": "A secret as text; where one is stored, {stored: true} keeps it.  No answer has its text.",
        "oneOf": [
            {"type": "string", "minLength": 1, "maxLength": LONGEST_SECRET},
            {
                "type": "object",
                "properties": {"stored": {"const": True}},
                "required": ["stored"],
                "additionalProperties": False,
            },
        ],
    },
    "Script": {
        "description": "A script: its text, or the name of a template that ships.",
        "oneOf": [
            {
                "type": "object",
                "properties": {name: {"type": "string", "minLength": 1, **bounds}},
                "required": [name],
                "additionalProperties": False,
            }
            for name, bounds in (
                ("source", {"maxLength": LONGEST_SCRIPT}),
                ("template", {"pattern": "^[a-z0-9][a-z0-9-]{0,63}$"}),
            )
        ],
    },
}
"""What files and the environment have to do with is not for callers; see `configuration.sources`."""


_IN_PATH: Schema = {"type": "string", "minLength": 1, "maxLength": 255, "pattern": r"^[^\u0000-\u001f\u007f\ufffd\\]+$"}
"""What can stand in an address at all; see `web.hosts`."""


def document(rows: Sequence[Row], *, issuer: str, more: Mapping[str, Schema]) -> Schema:
    """The document.  more: calls beside the table, by address and method."""
    paths: dict[str, Schema] = {}
    for row in rows:
        paths.setdefault(BASE + row.path.replace(":path}", "}"), {})[row.method.lower()] = _operation(row)
    models = {model for row in rows for model in (row.body, row.gives) if model is not None} | {Problem}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Doorstep management API", "version": "1"},
        "servers": [{"url": issuer}],
        "paths": paths | dict(more),
        "components": {
            "schemas": _schemas(sorted(models, key=lambda model: model.__name__)),
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _schemas(models: Iterable[type[BaseModel]]) -> Schema:
    _, whole = models_json_schema(
        [(model, "validation") for model in models], ref_template="#/components/schemas/{model}"
    )
    schemas: Schema = whole["$defs"]
    schemas |= {name: schema for name, schema in _IN_FILES_ONLY.items() if name in schemas}
    for name in ("LibraryEntry", "PromptEntry"):
        if name in schemas:
            del schemas[name]["properties"]["file"]
            schemas[name]["properties"]["source"] = {"type": "string", "minLength": 1, "maxLength": LONGEST_SCRIPT}
            schemas[name]["required"] = ["name", "source"]
    return schemas


def _operation(row: Row) -> Schema:
    words = re.sub(r"[^a-z]+", " ", row.path.lower()).split()
    operation: Schema = {
        "operationId": "_".join([row.method.lower(), *words]),
        "summary": row.summary,
        "tags": [row.path.split("/")[1]],
        "parameters": [*_in_path(row), *_in_query(row), *_in_headers(row)],
        "responses": _responses(row),
        "security": [] if row.scope is None else [{"token": [row.scope]}],
    }
    if row.body is not None:
        content: Schema = {"schema": _ref(row.body)}
        if row.body.__name__ in EXAMPLES:
            content["example"] = EXAMPLES[row.body.__name__]
        operation["requestBody"] = {"required": True, "content": {row.kind: content}}
    return operation


def _in_path(row: Row) -> list[Schema]:
    return [
        {"name": name, "in": "path", "required": True, "schema": _IN_PATH}
        for name in re.findall(r"{(\w+)(?::path)?}", row.path)
    ]


def _in_query(row: Row) -> list[Schema]:
    if row.query is None:
        return []
    schema = row.query.model_json_schema()
    return [
        {"name": name, "in": "query", "required": name in schema.get("required", ()), "schema": _bare(one)}
        for name, one in schema["properties"].items()
    ]


def _bare(schema: Schema) -> Schema:
    """A parameter that may be left out is not null when it is there."""
    inner = [one for one in schema.get("anyOf", ()) if one != {"type": "null"}]
    found = inner[0] if len(inner) == 1 else schema
    return {key: value for key, value in found.items() if key not in ("title", "default")}


def _in_headers(row: Row) -> list[Schema]:
    headers: list[Schema] = []
    if row.conditional:
        told = "The ETag that was read, or *."
        headers.append(_header("If-Match", told, required=True, pattern=r'\*|"[!#-~]{1,100}"'))
    if row.creates:
        headers.append(_header("Idempotency-Key", "The same key with the same body creates once, for 24 hours."))
    if row.reasoned:
        headers.append(_header("Change-Reason", "Why; goes into the audit.", pattern=REASON))
    return headers


def _header(name: str, text: str, *, required: bool = False, pattern: str = "[!-~]{1,200}") -> Schema:
    schema = {"type": "string", "pattern": f"^({pattern})$"}
    return {"name": name, "in": "header", "required": required, "description": text, "schema": schema}


def _responses(row: Row) -> Schema:
    success: Schema = {"description": HTTPStatus(row.status).phrase}
    if row.gives is not None:
        success["content"] = {JSON_TYPE: {"schema": _ref(row.gives)}}
    if row.streams is not None:
        success["content"] = {row.streams: {"schema": {"type": "string"}}}
    return {str(row.status): success} | {str(status): _refusal(status) for status in sorted(_refusals(row))}


def _refusals(row: Row) -> set[int]:
    found = {400, 503, *row.refuses}
    if row.scope is not None:
        found |= {401, 403}
    if "{" in row.path:
        found |= {404}
    if row.body is not None:
        found |= {408, 413, 415, 422}
    if row.query is not None:
        found |= {422}
    if row.conditional:
        found |= {412, 428}
    return found | {409} if row.creates else found


def _refusal(status: int) -> Schema:
    return {
        "description": HTTPStatus(status).phrase,
        "content": {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }


def _ref(model: type[BaseModel]) -> Schema:
    return {"$ref": f"#/components/schemas/{model.__name__}"}

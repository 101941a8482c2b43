"""Draws templates that an admin wrote, in a box: they read the values given to them and nothing else, within bounds.

Jinja2 with the parts left out that can reach objects, other templates or unbounded work; what they put out is escaped.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, Literal

from jinja2 import Template, TemplateSyntaxError, Undefined, nodes, pass_context
from jinja2.exceptions import SecurityError, TemplateError
from jinja2.filters import do_round
from jinja2.runtime import Context, LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

LONGEST_TEMPLATE = 65_536
"""Characters of one template."""
LONGEST_PAGE = 262_144
"""Characters that one template may put out."""
LARGEST_DATA = 65_536
"""Characters of its values, as JSON."""
MOST_TURNS = 10_000
"""Turns that all loops of one drawing may take together."""

MOST_DIGITS = 15
"""Digits to which a number may be rounded."""

_LEFT_OUT = (
    nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport, nodes.Macro, nodes.CallBlock, nodes.FilterBlock,
    nodes.AssignBlock, nodes.Block, nodes.EvalContextModifier, nodes.ScopedEvalContextModifier,
    nodes.Call, nodes.Mul, nodes.Pow, nodes.MarkSafe, nodes.MarkSafeIfAutoescape, nodes.Concat,
)  # fmt: skip
"""Parts of Jinja2 that a template of an admin's own may not use."""
_FILTERS = (
    "abs", "capitalize", "count", "default", "e", "escape", "first", "float", "int", "last", "length", "lower", "round",
    "string", "title", "trim", "truncate", "upper",
)  # fmt: skip
_TESTS = ("defined", "undefined", "none", "string", "number", "boolean", "sequence", "mapping", "eq", "ne", "in")


class BadTemplate(ValueError):
    """A template that cannot be used; the text says where and why."""


_OF_A_LOOP = frozenset({"index", "index0", "first", "last", "length"})
_OF_JINJA = frozenset({"self", "super", "caller", "varargs", "kwargs"})
_BOUNDED, _TURNS = "bounded turns", "turns so far"
"""Names of a filter and a value that no template can write, for the space in them."""


@pass_context
def _bounded(context: Context, rows: object) -> Iterator[Any]:
    """The turns of a loop, counted over the whole drawing."""
    if not isinstance(rows, list | tuple | dict):
        raise SecurityError("a loop goes over a list or an object")
    turns = context[_TURNS]
    for row in rows:
        turns.append(None)
        if len(turns) > MOST_TURNS:
            raise SecurityError(f"the loops take more than {MOST_TURNS} turns")
        yield row


def _rounded(number: object, precision: object = 0, method: Literal["common", "ceil", "floor"] = "common") -> float:
    """`round`, without powers of ten that no number has digits for."""
    if not isinstance(number, int | float) or not isinstance(precision, int) or abs(precision) > MOST_DIGITS:
        raise SecurityError(f"round takes a number and at most {MOST_DIGITS} digits")
    return do_round(number, precision, method)


class _Box(ImmutableSandboxedEnvironment):
    """Only values, a few filters, conditions and bounded loops."""

    intercepted_binops = frozenset(["+", "%"])

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=Undefined, cache_size=64)
        self.globals.clear()
        self.filters = {name: self.filters[name] for name in _FILTERS}
        self.filters[_BOUNDED] = _bounded
        self.filters["round"] = _rounded
        self.tests = {name: self.tests[name] for name in _TESTS}

    def getattr(self, obj: Any, attribute: str) -> Any:
        """A key of what was given; never an attribute of an object."""
        return self.getitem(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """A key of an object, an index of a list, or what a loop knows of itself."""
        if isinstance(obj, LoopContext) and argument in _OF_A_LOOP:
            return getattr(obj, argument)
        if isinstance(obj, dict):
            return obj.get(argument, self.undefined(obj=obj, name=argument))
        if isinstance(obj, list | tuple) and isinstance(argument, int) and -len(obj) <= argument < len(obj):
            return obj[argument]
        return self.undefined(obj=obj, name=argument)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Numbers only: longer texts than were given cannot be made."""
        if isinstance(left, int | float) and isinstance(right, int | float):
            return left + right if operator == "+" else left % right
        raise SecurityError(f"only numbers can be taken by {operator}")


_box = _Box()


def fault_of(source: str) -> str | None:
    """What is wrong with a template, with its line, or None."""
    try:
        _compiled(source)
    except BadTemplate as error:
        return str(error)
    return None


def draw(source: str, values: Mapping[str, Any]) -> Markup:
    """The HTML of a template with these values.  Raises BadTemplate, also where it would become too much."""
    if len(json.dumps(values, default=str)) > LARGEST_DATA:
        raise BadTemplate(f"the values have more than {LARGEST_DATA} characters")
    template = _compiled(source)
    drawn: list[str] = []
    size = 0
    try:
        for part in template.generate({**values, _TURNS: []}):
            size += len(part)
            if size > LONGEST_PAGE:
                raise SecurityError(f"the page would have more than {LONGEST_PAGE} characters")
            drawn.append(part)
    except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError, NameError) as error:
        raise BadTemplate(f"the template cannot be drawn: {error}") from None
    return Markup("".join(drawn))  # noqa: S704  its values were escaped by the environment


@lru_cache(maxsize=64)
def _compiled(source: str) -> Template:
    if len(source) > LONGEST_TEMPLATE:
        raise BadTemplate(f"a template has at most {LONGEST_TEMPLATE} characters")
    try:
        tree = _box.parse(source)
        for found in tree.find_all(_LEFT_OUT):
            raise BadTemplate(f"line {found.lineno}: {type(found).__name__} is not part of these templates")
        for name in tree.find_all(nodes.Name):
            if name.name in _OF_JINJA:
                raise BadTemplate(f"line {name.lineno}: {name.name} is not part of these templates")
        for literal in tree.find_all((nodes.List, nodes.Tuple, nodes.Dict)):
            if getattr(literal, "ctx", "load") == "load" and not _is_written_out(literal):
                raise BadTemplate(f"line {literal.lineno}: a list holds only what is written in it")
        for loop in tree.find_all(nodes.For):
            if loop.recursive:
                raise BadTemplate(f"line {loop.lineno}: loops are not recursive")
            loop.iter = nodes.Filter(loop.iter, _BOUNDED, [], [], None, None, lineno=loop.lineno)
        return _box.from_string(tree)
    except TemplateSyntaxError as error:
        raise BadTemplate(f"line {error.lineno}: {error.message}") from None
    except (RecursionError, MemoryError):
        raise BadTemplate("the template is nested too deeply") from None


def _is_written_out(literal: nodes.Node) -> bool:
    """Whether no value is in it: lists of lists of values double with each line."""
    written = (nodes.Const, nodes.List, nodes.Tuple, nodes.Dict, nodes.Neg)
    return all(isinstance(part, written) for part in literal.find_all(nodes.Expr))

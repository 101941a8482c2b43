"""RegExp and RegExp.prototype (ECMA-262 §22.2.4 to §22.2.6, Annex B §B.2.4).

The flags and the source, accessors of the prototype in the standard, are answered by the value model.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dsl.library.building import add_methods, charge_text, constructor, describe
from dsl.library.regexp_exec import builtin_exec, new_regexp, regexp_test, reinitialise
from dsl.operators import arg, prototype_for, to_string
from dsl.values import REGEXP_PROTO, Obj, RegExp, Value, throw_type_error

if TYPE_CHECKING:
    from dsl.run import Run


def _call(run: Run, this: Value, args: list[Value]) -> Value:
    pattern = arg(args, 0)
    if isinstance(pattern, RegExp) and arg(args, 1) is None and pattern.get(run, "constructor") is REGEXP:
        return pattern
    return _construct(run, args, REGEXP)


def _construct(run: Run, args: list[Value], new_target: Obj) -> Value:
    proto = prototype_for(run, new_target, REGEXP_PROTO)
    source, flags = _source_and_flags(run, arg(args, 0), arg(args, 1))
    return new_regexp(run, source, flags, proto)


def _source_and_flags(run: Run, pattern: Value, flags: Value) -> tuple[str, str]:
    if isinstance(pattern, RegExp):
        return pattern.source, pattern.flags if flags is None else to_string(run, flags)
    source = "" if pattern is None else to_string(run, pattern)
    return source, "" if flags is None else to_string(run, flags)


def _regexp(run: Run, this: Value, method: str) -> RegExp:
    if isinstance(this, RegExp):
        return this
    throw_type_error(
        run, f"RegExp.prototype.{method} was called on {describe(this)}, which is not a regular expression"
    )


def _exec(run: Run, this: Value, args: list[Value]) -> Value:
    regexp = _regexp(run, this, "exec")
    return builtin_exec(run, regexp, to_string(run, arg(args, 0)))


def _test(run: Run, this: Value, args: list[Value]) -> Value:
    if not isinstance(this, Obj):
        throw_type_error(run, f"RegExp.prototype.test was called on {describe(this)}")
    return regexp_test(run, this, to_string(run, arg(args, 0)))


def _to_string(run: Run, this: Value, args: list[Value]) -> Value:
    if not isinstance(this, Obj):
        throw_type_error(run, f"RegExp.prototype.toString was called on {describe(this)}")
    source = to_string(run, this.get(run, "source"))
    flags = to_string(run, this.get(run, "flags"))
    charge_text(run, len(source) + len(flags) + 2)
    return f"/{source}/{flags}"


def _compile(run: Run, this: Value, args: list[Value]) -> Value:
    regexp = _regexp(run, this, "compile")
    if isinstance(arg(args, 0), RegExp) and arg(args, 1) is not None:
        throw_type_error(run, "Flags cannot be given when the pattern is a regular expression")
    reinitialise(run, regexp, *_source_and_flags(run, arg(args, 0), arg(args, 1)))
    return regexp


REGEXP = constructor("RegExp", 2, call=_call, construct=_construct, prototype=REGEXP_PROTO)
add_methods(
    REGEXP_PROTO,
    (
        ("compile", 2, _compile),
        ("exec", 1, _exec),
        ("test", 1, _test),
        ("toString", 0, _to_string),
    ),
)
REGEXP_PROTO.props.update(
    dict.fromkeys(("dotAll", "global", "hasIndices", "ignoreCase", "multiline", "sticky", "unicode", "unicodeSets")),
    flags="", source="(?:)",
)  # fmt: skip

"""What scripts do to values, in one place: import from here.  The definitions are in the modules imported below.

All take the run first, where they may throw, call back or cost something.
"""

from __future__ import annotations

from .arithmetic import (
    MAX_STRING,
    add,
    append,
    bit_and,
    bit_not,
    bit_or,
    bit_xor,
    concatenate,
    decrement,
    divide,
    increment,
    multiply,
    negate,
    power,
    remainder,
    shift_left,
    shift_right,
    shift_right_unsigned,
    subtract,
)
from .calls import arg, call, call_method, construct, prototype_for, require_callable
from .comparison import (
    greater,
    greater_or_equal,
    less,
    less_or_equal,
    less_than,
    loose_equals,
    same_value,
    same_value_zero,
    strict_equals,
    typeof,
)
from .conversions import (
    WHITE,
    digits_to_number,
    float_or_infinity,
    number_to_string,
    shortest_digits,
    string_to_number,
    to_int32,
    to_integer,
    to_length,
    to_number,
    to_numeric,
    to_object,
    to_primitive,
    to_property_key,
    to_string,
    to_uint32,
    truthy,
    whole,
)
from .iteration import iterable_as, iterate, spread, step
from .plain import from_plain, to_plain
from .properties import (
    copy_properties,
    delete,
    for_in_keys,
    get,
    get_named,
    has_property,
    instance_of,
    new_object,
    own_value,
    put,
    put_named,
    require_coercible,
)

__all__ = [
    "MAX_STRING", "WHITE", "add", "append", "arg", "bit_and", "bit_not", "bit_or", "bit_xor", "call", "call_method",
    "concatenate", "construct", "copy_properties", "decrement", "delete", "digits_to_number", "divide",
    "float_or_infinity", "for_in_keys", "from_plain", "get", "get_named", "greater", "greater_or_equal", "has_property",
    "increment", "instance_of", "iterable_as", "iterate", "less", "less_or_equal", "less_than", "loose_equals",
    "multiply", "negate", "new_object", "number_to_string", "own_value", "power", "prototype_for", "put", "put_named",
    "remainder", "require_callable", "require_coercible", "same_value", "same_value_zero", "shift_left", "shift_right",
    "shift_right_unsigned", "shortest_digits", "spread", "step", "strict_equals", "string_to_number", "subtract",
    "to_int32", "to_integer", "to_length", "to_number", "to_numeric", "to_object", "to_plain", "to_primitive",
    "to_property_key", "to_string", "to_uint32", "truthy", "typeof", "whole",
]  # fmt: skip

"""What random programs are made of: literals, names, the library's functions with the kinds that they take and give.

A kind is a guess, not a promise: every so often a writer puts a value of another kind in its place.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

KINDS: Final = ("num", "str", "bool", "arr", "obj", "fn", "date", "re", "map", "set", "iter", "nil")

LITERALS: Final[dict[str, tuple[str, ...]]] = {
    "num": (
        "0", "1", "2", "3", "7", "10", "-1", "-0", "0.5", "1.5", "-2.7", "NaN", "Infinity", "-Infinity", "255", "1e21",
        "1e-7", "0x1F", "0b101", "0o17", "1_000", ".5", "2147483648", "4294967295", "9007199254740991", "1e300",
        "5e-324", "123456.789",
    ),
    "str": (
        "''", "'a'", "'abc'", '"0"', "'-1'", "'1.5'", "' 12 '", "'length'", "'aXbXc'", "'x,y,,z'", "'0x10'", "'1e3'",
        "'\\u00e9\\u0130'", "'\\ud83d\\ude00b'", "'\\ud83d'", "'$&$1$`$<n>'", "'2020-01-02T03:04:05Z'", "`t`",
        "'\\n\\x41\\u{42}'", "'NaN'", "'toString'", "'b'", "'ab ab'", "'\\\n'", "'Infinity'", "'[1,{\"k\":[null,2]}]'",
    ),
    "bool": ("true", "false"),
    "arr": (
        "[]", "[1, 2, 3]", "[3, 1, 2]", "[, 1, , 2]", "['b', 'a', 'c']", "[[1, [2, [3]]], 4]", "[undefined, null, NaN]",
        "[['k', 1], ['l', 2]]", "[0, -0, '0', false]", "Object.freeze([1, 2])", "Object.seal([2, 1])", "[10, 9, 1]",
    ),
    "obj": (
        "{}", "{k: 1, l: {k: 2}}", "{length: 2, 0: 'p', 1: 'q'}", "{length: '3', 1: 5}", "{length: -1}",
        "{valueOf() { return 2 }}", "{toString() { return 'k' }}", "{valueOf() { throw new RangeError('u:v') }}",
        "{toString: null, valueOf: null}", "{toJSON() { return 5 }}", "{2: 'c', l: 'x', 1: 'b', k: 'y'}",
        "Object.create(null)", "Object.freeze({k: 1})", "Object.seal({k: 1})", "Object.preventExtensions({k: 1})",
        "new Number(3)", "new String('str')", "new Boolean(false)", "new Error('u:e')", "new TypeError('u:t')",
        "{__proto__: {k: 9, m() { return 3 }}}", "{__proto__: null, k: 1}", "{'__proto__': {l: 1}, l: 2}",
    ),
    "fn": (
        "(x => x)", "(() => {})", "(function () { return this })", "((a, b) => [b, a])",
        "(function (a) { return arguments })",
    ),
    "date": (
        "new Date(0)", "new Date(NaN)", "new Date(1577934245678)", "new Date(-1)", "new Date('2021-03-04')",
        "new Date(Date.UTC(2020, 1, 29))", "new Date(8.64e15)",
    ),
    "re": (
        "/b/", "/[a-c]/g", "/(X)|(b)/", "/(?:)/g", "/^|$/gm", "/b/y", "/(?<n>a)(b)?/i", "/./gu", "/(a+)+\\1?/",
        "/(?=(a))ab/", "/(?<=a)b/g", "/[^\\s\\d]/gi", "/\\b\\w/g", "/(?!b)[\\u00e9-\\u{1F600}]/u", "/a{1,2}?/g",
        "/,|X/", "/\\w+$/s",
    ),
    "map": ("new Map()", "new Map([['k', 1], [2, 'v']])", "new Map([[NaN, 0], [-0, 'z'], ['k', {}]])"),
    "set": ("new Set()", "new Set([1, 's', NaN, -0])", "new Set('aab')"),
    "iter": (
        "[1, 2, 3].values()", "['x', , 'y'].entries()", "'a\\ud83d\\ude00'.matchAll(/./gu)",
        "new Map([['k', 1]]).entries()",
        "new Set([1, 2]).values()", "[5, 6].keys()",
    ),
    "nil": ("undefined", "null", "(void 0)"),
}  # fmt: skip

KEYS: Final = (
    "k",
    "l",
    "m",
    "length",
    "0",
    "1",
    "2",
    "-1",
    "01",
    "x y",
    "toString",
    "name",
    "constructor",
    "4294967295",
)
"""Keys to read; those to write are the ones that change no built-in."""

WRITTEN_KEYS: Final = ("k", "l", "m", "0", "1", "2", "-1", "01", "x y", "valueOf", "toString", "toJSON", "message")

_FUNCTIONS: Final = """
str charAt num > str | str charCodeAt num > num | str codePointAt num > num | str concat any any? > str
str endsWith str num? > bool | str includes str num? > bool | str indexOf str num? > num
str lastIndexOf str num? > num
str match re > any | str matchAll re > iter | str normalize > str | str padEnd small str? > str
str padStart small str? > str | str repeat small > str | str replace re str > str | str replace re swap > str
str replace str swap > str | str replaceAll str str > str | str replaceAll str swap > str | str search re > num
str slice num num? > str | str split str num? > arr | str split re num? > arr | str startsWith str num? > bool
str substring num num? > str | str substr num num? > str | str toLowerCase > str | str toUpperCase > str
str trim > str
str trimStart > str | str trimEnd > str | str valueOf > str | str toString > str
arr concat any any? > arr | arr copyWithin num num num? > arr | arr entries > iter | arr every test > bool
arr fill any num? num? > arr | arr filter test > arr | arr find test > any | arr findIndex test > num
arr flat num? > arr | arr flatMap each > arr | arr forEach each > nil | arr includes any num? > bool
arr indexOf any num? > num | arr join str? > str | arr keys > iter | arr lastIndexOf any num? > num | arr map each > arr
arr pop > any | arr push any any? > num | arr reduce fold any? > any | arr reduceRight fold any? > any
arr reverse > arr | arr shift > any | arr slice num? num? > arr | arr some test > bool | arr sort > arr
arr sort order > arr | arr splice num num? any? any? > arr | arr toString > str | arr unshift any any? > num
arr values > iter
num toFixed digit > str | num toPrecision digit > str | num toExponential digit? > str | num valueOf > num
num toString > str
obj hasOwnProperty key > bool | obj isPrototypeOf obj > bool | obj propertyIsEnumerable key > bool | obj valueOf > obj
obj toString > str | bool toString > str | bool valueOf > bool
fn call any any? any? > any | fn apply any arr? > any | fn bind any any? any? > fn
date getTime > num | date getUTCFullYear > num | date getUTCMonth > num | date getUTCDate > num | date getUTCDay > num
date getUTCHours > num | date getUTCMinutes > num | date getUTCSeconds > num | date getUTCMilliseconds > num
date setUTCFullYear num num? num? > num | date setUTCMonth num num? > num | date setUTCDate num > num
date setUTCHours num num? num? num? > num | date setUTCMinutes num num? > num | date setUTCSeconds num > num
date setUTCMilliseconds num > num | date setTime num > num | date toISOString > str | date toJSON > str
date valueOf > num
re exec str > any | re test str > bool | re toString > str
map get key > any | map set any any > map | map has any > bool | map delete any > bool | map forEach pair > nil
map keys > iter | map values > iter | map entries > iter
set add any > set | set has any > bool | set delete any > bool | set forEach pair > nil | set values > iter
set entries > iter
iter next > obj
. Math.abs num > num | . Math.ceil num > num | . Math.floor num > num | . Math.round num > num | . Math.trunc num > num
. Math.sign num > num | . Math.sqrt num > num | . Math.max num num? num? > num | . Math.min num num? num? > num
. Math.imul num num > num | . Math.clz32 num > num | . Math.fround num > num | . Math.hypot num num? > num
. Number any > num | . parseInt str num? > num | . parseFloat str > num | . Number.isInteger any > bool
. Number.isSafeInteger any > bool | . Number.isFinite any > bool | . Number.isNaN any > bool | . isNaN any > bool
. isFinite any > bool | . String any > str | . String.fromCharCode num num? > str | . String.fromCodePoint num > str
. Boolean any > bool | . Array.isArray any > bool | . Array.of any any? any? > arr | . Array.from any > arr
. Array.from any each > arr | . Array small any? > arr | . Object.keys any > arr | . Object.values any > arr
. Object.entries any > arr | . Object.fromEntries arr > obj | . Object.assign obj any any? > obj
. Object.freeze obj > obj
. Object.seal obj > obj | . Object.preventExtensions obj > obj | . Object.isFrozen any > bool
. Object.is any any > bool
. Object.isSealed any > bool | . Object.isExtensible any > bool | . Object.create obj > obj | . Object any > obj
. JSON.stringify any any? num? > str | . JSON.stringify obj pair > str | . JSON.parse str > any
. JSON.parse str pair > any
. Date.UTC num num? num? num? > num | . encodeURIComponent any > str | . encodeURI any > str | . escape any > str
. decodeURIComponent str > str | . decodeURI str > str | . unescape str > str | . new:Date num > date
. new:Date num num num? num? > date | . new:Date str > date | . new:RegExp str str? > re | . new:Map arr > map
. new:Set any > set
. new:Array small > arr | . new:Error any > obj | . new:String any > obj | . new:Number any > obj
. Object.setPrototypeOf own obj > obj | . Object.getOwnPropertyNames obj > arr
"""


@dataclass(frozen=True, slots=True)
class LibraryCall:
    """A function of the library.  receiver: kind of its `this`, "." if it has none; optional: arguments at the end."""

    receiver: str
    name: str
    arguments: tuple[str, ...]
    optional: int
    result: str


def _read(entry: str) -> LibraryCall:
    before, _, result = entry.partition(">")
    receiver, name, *arguments = before.split()
    return LibraryCall(
        receiver,
        name,
        tuple(argument.rstrip("?") for argument in arguments),
        sum(argument.endswith("?") for argument in arguments),
        result.strip(),
    )


CALLS: Final = tuple(_read(entry) for line in _FUNCTIONS.strip().splitlines() for entry in line.split("|"))
CALLS_BY_RESULT: Final[dict[str, tuple[LibraryCall, ...]]] = {
    kind: tuple(call for call in CALLS if call.result == kind) for kind in (*KINDS, "any")
}

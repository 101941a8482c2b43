"""A compiled script, and the bounded cache of those compiled lately."""

from __future__ import annotations

import gc
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

from .base import TDZ
from .callables import SCRIPT_FILE, FunctionCode

if TYPE_CHECKING:
    from .base import Value
    from .bindings import Analysis, Scope
    from .run import Run

LANGUAGE_VERSION: Final = 1
"""Goes up when the same text would mean something else, or when ids of functions or slots are given otherwise."""

CACHE_SIZE: Final = 256
CACHE_CHARACTERS: Final = 2_000_000
"""The cache holds at most so many programs, of so much source in all."""

__all__ = ["LANGUAGE_VERSION", "SCRIPT_FILE", "Program", "compile_script"]


@dataclass(frozen=True, slots=True, eq=False)
class Program:
    """A script that can be run any number of times, by several threads at once.

    sources: its text, under "", and those of the libraries linked with it, by name; digest: sha256 (hex) of them and
    the language version.  modules: code ids of the libraries.  lexical: slots of the names that let and const
    declare at the top level; declared: numbers of those that var and function declare there; hoisted: code ids of its
    functions.  scope_sizes, scope_parents: for each scope that is a list, its length and the scope around it.
    patterns: its regular expression literals, each compiled when a run first comes to it.
    """

    sources: dict[str, str]
    digest: str
    main: Callable[[Run], Value]
    codes: tuple[FunctionCode, ...]
    lexical: dict[str, int]
    declared: dict[str, int]
    hoisted: dict[str, int]
    modules: dict[str, int]
    scope_sizes: tuple[int, ...]
    scope_parents: tuple[int, ...]
    patterns: dict[tuple[str, str], Any] = field(default_factory=dict)

    def new_top_scope(self) -> list[Any]:
        """The list of the top level before anything in it is initialised."""
        return [None] + [TDZ] * (self.scope_sizes[0] - 1)


def compile_script(
    source: str,
    libraries: Mapping[str, str] | None = None,
    *,
    traced: bool = False,
    explored: bool = False,
    max_bytes: int | None = None,
) -> Program:
    """Parse, check and compile *source*, linked with *libraries* (name to text).  Raises ScriptSyntaxError.

    traced: its runs note in `branches` which way each condition went.  explored: its operators know values that are not
    known (dsl.exploration).  max_bytes: of source as UTF-8, if it is not to
    be what scripts may have.
    """
    sources = {"": source, **dict(sorted((libraries or {}).items()))}
    digest = digest_of(sources)
    key = (digest, traced, explored, max_bytes)
    with _lock:
        program = _cache.get(key)
        if program is not None:
            _cache.move_to_end(key)
            return program
    with _collector_paused():
        program = _compile(sources, digest, traced=traced, explored=explored, max_bytes=max_bytes)
    with _lock:
        _cache[key] = program
        while len(_cache) > CACHE_SIZE or sum(map(_size, _cache.values())) > CACHE_CHARACTERS:
            _cache.popitem(last=False)
    return program


def digest_of(sources: Mapping[str, str]) -> str:
    """The identity of a script: language version and texts."""
    import hashlib  # loads OpenSSL

    digest = hashlib.sha256(f"{LANGUAGE_VERSION}\n{sources['']}".encode("utf-8", "surrogatepass"))
    for name, text in sources.items():
        if name:
            digest.update(f"\0{len(name)} {len(text)} {name}{text}".encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def _size(program: Program) -> int:
    return sum(map(len, program.sources.values()))


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Keep Python's cycle collector away: to it, a growing tree is a reason to walk all of it again and again."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _compile(
    sources: dict[str, str], digest: str, *, traced: bool, explored: bool, max_bytes: int | None
) -> Program:
    from .codegen import generate  # the compiler is loaded for the first script
    from .linking import parse_linked
    from .scopes import analyse

    program = parse_linked(sources, max_bytes)
    analysis = analyse(program)
    generated = generate(analysis, sources, traced=traced, explored=explored)
    return Program(
        sources=sources,
        digest=digest,
        main=generated.main,
        codes=generated.codes,
        lexical=_lexical(analysis),
        declared={name: number for number, name in enumerate(analysis.declared)},
        hoisted={node.name or "": analysis.by_node[node].id for node in analysis.top.scope.hoisted},
        modules={name: analysis.by_node[module].id for name, module in program.modules.items()},
        scope_sizes=tuple(scope.size for scope in analysis.lists),
        scope_parents=tuple(_parent(scope) for scope in analysis.lists),
    )


def _parent(scope: Scope) -> int:
    """The id of the nearest list around *scope*; 0, the top level, is its own."""
    return 0 if scope.parent is None else scope.parent.lists()[0].id


def _lexical(analysis: Analysis) -> dict[str, int]:
    return {name: binding.slot for name, binding in analysis.top.scope.bindings.items()}


_cache: OrderedDict[tuple[str, bool, bool, int | None], Program] = OrderedDict()
_lock = Lock()

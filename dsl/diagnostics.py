"""What to say where the text does not go on as the grammar wants: what was found and what could stand there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NoReturn

from . import lexemes
from .grammar_tables import END
from .lexer import Lexer, Token

Accepts = Callable[[str], bool]

_OUTSIDE = {
    "class": "classes are",
    "extends": "classes are",
    "import": "modules (`import`) are",
    "export": "modules (`export`) are",
    "with": "the `with` statement is",
    "enum": "enums (`enum` is a reserved word) are",
}
_WITHOUT_BEGINNING = {
    "else": "`else` without an `if` before it", "catch": "`catch` without a `try` before it",
    "finally": "`finally` without a `try` before it", "case": "`case` outside of a switch statement",
    "default": "`default` outside of a switch statement",
}  # fmt: skip
_FOREIGN_OPERATORS = {"and": "&&", "or": "||", "is": "==="}
_FOREIGN_WORDS = {
    "elif": "else if", "elseif": "else if", "elsif": "else if", "def": "function", "func": "function", "fn": "function",
    "int": "let", "string": "let", "bool": "let", "val": "const", "then": "{",
}  # fmt: skip
_CLOSERS = {")": "(", "]": "[", "}": "{"}
_KINDS = {
    "if": "a statement", "NUMBER": "an expression", "WORD": "a property name", "NAME": "a name",
}  # fmt: skip
_TEXTS = {
    "ASEMI": "`;` or a new line", ",": "`,`", ")": "`)`", "]": "`]`", "}": "`}`", ":": "`:`", "=>": "`=>`", "(": "`(`",
    "{": "`{`", "BLOCK": "`{`", ";": "`;`", "while": "`while`", "catch": "`catch`", "finally": "`finally`", ".": "`.`",
    "case": "`case`", "default": "`default`", "TEMPLATE_TAIL": "`}`", "=": "`=`",
}  # fmt: skip
_MOST = 3  # alternatives told


def complain(lexer: Lexer, accepts: Accepts) -> NoReturn:
    """Raise the ScriptSyntaxError for the token that the parser can't take.

    accepts: whether it could take a terminal instead.
    """
    token, before = lexer.found, lexer.before
    subject = _outside_of_language(lexer, token, before=before, accepts=accepts)
    if subject:
        lexer.fail(f"{subject} not part of the script language", token.start)
    for message in _special(lexer, token, accepts=accepts):
        lexer.fail(message, token.start)
    expected = _expected(accepts)
    problem = "the script ends too early" if token.kind == END else f"{_found(token)} can't stand here"
    lexer.fail(problem + (f": {expected} is expected" if expected else ""), token.start)


def _outside_of_language(lexer: Lexer, token: Token, *, before: Token, accepts: Accepts) -> str | None:
    """Return the subject and verb of "... not part of the script language", or None."""
    if token.kind in _OUTSIDE and (accepts("NUMBER") or not accepts("NAME")):
        return _OUTSIDE[token.kind]
    in_object = before.type == "WORD" or (accepts("WORD") and accepts("STRING"))
    word = before.text if before.kind == "NAME" else ""
    if token.kind == "*" and (before.kind in ("function", "yield") or in_object):
        return "generators are"
    if in_object:
        if word in ("get", "set") and _can_be_key(token):
            return "getters and setters are"
        return "async functions are" if word == "async" and _can_be_key(token) else None
    if word == "async" and (token.kind == "function" or token.kind == "NAME"):
        return "async functions are"
    if token.kind == "=>" and lexer.last_pair is not None:
        head = lexer.source[: lexer.last_pair[0].start].rstrip()
        return "async functions are" if head.endswith("async") else None
    if word == "await" or (token.text == "await" and before.kind == "for"):
        return "async functions and `await` are"
    return "generators and `yield` are" if word == "yield" else None


def _can_be_key(token: Token) -> bool:
    return token.value is not None or token.kind == "["


def _special(lexer: Lexer, token: Token, *, accepts: Accepts) -> Iterator[str]:
    """Give what can be said better than by what is expected."""
    if lexer.before.kind == "super":
        yield "`super` must be followed by `.name` or `[key]`: there are no classes"
    elif token.kind == END:
        yield from _never_closed(lexer)
    elif token.kind in _CLOSERS:
        yield from _wrong_closer(lexer, token)
    elif token.kind in _WITHOUT_BEGINNING:
        yield _WITHOUT_BEGINNING[token.kind]
    elif token.type == "ASSIGN" or (token.kind == "=" and accepts("BINARY")):
        yield f"the left side of `{token.text}` can't be assigned to: it must be a variable or a property"
    elif token.kind == "=>":
        yield "`=>` must follow a name or a list of parameters in parentheses"
    elif token.text in _FOREIGN_OPERATORS and accepts("BINARY"):
        yield f"`{token.text}` has no meaning here: write `{_FOREIGN_OPERATORS[token.text]}`"
    elif token.kind == ":" and lexer.before.kind == "NAME" and accepts("="):
        yield "`:` can't stand here: variables and parameters have no types"
    elif accepts("ASEMI") and (word := _foreign_word(lexer, token)):
        yield f"`{word}` has no meaning here: write `{_FOREIGN_WORDS[word]}`"
    elif token.kind == "TEMPLATE" and lexer.before.kind == "?.":
        yield "a template with a tag can't be part of an optional chain"
    elif (token.kind == "NAME" and lexer.before.kind == "let") or (token.kind == "const" and accepts("if")):
        keyword = "let" if token.kind == "NAME" else "const"
        yield f"a `{keyword}` declaration can't stand here: put it in a block {{ }}"
    elif token.kind in lexemes.RESERVED and accepts("NAME"):
        yield f"`{token.text}` is a reserved word and can't be a name or begin an expression"
    elif lexer.before.kind == "function" and token.kind == "(":
        yield "a function declaration needs a name; a function that is called at once stands in parentheses"


def _foreign_word(lexer: Lexer, token: Token) -> str | None:
    """Return the word of another language that *token* follows or whose line it stands in, if there is one."""
    if lexer.before.text in _FOREIGN_WORDS:
        return lexer.before.text
    begin = token.start - token.column + 1
    first = lexer.source[begin : token.start].replace("(", " ").split()[:1]
    return first[0] if first and first[0] in _FOREIGN_WORDS else None


def _never_closed(lexer: Lexer) -> Iterator[str]:
    if lexer.brackets:
        kind, opening = lexer.brackets[-1]
        name = "${" if kind == "${" else opening.kind
        yield f"the script ends, but the `{name}` at {opening.line}:{opening.column} is never closed"


def _wrong_closer(lexer: Lexer, token: Token) -> Iterator[str]:
    """Complain of a closing bracket that fits none; one that fits is not open any more."""
    if lexer.last_pair is not None and lexer.last_pair[1] is token:
        return
    if not lexer.brackets:
        yield f"there is no open `{_CLOSERS[token.kind]}` for this `{token.kind}`"
        return
    kind, opening = lexer.brackets[-1]
    opened = opening.kind if kind != "${" else "${"
    if opened != _CLOSERS[token.kind]:
        yield f"`{token.kind}` can't stand here: the `{opened}` at {opening.line}:{opening.column} is still open"


def _found(token: Token) -> str:
    match token.kind:
        case "NAME":
            return f"the name `{_short(token.text)}`"
        case "NUMBER":
            return f"the number {_short(token.text)}"
        case "STRING":
            return f"the string {_short(token.text)}"
        case "TEMPLATE" | "TEMPLATE_HEAD":
            return "a template"
    return f"`{_short(token.text)}`"


def _short(text: str) -> str:
    return text if len(text) <= 30 else text[:29] + "\u2026"


def _expected(accepts: Accepts) -> str:
    """Say what the parser could take, the general before the particular."""
    kind = next((words for terminal, words in _KINDS.items() if accepts(terminal)), None)
    if kind == "a statement":
        return kind
    texts = [words for terminal, words in _TEXTS.items() if accepts(terminal)]
    if kind is not None:
        texts = [kind, *(text for text in texts if text in ("`)`", "`]`", "`}`"))]
    elif "`;` or a new line" in texts:
        texts = ["`;` or a new line"]
    elif accepts("BINARY"):
        texts = [text for text in texts if text in ("`,`", "`)`", "`]`", "`}`", "`:`")] or ["an operator"]
    unique = list(dict.fromkeys(texts))[:_MOST]
    return " or ".join(unique) if len(unique) < 3 else f"{unique[0]}, {unique[1]} or {unique[2]}"

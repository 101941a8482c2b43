"""Text -> tokens, one at a time, each read in the light of what the parser can take at that point.

One regular expression reads lexemes in all states; only the choice between terminals of one text depends on the row of
the parser's state.  (Lark's own contextual lexer would compile a regular expression for each of some hundred sets of
terminals, and can't be asked whether a semicolon may be left out.)  Also here, because they depend on what is between
tokens: semicolon insertion (ECMA-262 12.10) with its restricted productions, open brackets, the `in` of a for head.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

from . import lexemes, lexical_faults
from .errors import ScriptSyntaxError
from .grammar_tables import END
from .lexemes import BadLexeme
from .nodes import MAX_NESTING

Row = Mapping[str, int]

_BINARY = (
    "*", "/", "%", "**", "<", ">", "<=", ">=", "==", "!=", "===", "!==", "<<", ">>", ">>>", "&", "|", "^", "&&", "||",
    "??", "instanceof", "in",
)  # fmt: skip
_ASSIGN = (
    "+=", "-=", "*=", "/=", "%=", "**=", "<<=", ">>=", ">>>=", "&=", "|=", "^=", "&&=", "||=", "??=",
)  # fmt: skip
_ROLES: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(_BINARY, ("BINARY",)),
    **dict.fromkeys(_ASSIGN, ("ASSIGN",)),
    **dict.fromkeys(("!", "~", "typeof", "void", "delete"), ("UNARY",)),
    **dict.fromkeys("+-", ("BINARY", "UNARY")),
    **dict.fromkeys(("++", "--"), ("POSTFIX", "UPDATE")),
    "{": ("BLOCK", "{"),
    "function": ("DECLARE_FUNCTION", "function"),
    "let": ("let", "NAME"),
    "of": ("NAME", "OF"),
}
"""The terminals that a text may be, where it is not the one of that name; the first that the parser takes is meant."""

_CLOSED_BY = {")": ("(", "for("), "]": ("[",), "}": ("{",)}


@dataclass(slots=True)
class Token:
    """`kind` is what the text alone tells: the terminal of a literal, NAME, the text of a reserved word or punctuator.

    `type` is the terminal.  `newline`: a line ends between it and the token before.  `value`: what it stands for.
    """

    kind: str
    text: str
    start: int
    end: int
    line: int
    column: int
    newline: bool
    type: str = ""
    value: Any = None
    begins_statement: bool = False


class Lexer:
    """One reading of one script.

    `previous` is the last token given, `before` the last of the text before that one: the last that the parser has
    shifted when it reduces.  `brackets` are the open ones as (kind, token): kind `for(` is a for head before its `;`,
    `in` or `of`, and `?` a conditional within one.  `last_pair`: the opening and the closing one closed last.
    `octals` are the places (offset, what it is) that strict code forbids.
    """

    def __init__(self, source: str) -> None:
        self.source = source
        self.previous = Token("", "", 0, 0, 1, 1, True)
        self.brackets: list[tuple[str, Token]] = []
        self.octals: list[tuple[int, str]] = []
        self.before = self.previous
        self.last_pair: tuple[Token, Token] | None = None
        self._line_starts = [0, *(found.end() for found in lexemes.LINE_END.finditer(source))]
        self._line_starts.append(len(source) + 1)
        self._line = 0
        self._at = 0
        self._ahead: Token | None = None
        if source.startswith("#!"):
            self._at = self._end_of_line(0)

    def next(self, row: Row, accepts: Callable[[str], bool]) -> Token:
        """Return the next token.

        row: of the parser's present state.  accepts: whether the parser takes a terminal now, after any reductions.
        Raises ScriptSyntaxError for text that is no token.
        """
        token = self._ahead or self._scan()
        token.type = self._terminal(token, row)
        if self._needs_semicolon(token, row, accepts=accepts):
            self._ahead = token
            end = self.previous.end
            token = Token("ASEMI", "", end, end, self.previous.line, self.previous.column, False, "ASEMI")
        else:
            self._ahead = None
            self._finish(token, row)
        if self.previous.type != "ASEMI":
            self.before = self.previous
        self.previous = token
        return token

    @property
    def found(self) -> Token:
        """The token that a complaint is about: the one for which a semicolon was put in, or the last."""
        return self._ahead or self.previous

    def fail(self, message: str, offset: int) -> NoReturn:
        """Raise a ScriptSyntaxError at *offset* of the source."""
        line, column = self.place(offset)
        raise ScriptSyntaxError(message, line, column=column, source=self.source)

    def place(self, offset: int) -> tuple[int, int]:
        """Return the line and column of *offset*, both 1-based."""
        line = bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1

    def offset(self, line: int, column: int) -> int:
        """Return the offset of a place, the inverse of `place`."""
        return self._line_starts[line - 1] + column - 1

    # --- lexemes ---

    def _scan(self) -> Token:
        """Read one lexeme; its terminal is decided later, by the parser's row."""
        before = self._line
        start = self._skip_trivia()
        newline = self._advance(start) > before or not self.previous.type
        line, column = self._line + 1, start - self._line_starts[self._line] + 1
        if start >= len(self.source):
            return Token(END, "", start, start, line, column, newline)
        found = lexemes.LEXEME.match(self.source, start)
        kind = found.lastgroup if found else None
        if found is None or kind is None:
            self.fail(lexical_faults.of_character(self.source, start), start)
        text = found.group()
        token = Token(text, text, start, found.end(), line, column, newline)
        if kind == "word":
            self._read_name(token)
        elif kind == "number":
            self._read_number(token)
        elif kind == "string":
            self._read_string(token)
        elif kind == "template" or (text == "}" and self.brackets and self.brackets[-1][0] == "${"):
            self._read_template(token)
        elif text == "/" and self.source.startswith("/*", start):
            self.fail("a comment begins here with /* and is never closed with */", start)
        self._at = token.end
        self._advance(token.end)
        return token

    def _skip_trivia(self) -> int:
        """Skip spaces and comments; `-->` begins one on a line with only comments before it (Annex B.1.1)."""
        start = self._at
        while True:
            found = lexemes.TRIVIA.match(self.source, start)
            end = found.end() if found else start
            if not self.source.startswith("-->", end):
                return end
            if self.previous.type and lexemes.LINE_END.search(self.source, self._at, end) is None:
                return end
            start = self._end_of_line(end)

    def _end_of_line(self, start: int) -> int:
        found = lexemes.REST_OF_LINE.match(self.source, start)
        return found.end() if found else start

    def _advance(self, offset: int) -> int:
        """Move the line count on to *offset* and return it."""
        while self._line_starts[self._line + 1] <= offset:
            self._line += 1
        return self._line

    def _read_name(self, token: Token) -> None:
        try:
            value = lexemes.name_value(token.text)
        except BadLexeme as bad:
            message, at = lexical_faults.of_name(token.text, bad)
            self.fail(message, token.start + at)
        token.value = value
        token.kind = token.text if token.text in lexemes.RESERVED or token.text in ("let", "of") else "NAME"

    def _read_number(self, token: Token) -> None:
        rest = lexemes.NAME_CHARACTERS.match(self.source, token.end)
        if rest and rest.group():
            message, at = lexical_faults.of_number(token.text, rest.group())
            self.fail(message, token.start + at)
        token.kind = "NUMBER"
        token.value = lexemes.number_value(token.text)
        if len(token.text) > 1 and token.text[0] == "0" and token.text[1].isdigit():
            self.octals.append((token.start, f"the number {token.text}: octal is 0o17, decimal has no leading 0"))

    def _read_string(self, token: Token) -> None:
        try:
            token.value, octal = lexemes.string_value(token.text)
        except BadLexeme as bad:
            self.fail(bad.message, token.start + 1 + bad.at)
        token.kind = "STRING"
        if octal is not None:
            self.octals.append((token.start + octal, "an octal escape: write \\x41 or \\u0041"))

    def _read_template(self, token: Token) -> None:
        """Read from the backquote, or from the `}` of a substitution, to the next `${` or the end."""
        found = lexemes.TEMPLATE_CHUNK.match(self.source, token.start + 1)
        if found is None:
            start = token.start if token.text == "`" else self.brackets[-1][1].start
            self.fail("a template begins here with ` and is never closed with `", start)
        first, last = token.text == "`", found.group(2) == "`"
        token.kind = _TEMPLATE_KINDS[first, last]
        token.text = self.source[token.start : found.end()]
        token.end = found.end()
        token.value = found.group(1)

    def _read_regexp(self, token: Token) -> None:
        found = lexemes.REGEXP_BODY.match(self.source, token.start)
        flags = found and lexemes.NAME_CHARACTERS.match(self.source, found.end())
        if found is None or flags is None:
            self.fail("a regular expression begins here with / and is not closed with / on its line", token.start)
        token.value = (found.group(1), flags.group())
        token.end = self._at = flags.end()
        token.text = self.source[token.start : token.end]

    # --- terminals ---

    def _terminal(self, token: Token, row: Row) -> str:
        """Return the terminal that *token* is to the parser in the state of *row*."""
        kind = token.kind
        if token.value is not None and "WORD" in row and kind not in _LITERALS:
            return "WORD"
        if kind not in _ROLES:
            return kind
        if kind == "in" and self.brackets and self.brackets[-1][0] == "for(":
            return "FOR_IN"
        if kind in ("/", "/=") and "REGEXP" in row and "BINARY" not in row:
            return "REGEXP"
        roles = _ROLES[kind]
        return next((role for role in roles if role in row), roles[-1])

    def _needs_semicolon(self, token: Token, row: Row, *, accepts: Callable[[str], bool]) -> bool:
        """Whether a semicolon is put in before *token* (ECMA-262 12.10.1)."""
        if not token.newline and token.type not in ("}", END):
            return False
        if token.newline:
            if self.previous.type == "throw":
                self.fail("the value to throw must begin on the line of `throw`", token.start)
            if token.type == "=>":
                self.fail("`=>` must stand on the line where the parameters end", token.start)
        if "ASEMI" not in row:
            return False
        restricted = token.type == "POSTFIX" or self.previous.type in ("return", "break", "continue")
        if token.newline and restricted and token.type != ";":
            return True
        return token.type not in row or not accepts(token.type)

    def _finish(self, token: Token, row: Row) -> None:
        """Take *token* for good: read on where its terminal has a text of its own, and keep the brackets."""
        terminal = token.type
        if terminal == "REGEXP":
            self._read_regexp(token)
        elif terminal == "NAME" and token.value in lexemes.RESERVED:
            self.fail(f"`{token.value}` is a reserved word and can't be written with an escape", token.start)
        elif terminal in ("let", "function"):
            token.begins_statement = "if" in row
            if terminal == "function" and token.begins_statement:
                self.fail("a function can't be declared here: put it in a block { }", token.start)
        elif terminal == "[" and self.previous.begins_statement and self.previous.type == "let" and "NAME" not in row:
            self.fail("a `let` declaration can't stand here: put it in a block { }", self.previous.start)
        if terminal in _KEEPS_BRACKETS:
            self._keep_brackets(token)

    def _keep_brackets(self, token: Token) -> None:
        kind, brackets = token.type, self.brackets
        if kind in ("(", "[", "{", "BLOCK", "TEMPLATE_HEAD"):
            opened = {"BLOCK": "{", "TEMPLATE_HEAD": "${"}.get(kind, kind)
            self._open("for(" if opened == "(" and self.previous.type == "for" else opened, token)
        elif not brackets:
            return
        elif kind in _CLOSED_BY:
            if brackets[-1][0] in _CLOSED_BY[kind]:
                self.last_pair = brackets.pop()[1], token
        elif kind == "TEMPLATE_TAIL" or (kind == ":" and brackets[-1][0] == "?"):
            brackets.pop()
        elif kind == "?" and brackets[-1][0] in ("for(", "?"):
            self._open("?", token)
        elif kind in (";", "FOR_IN", "OF") and brackets[-1][0] == "for(":
            brackets[-1] = ("(", brackets[-1][1])

    def _open(self, kind: str, token: Token) -> None:
        if len(self.brackets) >= MAX_NESTING:
            self.fail(f"the script is nested too deeply: more than {MAX_NESTING} brackets are open", token.start)
        self.brackets.append((kind, token))


_TEMPLATE_KINDS = {
    (True, True): "TEMPLATE",
    (True, False): "TEMPLATE_HEAD",
    (False, False): "TEMPLATE_MIDDLE",
    (False, True): "TEMPLATE_TAIL",
}
"""By whether the part is the first, and whether it is the last."""

_LITERALS = frozenset({"NUMBER", "STRING", "TEMPLATE", "TEMPLATE_HEAD", "TEMPLATE_MIDDLE", "TEMPLATE_TAIL"})
_KEEPS_BRACKETS = frozenset(
    {"(", "[", "{", "BLOCK", "TEMPLATE_HEAD", "TEMPLATE_TAIL", ")", "]", "}", "?", ":", ";", "FOR_IN", "OF"}
)

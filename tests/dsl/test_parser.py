"""Text -> tree: what is a script, what it means, and what is said when it is none."""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dsl import compile_script, evaluate, grammar_tables, nodes
from dsl.errors import ScriptSyntaxError
from dsl.parser import parse
from dsl.run import MAX_EVALUATED_BYTES

from .shapes import shape


def expression(source: str) -> Any:
    """Return the tree of *source*, one expression."""
    statement = parse(source).body[-1]
    assert isinstance(statement, nodes.ExpressionStatement)
    return statement.expression


def refusal(source: str, **limits: int) -> ScriptSyntaxError:
    """Return the error that *source* is refused with."""
    with pytest.raises(ScriptSyntaxError) as caught:
        parse(source, **limits)
    return caught.value


# --- trees ---

EXPRESSIONS = {
    "a + b * c": "(+ a (* b c))",
    "a * b + c": "(+ (* a b) c)",
    "a - b - c": "(- (- a b) c)",
    "a ** b ** c": "(** a (** b c))",
    "(a, b), c": "(Sequence [(Sequence [a b]) c])",
    "a || b && c | d ^ e & f": "(|| a (&& b (| c (^ d (& e f)))))",
    "a == b < c << d + e": "(== a (< b (<< c (+ d e))))",
    "a ?? b ?? c": "(?? (?? a b) c)",
    "a in b instanceof c": "(instanceof (in a b) c)",
    "-a * b": "(* (Unary - a) b)",
    "(-a) ** b": "(** (Unary - a) b)",
    "-(a ** b)": "(Unary - (** a b))",
    "++a ** b": "(** (Update ++ + a) b)",
    "typeof void delete a.b": "(Unary typeof (Unary void (Unary delete (Member a 'b'))))",
    "a++ + ++b": "(+ (Update ++ a) (Update ++ + b))",
    "a - -b": "(- a (Unary - b))",
    "a ? b : c ? d : e": "(Conditional a b (Conditional c d e))",
    "a = b += c": "(Assignment = a (Assignment += b c))",
    "a ||= b": "(Assignment ||= a b)",
    "a.b[c](d, ...e)": "(Call (Member (Member a 'b') c +) [d (SpreadElement e)])",
    "a.if.class": "(Member (Member a 'if') 'class')",
    "new a.b(c).d": "(Member (New (Member a 'b') [c]) 'd')",
    "new new a(b)(c)": "(New (New a [b]) [c])",
    "new a": "(New a [])",
    "new (a())()": "(New (Call a []) [])",
    "a?.b": "(Chain (Member a 'b' +))",
    "a?.[b]?.(c).d": "(Chain (Member (Call (Member a b + +) [c] +) 'd'))",
    "(a?.b).c": "(Member (Chain (Member a 'b' +)) 'c')",
    "a?.5:1": "(Conditional a 0.5 1)",
    "a => b => c": "(Function - [a] (Function - [b] c arrow +) arrow +)",
    "() => ({})": "(Function - [] (Object []) arrow +)",
    "() => {}": "(Function - [] {} arrow)",
    "(a, {b, c: d = 1}, ...[e]) => {}": (
        "(Function - [a (ObjectPattern [(PatternProperty 'b' b) (PatternProperty 'c' (AssignmentPattern d 1))] -)"
        " (RestElement (ArrayPattern [e]))] {} arrow)"
    ),
    "({a = 1}) => a": (
        "(Function - [(ObjectPattern [(PatternProperty 'a' (AssignmentPattern a 1))] -)] a arrow +)"
    ),
    "(a = 1, b) => a": "(Function - [(AssignmentPattern a 1) b] a arrow +)",
    "[a, , b.c, ...d] = e": "(Assignment = (ArrayPattern [a - (Member b 'c') (RestElement d)]) e)",
    "({a, b: {c}, ...d} = e)": (
        "(Assignment = (ObjectPattern [(PatternProperty 'a' a)"
        " (PatternProperty 'b' (ObjectPattern [(PatternProperty 'c' c)] -))] d) e)"
    ),
    "[, a, , ]": "(Array [- a -])",
    "({a, 'b': 1, 2: c, [d]: e, f() {}, ...g, if: h})": (
        "(Object [(Property 'a' a +) (Property 'b' 1) (Property 2 c) (Property d + e)"
        " (Property 'f' (Function - [] {} method) +) (SpreadElement g) (Property 'if' h)])"
    ),
    "({get: 1, set, async() {}, static: 2})": (
        "(Object [(Property 'get' 1) (Property 'set' set +) (Property 'async' (Function - [] {} method) +)"
        " (Property 'static' 2)])"
    ),
    "`a${b}c`": "(Template [(TemplateElement a a) (TemplateElement c c)] [b])",
    "`${`${a}`}`": (
        "(Template [(TemplateElement) (TemplateElement)]"
        " [(Template [(TemplateElement) (TemplateElement)] [a])])"
    ),
    "`${{a: {}}}`": "(Template [(TemplateElement) (TemplateElement)] [(Object [(Property 'a' (Object []))])])",
    "a`b`": "(TaggedTemplate a (Template [(TemplateElement b b)] []))",
    "(function a(b, c = 1) {})": "(Function a [b (AssignmentPattern c 1)] {} expression)",
    "() => new.target": "(Function - [] (NewTarget) arrow +)",
    "({a() { super.b[super[c]] }})": (
        "(Object [(Property 'a' (Function - [] {(Member (Member (Super (This)) 'b') (Member (Super (This)) c +) +)}"
        " method) +)])"
    ),
    "async": "async",
    "async(a)": "(Call async [a])",
    "let": "let",
    "x = let": "(Assignment = x let)",
    "this === null": "(=== (This) (Null))",
}


@pytest.mark.parametrize("source", EXPRESSIONS)
def test_an_expression_becomes_this_tree(source: str) -> None:
    """Precedence, grouping, chains and cover grammars."""
    wrapped = f"(function () {{ {source} }})" if "new.target" in source else source
    tree = expression(wrapped)
    if wrapped is not source:
        tree = tree.body.body[0].expression
    assert shape(tree) == EXPRESSIONS[source]


STATEMENTS = {
    "if (a) b; else if (c) d": "(If a b (If c d -))",
    "if (a) if (b) c; else d": "(If a (If b c d) -)",
    "for (;;);": "(For - - - (Empty))",
    "for (let a = 1, b; a; a++) {}": (
        "(For (VariableDeclaration let [(VariableDeclarator a 1) (VariableDeclarator b -)]) a (Update ++ a) {})"
    ),
    "for (var a in b, c);": "(ForIn (VariableDeclaration var [(VariableDeclarator a -)]) (Sequence [b c]) (Empty))",
    "for (var a = 1 in b);": "(ForIn (VariableDeclaration var [(VariableDeclarator a 1)]) b (Empty))",
    "for (const [a] of b);": (
        "(ForOf (VariableDeclaration const [(VariableDeclarator (ArrayPattern [a]) -)]) b (Empty))"
    ),
    "for (a.b of c);": "(ForOf (Member a 'b') c (Empty))",
    "for ([a.b] in c);": "(ForIn (ArrayPattern [(Member a 'b')]) c (Empty))",
    "for (var i = (a in b); c;);": "(For (VariableDeclaration var [(VariableDeclarator i (in a b))]) c - (Empty))",
    "for (var i = a ? b in c : d;;);": (
        "(For (VariableDeclaration var [(VariableDeclarator i (Conditional a (in b c) d))]) - - (Empty))"
    ),
    "for (; a in b;);": "(For - (in a b) - (Empty))",
    "for (let in a);": "(ForIn let a (Empty))",
    "for (let of of of);": "(ForOf (VariableDeclaration let [(VariableDeclarator of -)]) of (Empty))",
    "for (of of of);": "(ForOf of of (Empty))",
    "for (let = 1; ;);": "(For (Assignment = let 1) - - (Empty))",
    "do a; while (b) c": "(DoWhile a b) c",
    "do {} while (a);": "(DoWhile {} a)",
    "while (a) { break; continue }": "(While a {(Break -) (Continue -)})",
    "a: b: for (;;) { break a; continue b }": "(Labeled a (Labeled b (For - - - {(Break a) (Continue b)})))",
    "switch (a) { case b: c; default: }": "(Switch a [(SwitchCase b [c]) (SwitchCase - [])])",
    "try {} catch {}": "(Try {} - {} -)",
    "try {} catch ({a}) {} finally {}": "(Try {} (ObjectPattern [(PatternProperty 'a' a)] -) {} {})",
    "try {} finally {}": "(Try {} - - {})",
    "throw a": "(Throw a)",
    "function a(b, ...c) { return b }": "(Function a [b (RestElement c)] {(Return b)} declaration)",
    "if (a) function b() {}": "(If a (Function b [] {} declaration) -)",
    "let [a, , ...b] = c": (
        "(VariableDeclaration let [(VariableDeclarator (ArrayPattern [a - (RestElement b)]) c)])"
    ),
    "var {a, b: c = 1, [d]: e, ...f} = g": (
        "(VariableDeclaration var [(VariableDeclarator (ObjectPattern [(PatternProperty 'a' a)"
        " (PatternProperty 'b' (AssignmentPattern c 1)) (PatternProperty d + e)] f) g)])"
    ),
    "{}": "{}",
    "{ a: 1 }": "{(Labeled a 1)}",
    "debugger": "(Debugger)",
    "let: a": "(Labeled let a)",
}


@pytest.mark.parametrize("source", STATEMENTS)
def test_a_statement_becomes_this_tree(source: str) -> None:
    """Every kind of statement, and the head of every kind of loop."""
    assert shape(parse(source)) == "{" + STATEMENTS[source] + "}"


# --- semicolons, and what a slash is ---

SEMICOLONS = {
    "a\nb": "a b",
    "a\n++b": "a (Update ++ + b)",
    "a\n(b)": "(Call a [b])",
    "a\n[b]": "(Member a b +)",
    "a\n`b`": "(TaggedTemplate a (Template [(TemplateElement b b)] []))",
    "a\n/b/c": "(/ (/ a b) c)",
    "a /*\n*/ b": "a b",
    "a /* */ + b": "(+ a b)",
    "a\u2028b": "a b",
    "{ a }": "{a}",
    "{ a\n}": "{a}",
    "x = y => {}\n(z)": "(Assignment = x (Function - [y] {} arrow)) z",
    "var a\nvar b": (
        "(VariableDeclaration var [(VariableDeclarator a -)]) (VariableDeclaration var [(VariableDeclarator b -)])"
    ),
    "let\na": "(VariableDeclaration let [(VariableDeclarator a -)])",
    "let\nif (a) b": "let (If a b -)",
    "if (a) let\n{}": "(If a let -) {}",
    "do a\nwhile (b)\nc": "(DoWhile a b) c",
    "do {} while (a) b": "(DoWhile {} a) b",
    "a: for (;;) { break\na }": "(Labeled a (For - - - {(Break -) a}))",
    "for (;;) { continue\na }": "(For - - - {(Continue -) a})",
    "+{}\n/1/g": "(/ (/ (Unary + (Object [])) 1) g)",
    "{}\n/1/g": "{} (RegExp 1 g)",
    "if (a) /1/g": "(If a (RegExp 1 g) -)",
    "(a) / 1 / g": "(/ (/ a 1) g)",
    "function a() {} /1/g": "(Function a [] {} declaration) (RegExp 1 g)",
    "x = function () {} / 1": "(Assignment = x (/ (Function - [] {} expression) 1))",
    "x = y => {}\n/1/g": "(Assignment = x (Function - [y] {} arrow)) (RegExp 1 g)",
    "a++ / 1": "(/ (Update ++ a) 1)",
    "typeof /1/": "(Unary typeof (RegExp 1))",
    "a = /[/]\\//.b": "(Assignment = a (Member (RegExp [/]\\/) 'b'))",
    "a /= 1": "(Assignment /= a 1)",
    "x = /=1/": "(Assignment = x (RegExp =1))",
    "`${a}` / 1": "(/ (Template [(TemplateElement) (TemplateElement)] [a]) 1)",
}


@pytest.mark.parametrize("source", SEMICOLONS)
def test_semicolons_may_be_left_out_as_the_standard_says(source: str) -> None:
    """ECMA-262 12.10; a slash divides wherever a division can stand."""
    assert shape(parse(source)) == "{" + SEMICOLONS[source] + "}"


def test_return_takes_no_value_from_the_next_line() -> None:
    """And a semicolon there ends it, rather than being a statement of its own."""
    body = parse("function f() { return\n1 }\nfunction g() { return\n; }").body
    assert shape(body) == "[(Function f [] {(Return -) 1} declaration) (Function g [] {(Return -)} declaration)]"


@pytest.mark.parametrize(
    "source",
    ["a b", "if (a)\n", "for (a\nb\n)", "a\n=> b", "throw\na", "(a\n++b)", "if (a) b else c", "do a while (b)",
     "{ 1 2 }", "var a = 1 var b", "while (a)", "a\n? b", "x = y => {} / 1", "x = y => {} (z)"],
)  # fmt: skip
def test_a_semicolon_is_not_put_in_elsewhere(source: str) -> None:
    """Not in the head of a loop, not as an empty statement, not without a line end."""
    refusal(source)


# --- literals ---

NUMBERS: dict[str, int | float] = {
    "0": 0, "1.0": 1, "1.5": 1.5, ".5": 0.5, "5.": 5, "1e3": 1000, "1E-2": 0.01, "0x1F": 31, "0X1f": 31, "0o17": 15,
    "0b101": 5, "017": 15, "08": 8, "09.5": 9.5, "1_000": 1000, "0x_".replace("_", "f_f"): 255, "1e1_0": 10**10,
    "9007199254740992": 2**53, "9007199254740993": 9007199254740992, "9007199254740995": 9007199254740996.0,
    "0x20000000000001": 2.0**53, "1e400": float("inf"), "0x" + "f" * 300: float("inf"),
    "1" + "0" * 5000: float("inf"), "5e-324": 5e-324,
}  # fmt: skip


@pytest.mark.parametrize("source", NUMBERS)
def test_a_number_has_this_value(source: str) -> None:
    """An int where it is integral and exact, else the nearest float."""
    value = expression(source).value
    assert value == NUMBERS[source]
    assert isinstance(value, int) == (float(value).is_integer() and value <= 2**53)


STRINGS = {
    r"'a\n\t\v\b\f\r\0'": "a\n\t\v\b\f\r\0",
    r"'\x41B\u{43}'": "ABC",
    r"'\'\"\\\q'": "'\"\\q",
    "'a\\\nb\\\r\nc\\\u2028d'": "abcd",
    "'\u2028\u2029'": "\u2028\u2029",
    r"'\101\7\08\8'": "A\x07\x008" + "8",
    "'\U0001f600'": "\ud83d\ude00",
    r"'\u{1f600}'": "\ud83d\ude00",
    r"'\ud83d'": "\ud83d",
    r"'\ud83d\ude00'": "\ud83d\ude00",
    "'\ud83d'": "\ud83d",
    '"it\'s"': "it's",
    r"'\477'": "'7",
}


@pytest.mark.parametrize("source", STRINGS)
def test_a_string_has_this_value(source: str) -> None:
    """As UTF-16 code units; lone surrogates are kept."""
    assert parse(f"x = {source}").body[0].expression.value.value == STRINGS[source]  # type: ignore[union-attr]


TEMPLATES = {
    r"`a\nb`": ("a\nb", r"a\nb"),
    "`a\r\nb\rc\nd`": ("a\nb\nc\nd", "a\nb\nc\nd"),
    "`a\\\r\nb`": ("ab", "a\\\nb"),
    r"`\u{1f600}`": ("\ud83d\ude00", r"\u{1f600}"),
    r"`\0`": ("\0", r"\0"),
    r"`$ \${ $$ \``": ("$ ${ $$ `", r"$ \${ $$ \`"),
}


@pytest.mark.parametrize("source", TEMPLATES)
def test_a_template_has_these_cooked_and_raw_texts(source: str) -> None:
    """Line ends are a newline in both (ECMA-262 12.9.6)."""
    quasi = expression(source).quasis[0]
    assert (quasi.cooked, quasi.raw) == TEMPLATES[source]


@pytest.mark.parametrize("escape", [r"\x4", r"\u{", r"\u{110000}", r"\unicode", r"\1", r"\01", r"\8"])
def test_a_bad_escape_is_allowed_only_in_a_template_with_a_tag(escape: str) -> None:
    """There its cooked text is undefined (ECMA-262 12.9.6)."""
    tagged = expression(f"tag`{escape}${{a}}b`")
    assert [quasi.cooked for quasi in tagged.quasi.quasis] == [None, "b"]
    assert tagged.quasi.quasis[0].raw == escape
    refusal(f"`{escape}${{a}}b`")


NAMES = {
    "ünï": "ünï", r"\u0061b": "ab", r"\u{61}b": "ab", "$_1": "$_1", "a\u200d": "a\u200d", "\U0001d4b3": "\ud835\udcb3",
    r"\u{1d4b3}": "\ud835\udcb3", "\u2118": "\u2118", "a\u00b7": "a\u00b7", "\U000323af": "\ud888\udfaf",
    "\U0003d000": "\ud8b4\udc00", "a\u05c8": "a\u05c8",
}  # fmt: skip


@pytest.mark.parametrize("source", NAMES)
def test_a_name_may_be_written_so(source: str) -> None:
    """Unicode 18 on every Python; escapes stand for their characters."""
    assert expression(source).name == NAMES[source]


COMMENTS = {
    "#!/usr/bin/env x\na": "a",
    "\ufeffa": "a",
    "a // b\nc": "a c",
    "a // b\u2028c": "a c",
    "a <!-- b\nc": "a c",
    "--> a\nb": "b",
    "a\n/* */ --> b\nc": "a c",
    "/*\n*/ --> a\nb": "b",
    "a /*\n*/ --> b": "a",
    "a --> b": "(> (Update -- a) b)",
    "a\u00a0+\u3000\ufeffb\v\f": "(+ a b)",
}


@pytest.mark.parametrize("source", COMMENTS)
def test_comments_and_spaces_are_skipped(source: str) -> None:
    """HTML-like comments and a hashbang too (ECMA-262 12.2 to 12.5, Annex B.1.1)."""
    assert shape(parse(source)) == "{" + COMMENTS[source] + "}"


# --- what a node knows besides ---


def test_nodes_know_their_places_in_lines_and_columns() -> None:
    """Columns count characters; each of the four line ends begins a line."""
    body = parse("a\r\nb\rc\u2028  d\n\U0001f600".replace("\U0001f600", "'\U0001f600', e")).body
    places = [(statement.line, statement.column) for statement in body]
    assert places == [(1, 1), (2, 1), (3, 1), (4, 3), (5, 1)]
    assert [(part.line, part.column) for part in body[4].expression.expressions] == [(5, 1), (5, 6)]  # type: ignore[union-attr]


def test_an_error_in_a_member_or_a_call_is_shown_at_the_property() -> None:
    """In a long chain the beginning would not say which link failed."""
    call = expression("a.b\n  .c()")
    assert (call.line, call.column) == (2, 4)
    assert (call.callee.line, call.callee.column) == (2, 4)


def test_a_function_knows_its_text() -> None:
    """`source[start:end]` is what toString gives."""
    source = "x = { m(a) { return a } }; y = (a, b) => a + b ; function f() {} z = a=>({})"
    assert [source[node.start : node.end] for node in _functions(parse(source))] == [
        "m(a) { return a }", "(a, b) => a + b", "function f() {}", "a=>({})",
    ]  # fmt: skip


def _functions(node: Any) -> list[nodes.Function]:
    if isinstance(node, list):
        return [found for part in node for found in _functions(part)]
    if not isinstance(node, nodes.Node):
        return []
    own = [node] if isinstance(node, nodes.Function) else []
    return own + [found for name in node.__match_args__ for found in _functions(getattr(node, name))]


def test_strictness_comes_from_directives_and_from_outside() -> None:
    """A directive is the literal alone, as it is written, at the beginning."""
    program = parse("'a'; 'use strict'; function f() {}")
    assert program.strict
    assert program.body[2].strict  # type: ignore[union-attr]
    assert not parse("('use strict')").strict
    assert not parse(r"'use\x20strict'").strict
    assert not parse("'use strict' + 1").strict
    assert not parse("a; 'use strict'").strict
    assert [function.strict for function in _functions(parse("function f() { 'use strict'; () => 1 } () => 1"))] == [
        True, True, False,
    ]  # fmt: skip


def test_a_name_in_parentheses_is_marked_as_a_target() -> None:
    """An anonymous function assigned to it gets no name (ECMA-262 13.15.2)."""
    assert expression("(a) = 1").target.parenthesized
    assert not expression("a = 1").target.parenthesized


# --- refusals ---

MESSAGES = {
    "let x = ": ("the script ends too early: an expression is expected", 1, 9),
    "f(1 2)": ("the number 2 can't stand here: `,` or `)` is expected", 1, 5),
    "a = [1, 2 3]": ("the number 3 can't stand here: `,` or `]` is expected", 1, 11),
    "a b": ("the name `b` can't stand here: `;` or a new line is expected", 1, 3),
    "f({a: 1)": ("`)` can't stand here: the `{` at 1:3 is still open", 1, 8),
    "f(1,\n  2": ("the script ends, but the `(` at 1:2 is never closed", 2, 4),
    "a }": ("there is no open `{` for this `}`", 1, 3),
    "x = {}}": ("there is no open `{` for this `}`", 1, 7),
    "if x": ("the name `x` can't stand here: `(` is expected", 1, 4),
    "else a": ("`else` without an `if` before it", 1, 1),
    "a +\n= b": ("`=` can't stand here: an expression is expected", 2, 1),
    "a + b = c": ("the left side of `=` can't be assigned to: it must be a variable or a property", 1, 7),
    "1 = 2": ("the left side of `=` can't be assigned to: it must be a variable or a property", 1, 1),
    "var if": ("`if` is a reserved word and can't be a name or begin an expression", 1, 5),
    r"v\u0061r a": ("`var` is a reserved word and can't be written with an escape", 1, 1),
    "function () {}": ("a function declaration needs a name; a function that is called at once stands in paren", 1, 10),
    "while (a) function b() {}": ("a function can't be declared here: put it in a block { }", 1, 11),
    "if (a) let b": ("a `let` declaration can't stand here: put it in a block { }", 1, 12),
    "if (a) const b = 1": ("a `const` declaration can't stand here: put it in a block { }", 1, 8),
    "if (a) let [b] = 1": ("a `let` declaration can't stand here: put it in a block { }", 1, 8),
    "throw\na": ("the value to throw must begin on the line of `throw`", 2, 1),
    "'abc\n'": ("a string begins here with ' and is not closed with ' on its line", 1, 1),
    "a\n`b${c": ("the script ends, but the `${` at 2:1 is never closed", 2, 6),
    "x = /b": ("a regular expression begins here with / and is not closed with / on its line", 1, 5),
    "/* a": ("a comment begins here with /* and is never closed with */", 1, 1),
    "a = \u201cb\u201d": ("`\u201c` (U+201C) is no quote of the language: use ' or \"", 1, 5),
    "a # b": ("`#` has no meaning here", 1, 3),
    "a\x00": ("the character U+0000 has no meaning here", 1, 2),
    "3px": ("`px` can't follow a number directly", 1, 2),
    "1__0": ("`_` in a number may only stand between two digits", 1, 2),
    "0x": ("digits are missing or wrong after 0x", 1, 2),
    r"'\u00g0'": (r"the escape \u needs hexadecimal digits, as in \u0041 or \u{41}", 1, 2),
    "a and b": ("`and` has no meaning here: write `&&`", 1, 3),
    "elif (a) {}": ("`elif` has no meaning here: write `else if`", 1, 10),
    "var a: string": ("`:` can't stand here: variables and parameters have no types", 1, 6),
    "try {}": ("the script ends too early: `catch` or `finally` is expected", 1, 7),
    "switch (a) { b }": ("the name `b` can't stand here: `}`, `case` or `default` is expected", 1, 14),
    "()": ("the script ends too early: `=>` is expected", 1, 3),
}


@pytest.mark.parametrize("source", MESSAGES)
def test_a_refusal_says_what_was_found_and_what_is_expected(source: str) -> None:
    """In plain words, at the place itself."""
    text, line, column = MESSAGES[source]
    error = refusal(source)
    assert error.message.startswith(text)
    assert (error.line, error.column) == (line, column)


OUTSIDE = {
    "class A {}": "classes", "x = class {}": "classes", "import a from 'b'": "modules",
    "import('a')": "modules", "export const a = 1": "modules", "with (a) {}": "`with`", "10n": "BigInt",
    "0xfn": "BigInt", "async function f() {}": "async", "async () => 1": "async", "x = async a => 1": "async",
    "({async a() {}})": "async", "await a": "await", "for await (a of b);": "await", "function* a() {}": "generators",
    "x = function* () {}": "generators", "({*a() {}})": "generators", "yield a": "yield", "({get a() {}})": "getters",
    "({set 'a'(b) {}})": "setters", "({get [a]() {}})": "getters", "@a class B {}": "decorators",
    "a.#b": "private names", "enum A {}": "enum",
}  # fmt: skip


@pytest.mark.parametrize("source", OUTSIDE)
def test_what_is_left_out_of_the_language_is_named(source: str) -> None:
    """The author of a script knows the feature exists; the message says that it does not exist here."""
    error = refusal(source)
    assert OUTSIDE[source] in error.message
    assert "not part of the script language" in error.message
    assert error.code == "syntax"


# --- limits ---

HOSTILE = {
    "parentheses": "(" * 100_000, "brackets": "[" * 100_000, "braces": "{" * 100_000, "objects": "({a:" * 30_000,
    "members": "a" + ".b" * 100_000, "calls": "a" + "()" * 100_000, "not": "!" * 100_000 + "a",
    "minus": "- " * 50_000 + "a", "arrows": "x=>" * 100_000 + "1", "templates": "`${" * 50_000,
    "ifs": "if(1)" * 100_000 + ";", "assignments": "a=" * 50_000, "else ifs": "if(1);else " * 50_000 + ";",
    "sums": "1" + "+1" * 100_000, "powers": "2" + "**2" * 50_000, "conditions": "a?b:" * 50_000 + "c",
    "functions": "function f(){" * 20_000, "news": "new " * 50_000 + "a", "labels": "a:" * 50_000,
    "patterns": "[" * 199 + "a" + "]" * 199 + "=b", "commas": "1" + ",1" * 50_000,
    "defaults": "(a=" * 199 + "1" + ")=>1" * 199, "regexps": "/" + "(" * 50_000 + "/", "comments": "/*" * 50_000,
    "spaces": " " * 100_000, "names": "a" * 100_000, "stars": "/" + "*" * 100_000, "digits": "1" * 100_000,
}  # fmt: skip


@pytest.mark.parametrize("kind", HOSTILE)
def test_no_text_exhausts_the_parser(kind: str) -> None:
    """However nested or long: a tree or a ScriptSyntaxError, never a RecursionError."""
    with suppress(ScriptSyntaxError):
        assert isinstance(parse(HOSTILE[kind], max_bytes=10_000_000), nodes.Program)


def test_a_script_has_a_size_limit() -> None:
    """64 KiB of UTF-8 unless the caller says otherwise."""
    assert "larger than 65536 bytes" in refusal("\u20ac" * 30_000).message
    assert parse(" " * 65_536).body == []
    assert "larger than 10 bytes" in refusal("a" * 11, max_bytes=10).message


def test_evaluate_takes_longer_texts_than_a_script_may_have() -> None:
    """Its caller is a program of its own; what evaluate has compiled does not become a script."""
    source = "/*" + " " * 65_536 + "*/ 5"
    assert evaluate(source) == 5
    with pytest.raises(ScriptSyntaxError):
        compile_script(source)
    with pytest.raises(ScriptSyntaxError):
        evaluate(" " * (MAX_EVALUATED_BYTES + 1))


@pytest.mark.parametrize(
    "source",
    ["1" + "+1" * 500, "a" + ".b" * 500, "a" + "()" * 500, "a" + "&&a" * 500, "if(1);" + "else if(1);" * 499 + "else;"],
)
def test_long_chains_are_fine(source: str) -> None:
    """Hundreds of operators, members or `else if` are no nesting."""
    parse(source)


WORDS = (
    "a b 1 's' /r/g `t` `${ }` ( ) [ ] { } , ; : ? . ?. ... => + - / ** ++ ! < = += ?? \n var let const if else for "
    "while do function return break throw try catch switch case new this typeof in of async get yield () {} '\\ /* "
    "<!-- @ \\u0061"
)


@given(st.lists(st.sampled_from(WORDS.split(" ")), max_size=12))
@settings(max_examples=300, derandomize=True)
def test_any_text_is_a_script_or_a_script_syntax_error(words: list[str]) -> None:
    """No other exception ever leaves the parser."""
    source = " ".join(words)
    try:
        assert isinstance(parse(source), nodes.Program)
    except ScriptSyntaxError:
        assert refusal(source).excerpt()


# --- the tables ---


def test_the_saved_tables_are_those_of_the_grammar() -> None:
    """`python -m dsl.grammar_tables` was run after the last change."""
    assert grammar_tables.load() == grammar_tables.build(grammar_tables.GRAMMAR.read_text(encoding="utf-8"))
    assert grammar_tables.is_current()


def test_no_state_takes_both_an_operator_and_an_operand() -> None:
    """Else the lexer could not tell a division from a regular expression."""
    for row in grammar_tables.load().rows:
        assert not ("BINARY" in row and "REGEXP" in row)
        assert not ("POSTFIX" in row and "UPDATE" in row)


def test_parsing_does_not_import_the_parser_generator() -> None:
    """Its tables are saved, so that a process begins quickly."""
    code = "import sys, dsl.parser; dsl.parser.parse('a'); sys.exit('lark' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("var a = \u201cx\u201d;", "quote"),
        ("var a\u201d = 1;", "quote"),
        ("var ab\u2026c = 1;", "\u2026"),
        ("var n\u00d7 = 1;", "\u00d7"),
    ],
)
def test_a_character_from_a_word_processor_is_named(source: str, told: str) -> None:
    """Typographic quotes and signs that no name may hold."""
    with pytest.raises(ScriptSyntaxError) as error:
        parse(source)
    assert told in error.value.message

"""Member access, calls, new, delete, optional chains, tagged templates.

A chain `a.b().c` is written link by link from its head; every few links a temporary holds the value, so that its length
does not become depth.  For a call the callee is looked up before the arguments are evaluated, as the standard asks.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from typing import TypeAlias

from .. import nodes
from .build import At, at, const, either, last, list_, name, walrus, with_run
from .expressions import described, spread, super_with
from .operations import nullish
from .writer import CHAIN, Writer, writes

Link: TypeAlias = nodes.MemberExpression | nodes.CallExpression | nodes.TaggedTemplate


@dataclass(slots=True)
class Chain:
    """A chain being written.  value: what it is so far; this: the temporary with the object of the last member.

    steps: assignments to be made before; exits: the tests of `?.`, each with the steps before it.
    """

    value: ast.expr
    this: str | None = None
    steps: list[ast.expr] = field(default_factory=list)
    exits: list[tuple[list[ast.expr], ast.expr]] = field(default_factory=list)

    def hold(self, temp: str, place: At) -> None:
        """Put the value so far into *temp*."""
        self.steps.append(walrus(temp, self.value, place))
        self.value = name(temp, place)

    def leave_if(self, test: ast.expr) -> None:
        """Here the chain ends with undefined if *test* holds."""
        self.exits.append((self.steps, test))
        self.steps = []

    def finished(self, value: ast.expr, place: At, short: object = None) -> ast.expr:
        """The whole as one expression."""
        written = last([*self.steps, value], place)
        for steps, test in reversed(self.exits):
            written = last([*steps, either(test, const(short, place), written, place)], place)
        return written


@writes(nodes.MemberExpression, nodes.CallExpression, nodes.TaggedTemplate)
def _chain(writer: Writer, node: Link) -> ast.expr:
    chain = follow(writer, node)
    return chain.finished(chain.value, at(node))


@writes(nodes.ChainExpression)
def _optional_chain(writer: Writer, node: nodes.ChainExpression) -> ast.expr:
    return writer.expression(node.expression)


def follow(writer: Writer, node: nodes.Expression, *, keep_this: bool = False) -> Chain:
    """Write the links of *node*.  keep_this: afterwards `this` of the chain is the object of its last member."""
    links: list[Link] = []
    head = node
    while isinstance(head, nodes.MemberExpression | nodes.CallExpression | nodes.TaggedTemplate):
        links.append(head)
        head = _inner(head)
    links.reverse()
    chain = _head(writer, head, links)
    since = 0
    for link, following in zip(links, [*links[1:], None], strict=False):
        wanted = keep_this if following is None else not isinstance(following, nodes.MemberExpression)
        _link(writer, chain, link, wanted)
        since += 1
        if since >= CHAIN and following is not None and not wanted:
            chain.hold(writer.temp(), at(link))
            since = 0
    return chain


def _inner(link: Link) -> nodes.Expression:
    match link:
        case nodes.MemberExpression():
            return link.object
        case nodes.CallExpression():
            return link.callee
    return link.tag


def _head(writer: Writer, head: nodes.Expression, links: list[Link]) -> Chain:
    """The first value.  A parenthesised optional chain that is called keeps its `this`."""
    called = bool(links) and not isinstance(links[0], nodes.MemberExpression)
    if called and isinstance(head, nodes.ChainExpression):
        inner = follow(writer, head.expression, keep_this=True)
        if inner.this is not None:
            writer.late.append(inner.this)
        return Chain(inner.finished(inner.value, at(head)), this=inner.this)
    return Chain(writer.expression(head))


def _link(writer: Writer, chain: Chain, link: Link, wanted: bool) -> None:
    """Add one link; wanted: a call follows that needs the object."""
    place = at(link)
    if not isinstance(link, nodes.TaggedTemplate) and link.optional:
        temp = writer.temp()
        test = nullish(writer, chain.value, place, temp)
        chain.leave_if(test)
        chain.value = name(temp, place)
    match link:
        case nodes.MemberExpression():
            base = chain.value
            chain.this = writer.temp() if wanted else None
            if chain.this is not None and isinstance(link.object, nodes.Super):
                receiver = walrus(chain.this, writer.expression(link.object.receiver), place)
                base = super_with(writer, link.object, receiver)
            elif chain.this is not None:
                base = walrus(chain.this, base, place)
            chain.value = member(writer, base, link)
        case nodes.CallExpression():
            args = list_([spread(writer, argument) for argument in link.arguments], place)
            _call(chain, args, place, described(link.callee))
        case nodes.TaggedTemplate():
            _call(chain, _template_arguments(writer, link), place, described(link.tag))


def _call(chain: Chain, args: ast.expr, place: At, what: str) -> None:
    this = const(None, place) if chain.this is None else name(chain.this, place)
    chain.value = with_run("call", [chain.value, this, args, const(what, place)], place)
    chain.this = None


def member(writer: Writer, base: ast.expr, node: nodes.MemberExpression) -> ast.expr:
    """base.name or base[key]."""
    place = at(node)
    fixed = fixed_name(node)
    if fixed is not None:
        return with_run("get_named", [base, const(fixed, place)], place)
    return with_run("get", [base, writer.expression(node.property)], place)


def fixed_name(node: nodes.MemberExpression) -> str | None:
    """The name of a member that is written in the text, if it is."""
    return node.property.value if isinstance(node.property, nodes.StringLiteral) else None


def _template_arguments(writer: Writer, node: nodes.TaggedTemplate) -> ast.expr:
    place = at(node)
    quasis = node.quasi.quasis
    site = const(len(writer.unit.template_sites), place)
    writer.unit.template_sites.append(node)
    strings = with_run(
        "template_object",
        [site, const(tuple(q.cooked for q in quasis), place), const(tuple(q.raw for q in quasis), place)],
        place,
    )
    return list_([strings, *(writer.expression(expression) for expression in node.quasi.expressions)], place)


@writes(nodes.NewExpression)
def _new(writer: Writer, node: nodes.NewExpression) -> ast.expr:
    place = at(node)
    callee = writer.expression(node.callee)
    args = list_([spread(writer, argument) for argument in node.arguments], place)
    return with_run("construct", [callee, args, const(None, place), const(described(node.callee), place)], place)


def delete(writer: Writer, node: nodes.UnaryExpression) -> ast.expr:
    """delete argument."""
    place = at(node)
    argument = node.argument
    if isinstance(argument, nodes.ChainExpression):
        argument = argument.expression
    if isinstance(argument, nodes.MemberExpression):
        return _delete_member(writer, argument, place)
    if isinstance(argument, nodes.Identifier):
        if writer.unit.analysis.references[argument].binding is not None:
            return const(False, place)
        return with_run("delete", [_global(place), const(argument.name, place), const(False, place)], place)
    return last([writer.expression(argument), const(True, place)], place)


def _delete_member(writer: Writer, node: nodes.MemberExpression, place: At) -> ast.expr:
    chain = follow(writer, node.object)
    if node.optional:
        temp = writer.temp()
        chain.leave_if(nullish(writer, chain.value, place, temp))
        chain.value = name(temp, place)
    deleted = with_run("delete", [chain.value, writer.expression(node.property), const(writer.strict, place)], place)
    return chain.finished(deleted, place, short=True)


def _global(place: At) -> ast.expr:
    return ast.Attribute(name("run", place), "global_object", ast.Load(), **place)

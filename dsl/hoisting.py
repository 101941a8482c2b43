"""Which names statements declare: lexically, by var, and by functions in blocks (ECMA-262 8.2, Annex B.3.3)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields

from . import nodes


@dataclass(slots=True)
class Hoisted:
    """vars: names declared by var, in order.  functions: declarations at the top of the function.  annex: functions in
    blocks of sloppy code that also make a variable.
    """

    vars: dict[str, None] = field(default_factory=dict)
    functions: list[nodes.Function] = field(default_factory=list)
    annex: list[nodes.Function] = field(default_factory=list)


def names_of(pattern: nodes.Pattern | nodes.Expression) -> Iterator[nodes.Identifier]:
    """The identifiers that a binding pattern binds, in order."""
    match pattern:
        case nodes.Identifier():
            yield pattern
        case nodes.AssignmentPattern():
            yield from names_of(pattern.target)
        case nodes.RestElement():
            yield from names_of(pattern.argument)
        case nodes.ArrayPattern():
            for element in pattern.elements:
                if element is not None:
                    yield from names_of(element)
        case nodes.ObjectPattern():
            for item in pattern.properties:
                yield from names_of(item.value)
            if pattern.rest is not None:
                yield from names_of(pattern.rest)


def has_expressions(pattern: nodes.Pattern) -> bool:
    """Whether a parameter contains a default or a computed key (ContainsExpression, 15.1.2)."""
    match pattern:
        case nodes.AssignmentPattern():
            return True
        case nodes.RestElement():
            return has_expressions(pattern.argument)
        case nodes.ArrayPattern():
            return any(element is not None and has_expressions(element) for element in pattern.elements)
        case nodes.ObjectPattern():
            rest = pattern.rest is not None and has_expressions(pattern.rest)
            return rest or any(item.computed or has_expressions(item.value) for item in pattern.properties)
    return False


def unlabelled(statement: nodes.Statement) -> nodes.Statement:
    """*statement* without the labels before it."""
    while isinstance(statement, nodes.LabeledStatement):
        statement = statement.body
    return statement


def lexical_declarations(statements: Iterable[nodes.Statement]) -> Iterator[nodes.VariableDeclaration]:
    """The let and const declarations directly among *statements*."""
    for statement in statements:
        if isinstance(statement, nodes.VariableDeclaration) and statement.kind != "var":
            yield statement


def functions_in(statements: Iterable[nodes.Statement]) -> list[nodes.Function]:
    """The function declarations directly among *statements*."""
    bare = (unlabelled(statement) for statement in statements)
    return [statement for statement in bare if isinstance(statement, nodes.Function)]


def declared_names(declaration: nodes.VariableDeclaration) -> Iterator[str]:
    """The names that one declaration declares."""
    for declarator in declaration.declarations:
        for identifier in names_of(declarator.id):
            yield identifier.name


def hoist(body: list[nodes.Statement], strict: bool, parameters: frozenset[str]) -> Hoisted:
    """What the body of a function, or a script, declares for the whole of it."""
    found = Hoisted(functions=functions_in(body))
    taken = frozenset(name for declaration in lexical_declarations(body) for name in declared_names(declaration))
    todo: list[tuple[nodes.Statement, frozenset[str]]] = [(statement, taken) for statement in reversed(body)]
    while todo:
        statement, blocked = todo.pop()
        if isinstance(statement, nodes.VariableDeclaration):
            if statement.kind == "var":
                found.vars.update(dict.fromkeys(declared_names(statement)))
        elif isinstance(statement, nodes.Function):
            continue
        else:
            for inner, names in reversed(list(_blocks(statement))):
                if not strict:
                    _annex(inner, blocked | names, parameters=parameters, found=found)
                inside = blocked | names | _lexical(inner)
                todo.extend((child, inside) for child in reversed(inner))
    return found


def _annex(
    block: list[nodes.Statement], blocked: frozenset[str], *, parameters: frozenset[str], found: Hoisted
) -> None:
    own = frozenset(name for declaration in lexical_declarations(block) for name in declared_names(declaration))
    for function in functions_in(block):
        if function.name is not None and function.name not in blocked | own | parameters:
            found.annex.append(function)


def _lexical(block: list[nodes.Statement]) -> frozenset[str]:
    names = {name for declaration in lexical_declarations(block) for name in declared_names(declaration)}
    return frozenset(names | {function.name for function in functions_in(block) if function.name})


def _blocks(statement: nodes.Statement) -> Iterator[tuple[list[nodes.Statement], frozenset[str]]]:
    """The lists of statements in *statement*, each with the names that its head declares around them."""
    nothing: frozenset[str] = frozenset()
    match statement:
        case nodes.BlockStatement():
            yield statement.body, nothing
        case nodes.IfStatement():
            yield [statement.consequent], nothing
            if statement.alternate is not None:
                yield [statement.alternate], nothing
        case nodes.ForStatement():
            yield from _loop(statement.init, statement.body)
        case nodes.ForInStatement() | nodes.ForOfStatement():
            yield from _loop(statement.left, statement.body)
        case nodes.LabeledStatement() if isinstance(unlabelled(statement), nodes.Function):
            return
        case nodes.WhileStatement() | nodes.DoWhileStatement() | nodes.LabeledStatement():
            yield [statement.body], nothing
        case nodes.SwitchStatement():
            yield [child for case in statement.cases for child in case.consequent], nothing
        case nodes.TryStatement():
            yield statement.block.body, nothing
            if statement.handler is not None:
                yield statement.handler.body, _catch_names(statement.param)
            if statement.finalizer is not None:
                yield statement.finalizer.body, nothing


def _loop(
    head: nodes.VariableDeclaration | nodes.Expression | nodes.Pattern | None, body: nodes.Statement
) -> Iterator[tuple[list[nodes.Statement], frozenset[str]]]:
    if isinstance(head, nodes.VariableDeclaration):
        if head.kind != "var":
            yield [body], frozenset(declared_names(head))
            return
        yield [head], frozenset()
    yield [body], frozenset()


def _catch_names(param: nodes.Pattern | None) -> frozenset[str]:
    """A plain catch parameter does not stand in the way of a variable (Annex B.3.4), a pattern does."""
    if param is None or isinstance(param, nodes.Identifier):
        return frozenset()
    return frozenset(identifier.name for identifier in names_of(param))


def as_block(statement: nodes.Statement) -> nodes.Statement:
    """A function declaration as the branch of an if stands in a block of its own (Annex B.3.3)."""
    if isinstance(unlabelled(statement), nodes.Function):
        return nodes.BlockStatement(statement.line, statement.column, [statement])
    return statement


_FIELDS: dict[type[nodes.Node], tuple[str, ...]] = {}


def _fields(kind: type[nodes.Node]) -> tuple[str, ...]:
    """The fields of a class of nodes that may hold nodes."""
    if kind not in _FIELDS:
        _FIELDS[kind] = tuple(field.name for field in fields(kind) if field.name not in ("line", "column"))
    return _FIELDS[kind]


def children(node: nodes.Node) -> list[nodes.Node]:
    """The nodes directly in *node*, in order.  The names asked for are those of our own node classes."""
    found: list[nodes.Node] = []
    for name in _fields(type(node)):
        value = getattr(node, name)
        if isinstance(value, nodes.Node):
            found.append(value)
        elif isinstance(value, list):
            found.extend(child for child in value if isinstance(child, nodes.Node))
    return found

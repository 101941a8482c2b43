"""A function of the script as Python `def f7(run, fn, this, args, new)`, the script itself as `main(run)`."""

from __future__ import annotations

import ast

from .. import nodes
from ..bindings import Binding, FunctionInfo, Scope
from .build import At, assign_name, at, attribute, const, define, do, equal, helper, item, name, pay_memory, with_run
from .loops import fuel
from .statements import closure, statements, take_apart
from .writer import CONSTANTS, SLOT_BYTES, Unit, Writer

_FREE_FRAME = 128
"""A frame of so few slots is not charged: no more of them can be alive than calls are nested."""

PARAMETERS = ("run", "fn", "this", "args", "new")


def write_function(unit: Unit, info: FunctionInfo) -> ast.stmt:
    """The Python function for *info*."""
    node = info.node
    assert node is not None
    writer = Writer(unit, info)
    _receivers(writer, node)
    _parameters(writer, node)
    _variables(writer, node)
    if isinstance(node.body, nodes.BlockStatement):
        statements(writer, node.body.body)
    else:
        writer.emit(ast.Return(writer.expression(node.body), **at(node.body)))
    return define(f"f{info.id}", PARAMETERS, _prologue(writer, node) + writer.body, at(node))


def write_main(unit: Unit) -> ast.stmt:
    """The Python function for the top level; it returns the completion value."""
    program = unit.analysis.program
    place = at(program)
    writer = Writer(unit, unit.analysis.top)
    writer.emit(assign_name("cv", const(None, place), place))
    scope = writer.scope
    writer.emit(assign_name(f"s{scope.id}", attribute("run", "top", place), place))
    _refuse_constants(writer, program)
    writer.emit(do(ast.Call(attribute("run", "declare_globals", place), [], [], **place), place))
    for function in scope.hoisted:
        names = writer.globals(place, function.name or "")
        target = ast.Subscript(names, const(function.name, place), ast.Store(), **place)
        writer.emit(ast.Assign([target], closure(writer, function), **place))
    statements(writer, program.body)
    writer.emit(ast.Return(name("cv", place), **place))
    return define("main", ("run",), _prologue(writer, program) + writer.body, place)


def _refuse_constants(writer: Writer, program: nodes.Program) -> None:
    """undefined, NaN and Infinity can't be declared at the top but by var (GlobalDeclarationInstantiation, 16.1.7)."""
    for identifier, binding in writer.scope.bindings.items():
        if identifier in CONSTANTS and binding.kind in ("let", "const"):
            place = at(program)
            writer.emit(do(with_run("constant_redeclared", [const(identifier, place)], place), place))
    for function in writer.scope.hoisted:
        if function.name in CONSTANTS:
            place = at(function)
            writer.emit(do(with_run("constant_overridden", [const(function.name, place)], place), place))


def _prologue(writer: Writer, node: nodes.Node) -> list[ast.stmt]:
    """What comes first, known only when the rest is written: fuel, globals, captured lists, late temporaries."""
    place = at(node)
    start = fuel(writer.info.nodes, node)
    if writer.info.nodes > _FREE_FRAME and writer.frame_size() > _FREE_FRAME:
        start += pay_memory(SLOT_BYTES * writer.frame_size(), place)
    if writer.uses_globals:
        names = attribute("run", "globals", place)
        if writer.names_global_object:
            names = ast.Attribute(attribute("run", "global_object", place), "props", ast.Load(), **place)
        start.append(assign_name("g", names, place))
    for depth in range(writer.outer_depth + 1):
        around = attribute("fn", "scope", place) if depth == 0 else item(name(f"o{depth - 1}", place), 0, place)
        start.append(assign_name(f"o{depth}", around, place))
    start += [assign_name(temp, const(None, place), place) for temp in writer.late]
    return start


def _receivers(writer: Writer, node: nodes.Function) -> None:
    """The function's own list, with `this`, `new.target`, `arguments` and its own name where somebody asks for them."""
    place = at(node)
    scope = writer.info.scope
    this = scope.bindings.get("<this>")
    if this is not None and not node.strict:
        writer.emit(assign_name("this", with_run("sloppy_this", [name("this", place)], place), place))
    writer.enter_scope(scope, place)
    for binding in scope.bindings.values():
        if binding.kind in ("this", "new.target", "self") and binding.captured:
            given = {"this": "this", "new.target": "new", "self": "fn"}[binding.kind]
            writer.emit(ast.Assign([writer.target(binding, place)], name(given, place), **place))
    arguments = scope.bindings.get("arguments")
    if arguments is not None and arguments.kind == "arguments":
        writer.emit(ast.Assign([writer.target(arguments, place)], _arguments(writer, node, scope), **place))


def _arguments(writer: Writer, node: nodes.Function, scope: Scope) -> ast.expr:
    place = at(node)
    given = name("args", place)
    if node.strict or not node.simple or not node.params:
        sloppy = not node.strict and node.simple
        return with_run("arguments", [given, name("fn", place) if sloppy else const(None, place)], place)
    names = [parameter.name for parameter in node.params if isinstance(parameter, nodes.Identifier)]
    slots = [
        const(0 if identifier in names[number + 1 :] else scope.bindings[identifier].slot, place)
        for number, identifier in enumerate(names)
    ]
    mapping = ast.Tuple(slots, ast.Load(), **place)
    holder = [name(f"s{scope.id}", place), const(scope.id, place), mapping]
    return with_run("mapped_arguments", [given, name("fn", place), *holder], place)


def _parameters(writer: Writer, node: nodes.Function) -> None:
    outer, writer.scope = writer.scope, writer.info.scope
    if node.simple:
        _simple_parameters(writer, node)
    else:
        for number, parameter in enumerate(node.params):
            take_apart(writer, parameter, _argument(parameter, number), declare=True)
    writer.scope = outer


def _argument(parameter: nodes.Pattern, number: int) -> ast.expr:
    place = at(parameter)
    given = name("args", place)
    if isinstance(parameter, nodes.RestElement):
        return with_run("rest", [given, const(number, place)], place)
    count = helper("len", [given], place)
    there = ast.Compare(count, [ast.Gt()], [const(number, place)], **place)
    return ast.IfExp(there, item(given, number, place), const(None, place), **place)


def _simple_parameters(writer: Writer, node: nodes.Function) -> None:
    """`a = args[0] if args else None`, or all at once."""
    names = [parameter.name for parameter in node.params if isinstance(parameter, nodes.Identifier)]
    bindings = [writer.info.scope.bindings[identifier] for identifier in names]
    place = at(node)
    given = name("args", place)
    if len(bindings) == 1:
        value = ast.IfExp(given, item(given, 0, place), const(None, place), **place)
        writer.emit(ast.Assign([writer.target(bindings[0], place)], value, **place))
    elif bindings:
        targets: list[ast.expr] = [writer.target(binding, place) for binding in bindings]
        right_count = equal(helper("len", [given], place), const(len(bindings), place), place)
        fitted = helper("fit", [given, const(len(bindings), place)], place)
        values = ast.IfExp(right_count, given, fitted, **place)
        writer.emit(ast.Assign([ast.Tuple(targets, ast.Store(), **place)], values, **place))


def _variables(writer: Writer, node: nodes.Function) -> None:
    """Variables begin undefined, or with the parameter of the same name where they have a scope of their own."""
    place = at(node)
    scope = writer.info.body
    if scope is not writer.info.scope:
        writer.enter_scope(scope, place)
    for binding in scope.bindings.values():
        if binding.kind == "var":
            _begin_variable(writer, binding, place)
    for function in scope.hoisted:
        target = writer.target(scope.bindings[function.name or ""], place)
        writer.emit(ast.Assign([target], closure(writer, function), **place))


def _begin_variable(writer: Writer, binding: Binding, place: At) -> None:
    parameter = writer.info.scope.bindings.get(binding.name)
    if parameter is not None and parameter is not binding and parameter.kind != "self":
        value = writer.read_binding(parameter, place)
    elif binding.captured:
        return
    else:
        value = const(None, place)
    writer.emit(ast.Assign([writer.target(binding, place)], value, **place))

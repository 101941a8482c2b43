"""All commands put together, and how their refusals leave."""

from __future__ import annotations

import typer

from commands import (
    admin,
    apply,
    check,
    demo,
    device,
    export,
    key,
    prove,
    push,
    serve,
    simulate,
    terminal,
    test,
    types,
    user,
)


def cli() -> None:
    """Run the command that the arguments name, and leave with its exit code."""
    try:
        application()()
    except KeyboardInterrupt:
        terminal.end(terminal.Stop(code=terminal.INTERRUPTED))
    except Exception as error:
        stop = terminal.as_stop(error)
        if stop is None:
            raise
        terminal.end(stop)


def application() -> typer.Typer:
    """All commands."""
    app = _group("Doorstep: a login server whose behaviour an admin writes as a script.")
    app.command("demo")(demo.demo)
    app.command("serve")(serve.serve)
    app.command("apply")(apply.apply)
    app.command("export")(export.export)
    app.command("check")(check.check)
    app.command("prove")(prove.prove)
    app.command("simulate")(simulate.simulate)
    app.command("test")(test.test)
    app.command("types")(types.types)
    users = _group("People.")
    users.command("add")(user.add)
    users.command("password")(user.password)
    users.command("disable")(user.disable)
    users.command("import")(user.import_file)
    users.command("invite")(user.invite)
    users.command("unlock")(user.unlock)
    app.add_typer(users, name="user")
    devices = _group("Devices that people have registered.")
    devices.command("list")(device.show)
    devices.command("revoke")(device.revoke)
    app.add_typer(devices, name="device")
    admins = _group("People and programs that manage the server.")
    admins.command("add")(admin.add)
    admins.command("token")(admin.token)
    admins.command("tokens")(admin.tokens)
    admins.command("revoke")(admin.revoke)
    app.add_typer(admins, name="admin")
    pushes = _group("Push providers.")
    pushes.command("test")(push.dry_run)
    app.add_typer(pushes, name="push")
    keys = _group("The key that seals what is stored, and the keys that sign tokens.")
    keys.command("rotate")(key.rotate)
    keys.command("rotate-signing")(key.rotate_signing)
    app.add_typer(keys, name="key")
    return app


def _group(text: str) -> typer.Typer:
    return typer.Typer(
        help=text, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None
    )

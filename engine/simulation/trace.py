"""What happened in a played login: a trace in order, and the result that scripts are tested against (contract 6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import msgspec

from engine.outcome import Granted, Page, Refused
from engine.ports import AuditEvent
from engine.script import Ran
from engine.turn import Turn

Word = Literal["success", "fail", "error", "redirect", "pending"]
WRONG = frozenset(
    {"script.error", "script.unknown_step", "script.unknown_template", "login.too_many_rounds", "login.no_option"}
)
"""Reasons of an end that are faults of the script, and no decision of it."""
_OUTCOMES = {"login.cancelled": "abort"}


class Played(msgspec.Struct):
    """The result.  subject: whom the login was about; error: what the script did wrong, or what is missing.

    cookies: those that the script set, with name, value and attributes; unused: answers that nothing asked for.
    """

    result: Word
    subject: str | None
    steps: list[dict[str, Any]]
    acr: str | None
    calls: list[dict[str, str]]
    log: list[str]
    error: str | None
    reason: str | None
    fuel: int
    trace: list[dict[str, Any]]
    cookies: list[dict[str, str]]
    unused: list[str]


@dataclass(slots=True)
class Recorder:
    """Takes note of runs as they end and of events as they are audited, each once and in order."""

    trace: list[dict[str, Any]] = field(default_factory=list)
    steps: list[dict[str, Any]] = field(default_factory=list)
    log: list[str] = field(default_factory=list)
    cookies: list[dict[str, str]] = field(default_factory=list)
    fuel: int = 0
    error: str | None = None
    detail: str | None = None
    acr: str | None = None
    _turn: Turn | None = None
    _noted: list[AuditEvent] = field(default_factory=list)

    def ran(self, turn: Turn, ran: Ran) -> None:
        """A run of the script came to its end (engine.script.Watch)."""
        self._catch_up(turn)
        self._turn = turn
        about = {"step": ran.call.step} if ran.call is not None and ran.call.kind == "step" else {}
        if ran.call is not None and ran.call.name:
            about["call"] = ran.call.name  # type: ignore[assignment]
        self.trace.append({"what": "run", "handler": ran.handler, **about, "fuel": ran.fuel})
        for branch in ran.branches:
            inside = {"library": branch.file} if branch.file else {}
            place = {"line": branch.line, "column": branch.column}
            self.trace.append({"what": "branch", **inside, **place, "taken": branch.taken})
        self.trace += [{"what": "log", "text": line} for line in ran.log]
        self.log += ran.log
        self.trace += [_left(call) for call in ran.left]
        self.fuel += ran.fuel
        self.acr = turn.login.acr
        if ran.error is not None:
            self.error = ran.error
            place = {"line": ran.at[0], "column": ran.at[1]} if ran.at is not None else {}
            self.trace.append({"what": "error", "text": ran.error, **place})

    async def record(self, *events: AuditEvent) -> None:
        """Events of a turn that is over, or of what does not wait for its end (engine.ports.Audit)."""
        for event in events:
            self._note_once(event)

    async def recent(self, *, limit: int = 100, flow_id: str | None = None) -> Sequence[AuditEvent]:
        """Nothing: a played login asks for no earlier one."""
        return []

    def finish(self) -> None:
        """Take in what the last turn noted, if it never came to its end."""
        if self._turn is not None:
            self._catch_up(self._turn)

    def _catch_up(self, turn: Turn) -> None:
        """Events that came before a run of the same turn."""
        for event in turn.events:
            self._note_once(event)
        self._turn = turn

    def _note_once(self, event: AuditEvent) -> None:
        if not any(event is noted for noted in self._noted):
            self._noted.append(event)
            self._note(event)

    def _note(self, event: AuditEvent) -> None:
        match event.name:
            case "step_succeeded" | "step_failed":
                step = {
                    "step": int(event.details["step"]),
                    "authenticator": event.details["authenticator"] or None,
                    "outcome": "success" if event.name == "step_succeeded" else _outcome(event.why or ""),
                }
                self.steps.append(step)
                self.trace.append({"what": "step", **step})
            case "call_ended":
                self.trace.append({"what": "outcome", "call": event.details["call"], "event": event.why})
            case "login_failed":
                self.detail = event.details.get("detail")
                why = {"detail": self.detail} if self.detail else {}
                self.trace.append({"what": "end", "result": "fail", "reason": event.why, **why})
            case "login_succeeded":
                self.trace.append({"what": "end", "result": "success", "factors": event.details["factors"]})


def played(
    reply: Page | Granted | Refused | None,
    recorder: Recorder,
    *,
    calls: list[dict[str, str]],
    subject: str | None,
    missing: str | None,
    unused: Sequence[object],
) -> Played:
    """The result as it is told.  reply: the last one; missing: what the scenario has no answer to; unused: answers that
    are left.
    """
    recorder.finish()
    word, reason = _word(reply)
    error = missing if word == "pending" else None
    if word == "error":
        error = recorder.error or recorder.detail or reason
    return Played(
        result=word,
        subject=reply.result.username if isinstance(reply, Granted) else subject,
        steps=recorder.steps,
        acr=reply.result.acr if isinstance(reply, Granted) else recorder.acr,
        calls=calls,
        log=recorder.log,
        error=error,
        reason=reason,
        fuel=recorder.fuel,
        trace=recorder.trace,
        cookies=recorder.cookies,
        unused=[str(answer) for answer in unused],
    )


def _word(reply: Page | Granted | Refused | None) -> tuple[Word, str | None]:
    match reply:
        case Granted():
            return "success", None
        case Refused(failed=failed) if failed.url is not None:
            return "redirect", failed.reason
        case Refused(failed=failed):
            return "error" if failed.reason in WRONG else "fail", failed.reason
    return "pending", None


def _left(call: Any) -> dict[str, Any]:
    match call.kind:
        case "step":
            return {"what": "ask", "step": call.step, "line": call.line}
        case "end":
            return {"what": "ask", "end": call.options.get("reason"), "line": call.line}
        case kind:
            return {"what": "ask", "prompt" if kind == "prompt" else "call": call.name, "line": call.line}


def _outcome(reason: str) -> str:
    return "fallback" if reason.endswith(".fallback") else _OUTCOMES.get(reason, "fail")

"""What the functions of scripts may use of the house: each a port, wired by the composition root."""

from __future__ import annotations

from dataclasses import dataclass

from engine.outgoing import Mailer, Outgoing
from engine.ports import Audit, Clock, Directory, FunctionConfiguration, Passwords, Places, PushStandings, StateStore
from engine.seals import Seals
from engine.sessions import Sessions


@dataclass(frozen=True, slots=True)
class Services:
    """The ports behind the functions."""

    directory: Directory
    configuration: FunctionConfiguration
    sessions: Sessions
    state: StateStore
    audit: Audit
    outgoing: Outgoing
    mailer: Mailer
    passwords: Passwords
    places: Places
    push: PushStandings
    seals: Seals
    clock: Clock

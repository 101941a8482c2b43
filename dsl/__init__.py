"""The script language: ECMAScript without classes, generators, async and modules, for scripts that must be stopped,
stored and resumed.  It knows nothing of logins and needs nothing but lark and msgspec.
"""

from __future__ import annotations

from .errors import DslError, ScriptError, ScriptLimitError, ScriptSyntaxError
from .hostapi import HostFunction, HostTable, Parameter, Suspend
from .program import Program, compile_script
from .run import Run, evaluate

__all__ = [
    "DslError",
    "HostFunction",
    "HostTable",
    "Parameter",
    "Program",
    "Run",
    "ScriptError",
    "ScriptLimitError",
    "ScriptSyntaxError",
    "Suspend",
    "compile_script",
    "evaluate",
]

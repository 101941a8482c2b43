"""What an editor needs to complete and check a script: the functions of this house as TypeScript declarations.

Made from the same declarations that the run time, `check` and the documents read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dsl.hostapi import HostFunction, Parameter
from engine.functions import Functions

HEADER = """// What login scripts may call here. Made by `doorstep types`; put it beside your scripts.

interface User {
  readonly identifier: string;
  username: string;
  userStoreDomain: string | null;
  readonly tenantDomain: string;
  readonly uniqueId: string | null;
  readonly roles: string[];
  readonly groups: string[];
  localClaims: { [uri: string]: string | null };
  remoteClaims: { [uri: string]: string | null } | null;
  claims: { [uri: string]: string | null };
}
interface Session {
  id: string;
  ip: string;
  loginTime: number;
  lastAccessTime: number;
  userAgent: { rawString: string; browser: string; platform: string; device: string };
  applications: Application[];
  current: boolean;
}
interface Application { subject: string; appName: string; appId: string }
interface Place {
  country: string | null;
  city: string | null;
  latitude: number | null;
  longitude: number | null;
}
interface Push {
  readonly lastDenial: { at: number; notMe: boolean; application: string; ip: string } | null;
  readonly budgetLeft: number;
  readonly devices: { name: string; model: string; addedAt: number; lastUsedAt: number | null }[];
}
interface Step {
  readonly subject: User | null;
  readonly idp: string | null;
  readonly authenticator: string | null;
  readonly options: { idp: string; authenticator: string }[];
  readonly paused: boolean;
}
interface Context {
  readonly steps: { [step: number]: Step };
  readonly currentStep: Step | null;
  readonly currentKnownSubject: User | null;
  readonly lastLoginFailedUser: User | null;
  readonly push: Push | null;
  readonly requestedAcr: string[] | null;
  selectedAcr: string | null;
  readonly tenantDomain: string;
  readonly serviceProviderName: string;
  readonly request: {
    readonly params: { [name: string]: string[] };
    readonly headers: { [name: string]: string };
    readonly cookies: { [name: string]: { name: string; value: string } };
    readonly ip: string;
  };
  readonly response: { readonly headers: { [name: string]: string } };
  readonly retry: boolean;
  endpointParams: object;
  data: { [name: string]: any };
}
type Handler = (context: Context, data?: any) => void;
interface Handlers { [event: string]: Handler }

declare const secrets: { readonly [name: string]: string | undefined };
"""
_TYPES = {
    "value": "any", "plain": "any", "string": "string", "number": "number", "boolean": "boolean", "object": "object",
    "function": "Handler",
}  # fmt: skip
_NAMED = {"user": "User | null", "context": "Context", "handlers": "Handlers", "events": "Handlers"}


def declarations(functions: Functions) -> str:
    """The text of a `.d.ts` file."""
    lines = [HEADER]
    for function in functions.declared:
        lines += _declared(function, "declare function ")
    for name, members in functions.table.namespaces.items():
        lines.append(f"declare namespace {name} {{")
        for member in members:
            lines += [f"  {line}" for line in _declared(member, "function ")]
        lines.append("}")
    return "\n".join(lines) + "\n"


def _declared(function: HostFunction, word: str) -> Iterator[str]:
    told = [function.doc]
    if function.events:
        told.append(f"Handlers: {', '.join(function.events)}.")
    if function.fails:
        told.append(f"Otherwise: {function.fails}.")
    yield f"/** {' '.join(told).replace('*/', '* /')} */"
    parameters = ", ".join(_parameter(parameter) for parameter in function.parameters)
    yield f"{word}{function.name}({parameters}): {function.returns};"


def _parameter(parameter: Parameter) -> str:
    name = re.sub(r"\W+(\w?)", lambda found: found[1].upper(), parameter.name)
    kind = _NAMED.get(parameter.name, _TYPES[parameter.type])
    if parameter.rest:
        return f"...{name}: any[]"
    return f"{name}{'?' if parameter.optional else ''}: {kind}"

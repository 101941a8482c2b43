"""Random login scripts, and random logins for them: what proofs are held to.

They are made of what admins write: roles, addresses, headers, scores of services, sessions, claims, retries, flags,
loops over lists, errors that are caught; mostly sensible, often wrong.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import Any

ROLES = ("admin", "clerk", "auditor")
GROUPS = ("staff", "guests")
ADDRESSES = ("203.0.113.9", "10.0.0.1", "10.1.2.3", "192.168.1.7", "2001:db8::1")
LEVELS = ("weak", "strong")
TEXTS = ("yes", "no", "", "1", "50", "low", "x,y", '{"ok": true}', "null")
CLAIM = "urn:level"
STEPS = (1, 2, 3)

_CONDITIONS = (
    "hasRole({user}, '{role}')", "hasAnyOfTheRoles({user}, ['{role}', '{role2}'])", "!hasRole({user}, '{role}')",
    "hasAnyOfTheRolesV2(context, ['{role}'])", "isMemberOfAnyOfGroups({user}, ['{group}'])",
    "{user} && {user}.roles.indexOf('{role}') >= 0", "{user}.roles.includes('{role}')",
    "{user}.roles.some(function (one) {{ return one === '{role}' || one === 'x'; }})",
    "{user}.groups.every(one => one !== '{group}')", "{user}.roles.filter(r => r !== '{role}').length > {small}",
    "{user}.roles.length > {small}", "{user}.roles[0] === '{role}'", "{user} != null",
    "{user}.localClaims['urn:level'] === '{text}'", "{user}.claims['urn:level']", "{user}.claims['urn:level'] !== null",
    "context.request.ip === '{ip}'", "context.request.ip.indexOf('10.') === 0",
    "/^192\\.168\\./.test(context.request.ip)",
    "['{ip}', '{ip2}'].indexOf(context.request.ip) < 0", "context.request.ip.split('.').length === 4",
    "context.request.ip.startsWith('2001') || context.request.ip.length > {number}",
    "context.request.headers['X-Trust'] === '{text}'", "(context.request.headers['X-Trust'] || 'no') !== 'no'",
    "context.request.headers['x-trust']", "typeof context.request.headers['X-Trust'] === 'string'",
    "context.request.params.mode", "context.request.params.mode && context.request.params.mode[0] === '{text}'",
    "context.request.params.mode != null && context.request.params.mode.length > {small}",
    "context.request.cookies.known?.value === '{text}'", "level === '{level}'", "level", "!level",
    "(context.requestedAcr || []).indexOf('{level}') >= 0",
    "context.requestedAcr && context.requestedAcr.length > {small}",
    "tries < {small}", "flag", "!flag", "flag && tries >= {small}", "score > {number}", "!(score > {number})",
    "score >= {number} && score < {number2}", "score == {number}", "typeof score === 'number'", "score",
    "score === undefined",
    "new Date().getHours() < {small}", "context.steps[{step}].authenticator === 'push'",
    "context.steps[{step}].subject", "context.currentStep", "context.steps[{step}].subject != null && !flag",
    "JSON.parse(context.request.headers['X-Trust']).ok", "Number(context.request.headers['X-Trust']) > {number}",
    "getUserSessions({user}).length > {small}", "parseInt(context.request.headers['X-Trust'], 10) === {small}",
    "context.data.seen", "context.tenantDomain === 'carbon.super'", "Math.max(tries, {small}) > {small}",
    "true", "false", "tries % 2 === 0", "`${{context.request.ip}}` > '2'",
)  # fmt: skip
_EFFECTS = (
    "flag = true;", "flag = false;", "tries += 1;", "tries = 0;", "score = {number};", "context.data.seen = true;",
    "Log.info(context.request.ip);", "{user}.claims['urn:level'] = '{text}';", "context.selectedAcr = '{level}';",
    "score = Number(context.request.headers['X-Trust']);", "score = (context.request.params.mode || [])[0];",
    "{user}.localClaims['urn:level'] = '{text}';", "score = context.request.ip.split('.').map(Number)[0];",
    "tries = {user}.roles.length;", "flag = hasRole({user}, '{role}');", "level = '{level}';",
    "score = {user}.claims['urn:level'];", "flag = !flag;",
)  # fmt: skip
_READINGS = (
    "score = data.score;", "score = data && data.score;", "score = data.list.length;", "score = data?.user?.age ?? 7;",
    "(data.list || []).forEach(function (one) { score = one; });", "for (var key in data) { score = key; }",
    "score = data;",
)  # fmt: skip
_TURNS = (
    "if (one === '{role}') {{ flag = true; }}", "score = one;", "tries += 1;", "flag = one !== '{role}';",
    "if (one === '{role}') {{ flag = true; break; }}",
)  # fmt: skip


@dataclass(slots=True)
class ScriptWriter:
    """Writes one script."""

    chance: Random
    depth: int = 0
    functions: list[str] = field(default_factory=list)

    def script(self) -> str:
        """The whole."""
        body = self.block(2)
        helper = self.block(2)
        return (
            "var tries = 0, flag = false, score, level;\n"
            "function again(context) {\n  tries += 1;\n"
            f"  if (tries > {self.chance.randint(1, 4)}) {{ {self.end()} return; }}\n"
            f"{helper}\n}}\n"
            "function onLoginRequest(context) {\n  level = selectAcrFrom(context, ['strong', 'weak']);\n"
            f"  context.data = {{}};\n{body}\n}}\n"
        )

    def block(self, room: int) -> str:
        """One to three statements."""
        return "\n".join(self.statement(room) for _ in range(self.chance.choice((1, 1, 2, 2, 3))))

    def statement(self, room: int) -> str:
        """One statement; with room there may be others in it."""
        kinds = [self.step, self.step, self.effect]
        if room:
            kinds += [self.branch, self.branch, self.step, self.guarded, self.call, self.prompt, self.loop, self.switch]
        kinds += [self.leave] if self.chance.random() < 0.2 else []
        return self.chance.choice(kinds)(room)

    def filled(self, text: str) -> str:
        """A pattern with names and numbers in it."""
        pick = self.chance.choice
        return text.format(
            user=pick(("context.currentKnownSubject", "context.currentKnownSubject", "context.steps[1].subject",
                       "context.lastLoginFailedUser")),
            role=pick(ROLES), role2=pick(ROLES), group=pick(GROUPS), ip=pick(ADDRESSES), ip2=pick(ADDRESSES),
            text=pick(TEXTS[:6]), level=pick(LEVELS), small=pick((0, 1, 2, 3)), number=pick((0, 3, 7, 10, 50)),
            number2=pick((5, 20, 80)), step=pick(STEPS),
        )  # fmt: skip

    def condition(self) -> str:
        """A condition, or two."""
        one = self.filled(self.chance.choice(_CONDITIONS))
        if self.chance.random() < 0.25:
            two = self.filled(self.chance.choice(_CONDITIONS))
            return f"({one}) {self.chance.choice(('&&', '||'))} ({two})"
        return f"!({one})" if self.chance.random() < 0.15 else one

    def step(self, room: int) -> str:
        """`executeStep`, with some handlers."""
        number = self.chance.choice((1, 1, 1, 2, 2, 3))
        which = (
            str(number)
            if self.chance.random() < 0.92
            else f"({self.condition()}) ? {number} : {self.chance.choice(STEPS)}"
        )
        by = self.chance.choice(("push", "basic", "totp"))
        narrowed = f"{{ authenticationOptions: [{{ authenticator: '{by}' }}] }}"
        options = self.chance.choice(("", "", "", "{}", "{ stepOptions: { forceAuth: 'true' } }", narrowed))
        events = ""
        if room:
            chosen = [
                event
                for event, odds in (("onSuccess", 0.6), ("onFail", 0.4), ("onUserAbort", 0.1))
                if self.chance.random() < odds
            ]
            events = ", ".join(f"{event}: {self.handler(room - 1, event)}" for event in chosen)
        arguments = [which, *([options] if options else []), *([f"{{ {events} }}"] if events or options else [])]
        return f"executeStep({', '.join(arguments)});"

    def handler(self, room: int, event: str) -> str:
        """A handler: one of its own, or the retry."""
        if event == "onFail" and self.chance.random() < 0.4:
            return "again"
        if self.chance.random() < 0.1:
            return "function (context) {}"
        return f"function (context, data) {{ {self.block(room)} }}"

    def effect(self, room: int) -> str:
        """Something that changes a variable, a claim or nothing."""
        return self.filled(self.chance.choice(_EFFECTS))

    def end(self) -> str:
        """The end that a script may ask for."""
        return self.chance.choice(("fail();", "sendError(null, {});", "fail({ errorCode: 'access_denied' });", ""))

    def leave(self, room: int) -> str:
        """The end, and perhaps going on by mistake."""
        return self.end() + self.chance.choice((" return;", " return;", ""))

    def branch(self, room: int) -> str:
        """`if`."""
        other = f" else {{ {self.block(room - 1)} }}" if self.chance.random() < 0.4 else ""
        return f"if ({self.condition()}) {{ {self.block(room - 1)} }}{other}"

    def guarded(self, room: int) -> str:
        """`try`."""
        caught = self.block(room - 1) if self.chance.random() < 0.5 else ""
        last = f" finally {{ {self.effect(0)} }}" if self.chance.random() < 0.2 else ""
        return f"try {{ {self.block(room - 1)} }} catch (error) {{ {caught} }}{last}"

    def call(self, room: int) -> str:
        """A service is asked."""
        read = self.chance.choice(_READINGS)
        handlers = [f"onSuccess: function (context, data) {{ {read} {self.block(room - 1)} }}"]
        for event in ("onFail", "onTimeout"):
            if self.chance.random() < 0.6:
                handlers.append(f"{event}: {self.handler(room - 1, event)}")
        return f"httpGet('https://service.example.test/', {{ {', '.join(handlers)} }});"

    def prompt(self, room: int) -> str:
        """A page is shown."""
        check = self.chance.choice(("", "score = context.request.params.code[0];",
                                    "if (context.request.params.code[0] === '1') { flag = true; }"))  # fmt: skip
        cancel = f", onCancel: {self.handler(room - 1, 'onCancel')}" if self.chance.random() < 0.5 else ""
        body = f"onSuccess: function (context) {{ {check} {self.block(room - 1)} }}{cancel}"
        return f"prompt('genericForm', {{ inputs: [{{ id: 'code', label: 'Code' }}] }}, {{ {body} }});"

    def loop(self, room: int) -> str:
        """A loop over something that is known, or not."""
        inner = self.filled(self.chance.choice(_TURNS))
        user = self.filled("{user}")
        return self.chance.choice((
            f"for (const one of {user}.roles) {{ {inner} }}",
            f"var list = {user}.roles; for (var i = 0; i < list.length; i++) {{ var one = list[i]; {inner} }}",
            f"for (var n = 0; n < {self.chance.randint(1, 3)}; n += 1) {{ {self.statement(0)} }}",
            f"{user}.groups.forEach(function (one) {{ {inner.replace('break;', 'return;')} }});",
            f"score = {user}.roles.reduce(function (sum, one) {{ return sum + one.length; }}, 0);",
            f"score = {user}.roles.map(function (one) {{ return one.length; }}).join('-');",
        ))  # fmt: skip

    def switch(self, room: int) -> str:
        """`switch`."""
        on = self.filled(self.chance.choice(("context.request.ip", "level", "score", "{user}.claims['urn:level']",
                                             "context.request.headers['X-Trust']", "tries")))  # fmt: skip
        cases = [self.filled("'{ip}'"), self.filled("'{level}'"), self.filled("{small}"), self.filled("'{text}'")]
        chosen = self.chance.sample(cases, 2)
        ends = [self.chance.choice(("break;", "break;", "")) for _ in chosen]
        body = " ".join(f"case {value}: {self.block(room - 1)} {end}" for value, end in zip(chosen, ends, strict=True))
        return f"switch ({on}) {{ {body} default: {self.block(room - 1)} }}"


def random_request(chance: Random) -> dict[str, Any]:
    """What the application asks for, and from where."""
    headers = {"X-Trust": chance.choice(TEXTS)} if chance.random() < 0.7 else {}
    params = {"mode": [chance.choice(TEXTS[:6]) for _ in range(chance.randint(1, 3))]} if chance.random() < 0.5 else {}
    cookies = {"known": chance.choice(TEXTS[:2])} if chance.random() < 0.4 else {}
    return {"ip": chance.choice(ADDRESSES), "headers": headers, "params": params, "cookies": cookies,
            "acr": chance.sample(LEVELS, chance.randint(0, 2))}  # fmt: skip


def random_person(chance: Random) -> dict[str, Any]:
    """Who signs in."""
    claims = {CLAIM: chance.choice(TEXTS)} if chance.random() < 0.6 else {}
    return {"roles": chance.sample(ROLES, chance.randint(0, 3)), "groups": chance.sample(GROUPS, chance.randint(0, 2)),
            "claims": claims}  # fmt: skip


def random_data(chance: Random, room: int = 2) -> Any:
    """What a service answers."""
    kinds: list[Any] = [None, True, False, 0, 3, 7, 10, 11, 50, 51, 99.5, "", "low", "50"]
    if room == 0 or chance.random() < 0.2:
        return chance.choice(kinds)
    entries = {"score": random_data(chance, 0), "list": [random_data(chance, 0) for _ in range(chance.randint(0, 3))],
               "user": {"age": random_data(chance, 0)}}  # fmt: skip
    return {key: value for key, value in entries.items() if chance.random() < 0.7}

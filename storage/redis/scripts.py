"""What the server does in one step: each script is one change, decided and made without anything in between.

A record is a hash: r revision, v value, e deadline in seconds, o owner, s when it was made by the server's own clock.
An owner has a sorted set of its records' keys by deadline; an entry may be left of a record that is gone.  A counter is
a hash: n events, e the window's end.  Each has its time to live set in the same step.  What needs room is written
first: a full server refuses a script's first write, and no later one.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Script:
    """Lua with the digest by which the server knows it."""

    text: str
    digest: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "digest", hashlib.sha1(self.text.encode(), usedforsecurity=False).hexdigest())


CREATE = Script("""
local deadline = redis.call('HGET', KEYS[1], 'e')
if deadline and tonumber(deadline) > tonumber(ARGV[1]) then return 0 end
local time = redis.call('TIME')
redis.call('HSET', KEYS[1], 'r', 1, 'v', ARGV[2], 'e', ARGV[3], 'o', ARGV[5],
    's', time[1] .. string.format('%06d', tonumber(time[2])))
redis.call('PEXPIRE', KEYS[1], ARGV[4])
return 1
""")
"""KEYS: record.  ARGV: now, value, deadline, milliseconds to live, owner or nothing."""

REPLACE = Script("""
local found = redis.call('HMGET', KEYS[1], 'r', 'e')
if found[1] ~= ARGV[2] or tonumber(found[2]) <= tonumber(ARGV[1]) then return 0 end
redis.call('HSET', KEYS[1], 'r', tonumber(found[1]) + 1, 'v', ARGV[3], 'e', ARGV[4])
redis.call('PEXPIRE', KEYS[1], ARGV[5])
return 1
""")
"""KEYS: record.  ARGV: now, revision, value, deadline, milliseconds to live."""

TAKE = Script("""
local found = redis.call('HMGET', KEYS[1], 'r', 'v', 'e', 'o', 's')
redis.call('DEL', KEYS[1])
return found
""")
"""KEYS: record."""

OWN = Script("""
redis.call('ZADD', KEYS[1], 'GT', ARGV[2], ARGV[4])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', ARGV[1])
if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[3]) then redis.call('PEXPIRE', KEYS[1], ARGV[3]) end
return 1
""")
"""KEYS: an owner's set.  ARGV: now, deadline, milliseconds to live, the record's key."""

HIT = Script("""
local found = redis.call('HMGET', KEYS[1], 'n', 'e')
local now, fresh = tonumber(ARGV[1]), tonumber(ARGV[2])
local count, ends = 1, fresh
if found[1] and tonumber(found[2]) > now then
    count, ends = tonumber(found[1]) + 1, math.min(tonumber(found[2]), fresh)
end
redis.call('HSET', KEYS[1], 'n', count, 'e', string.format('%.6f', ends))
redis.call('PEXPIRE', KEYS[1], math.max(1, math.ceil((ends - now) * 1000)))
return count
""")
"""KEYS: counter.  ARGV: now, the end of a window that begins now."""

ALL = (CREATE, REPLACE, TAKE, OWN, HIT)

MARK = Script("return 'doorstep: this server process has been met'")
"""Known to a server process once it has been met: what it remembers of scripts is never saved nor handed on."""

FORGET = Script("""
local cursor = '0'
repeat
    local page = redis.call('SCAN', cursor, 'MATCH', ARGV[1], 'COUNT', 1000)
    cursor = page[1]
    for _, key in ipairs(page[2]) do redis.call('UNLINK', key) end
until cursor == '0'
return 1
""")
"""ARGV: a pattern.  Drops every key of that form."""

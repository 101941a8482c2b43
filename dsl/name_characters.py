"""Which characters a name may hold (ECMA-262 12.7): Unicode's ID_Start and ID_Continue.

Python knows XID_Start and XID_Continue of its own Unicode version; the tables add what they lack of Unicode 18, so that
a script does not depend on the version of Python that reads it.
"""

from __future__ import annotations

from bisect import bisect_right


def begins_name(character: str) -> bool:
    """Whether a name may begin with *character*."""
    return character.isidentifier() or character == "$" or _is_among(_MORE_STARTS, character)


def continues_name(character: str) -> bool:
    """Whether *character* may stand in a name after its first."""
    if f"a{character}".isidentifier() or character == "$":
        return True
    return _is_among(_MORE_PARTS, character) or _is_among(_MORE_STARTS, character)


def _is_among(bounds: list[int], character: str) -> bool:
    """Whether *character* lies in one of the ranges whose first and first-beyond code points alternate in *bounds*."""
    return bisect_right(bounds, ord(character)) % 2 == 1


def _bounds(ranges: str) -> list[int]:
    """Read *ranges*: in hexadecimal, `first-last` or one code point alone, ascending, with spaces between."""
    bounds: list[int] = []
    for part in ranges.split():
        first, _, last = part.partition("-")
        bounds += int(first, 16), int(last or first, 16) + 1
    return bounds


_MORE_STARTS = _bounds(
    "37a 558 58b-58c 88f c5c cdc e33 eb3 1c89-1c8a 208f 209d-209f 309b-309c a7cb-a7cf a7d2 a7d4 a7da-a7dd a7e2 "
    "a7f1 ab6c-ab6d fc5e-fc63 fdfa-fdfb fe70 fe72 fe74 fe76 fe78 fe7a fe7c fe7e ff9e-ff9f 105c0-105f3 107bb-107bf "
    "10940-10959 10d4a-10d65 10d6f-10d85 10ec2-10ec7 10ed9-10eee 1123f-11240 11380-11389 1138b 1138e 11390-113b5 "
    "113b7 113d1 113d3 11b0a 11bc0-11be0 11db0-11ddb 11df1 11f02 11f04-11f10 11f12-11f33 1246f 12475-1247f "
    "12550-12686 1342f 13441-13446 13460-143fa 16100-1611d 16d40-16d6c 16ea0-16eb8 16ebb-16ed3 16ff2-16ff6 "
    "187f8-187ff 18cd6-18cda 18cff 18d09-18d20 18d80-18df2 18e00-19191 191a0-191d2 1b123-1b128 1b132 1b155 1b168 "
    "1d6a6 1df1f-1df81 1df90-1df96 1dfcd-1dfff 1e030-1e06d 1e4d0-1e4eb 1e5d0-1e5ed 1e5f0 1e6c0-1e6de 1e6e0-1e6e2 "
    "1e6e4-1e6e5 1e6e7-1e6ed 1e6f0-1e6f4 1e6fe-1e6ff 2b739-2b73f 2b81e 2cea2-2cead 2ebf0-2ee5d 31350-33479 "
    "3d000-3fc3f"
)
_MORE_PARTS = _bounds(
    "5c8-5c9 897 b53-b54 cf3 ece 1acf-1af0 200c-200d 30fb ff65 10d40-10d49 10d69-10d6d 10ecb-10ecf 10ef0-10eff "
    "11241 113b8-113c0 113c2 113c5 113c7-113ca 113cc-113d0 113d2 113e1-113e2 116d0-116e3 11b60-11b67 11bf0-11bf9 "
    "11de0-11de9 11df0 11f00-11f01 11f03 11f34-11f3a 11f3e-11f42 11f50-11f5a 13440 13447-13455 1611e-16139 "
    "16d70-16d79 1ccf0-1ccf9 1d127-1d128 1d250-1d252 1d25b-1d25c 1d25f 1d280-1d281 1e08f 1e4ec-1e4f9 1e5ee-1e5ef "
    "1e5f1-1e5fa 1e6e3 1e6e6 1e6ee-1e6ef 1e6f5"
)

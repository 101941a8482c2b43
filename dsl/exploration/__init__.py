"""A script run over unknown values: the compiled code of the real one, with operators that know what is not known.

What cannot be told forks: a run takes one way, notes the others, and is started again for each of them.  Whatever a
script may do that this cannot model raises NotModelled; nothing is ever passed over.
"""

from __future__ import annotations

from .operations import explored_namespace
from .paths import Facts, Infeasible, NotModelled, Path
from .terms import ANY, Shape, Term, leaf, leaves
from .unknown import Unknown

__all__ = [
    "ANY", "Facts", "Infeasible", "NotModelled", "Path", "Shape", "Term", "Unknown", "explored_namespace", "leaf",
    "leaves",
]  # fmt: skip

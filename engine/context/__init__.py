"""The objects a script sees: context, steps, users, request, response.

Each is a closed table of members over the turn at hand; nothing else of the engine can be reached through them, and
writing to one changes only what its table says (adaptive-scripts.md c and i).
"""

from __future__ import annotations

from engine.context import claims, http, push
from engine.context.login import Context
from engine.context.scene import AskedAnew, Closed, Scene, scene_of
from engine.context.users import UserObject

__all__ = ["AskedAnew", "Closed", "Context", "Scene", "UserObject", "claims", "http", "push", "scene_of"]

"""What every part of a document has in common: nothing unknown, nothing converted, nothing secret in an error."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

LONGEST_SCRIPT = 256 * 1024
"""Characters of a script or a library."""


class Part(BaseModel):
    """A part of a configuration document."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, hide_input_in_errors=True)

"""The configuration file: read, checked, applied to the store as one change, and written back."""

from __future__ import annotations

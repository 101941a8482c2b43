"""The face for a person: what they sign in with.  For now the web authenticator at `/phone`."""

from __future__ import annotations

"""Tests of the face for programs of admins."""

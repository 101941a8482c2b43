"""Tests of configuration/."""

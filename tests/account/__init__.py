"""Tests of account/."""

"""Tests of the way out, against real servers on loopback."""

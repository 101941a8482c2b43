"""Tests of the push providers, against stand-ins on loopback that are as strict as the services."""

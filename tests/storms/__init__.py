"""Storms: random and hostile programs in great number against the script language.

Each module is a command, `python -m tests.storms.<name> [--count N] [--seed S] [--processes P]`, that prints what it
did; `make storm` runs all of them with their full counts, and test_storms.py a few of each.
"""

PYTHON ?= .venv/bin/python

check:  ## style, types, import contracts
	$(PYTHON) -m ruff check .
	$(PYTHON) -m mypy dsl engine authenticators outgoing storage web login oidc account configuration commands demo server.py
	$(dir $(PYTHON))lint-imports

test:  ## all tests
	$(PYTHON) -m tests.prepare && $(PYTHON) -m pytest

docs:  ## the examples in the documents are run as tests
	$(PYTHON) -m pytest tests/docs

serve:  ## the demo, from this checkout
	$(dir $(PYTHON))doorstep demo

.PHONY: check test docs serve

PYTHON ?= .venv/bin/python

check:  ## style, types, import contracts
	$(PYTHON) -m ruff check .
	$(PYTHON) -m mypy dsl engine authenticators outgoing storage web login oidc account management console configuration commands demo benchmarks server.py
	$(dir $(PYTHON))lint-imports

test:  ## all tests
	$(PYTHON) -m tests.prepare && $(PYTHON) -m pytest -n auto --dist loadfile

storm:  ## random programs and races for hours: what they print is kept under docs/evidence
	for storm in differential restarts limits escape fuzz push_races proof schemathesis; do \
		$(PYTHON) -m tests.storms.$$storm > docs/evidence/storm-$$storm.txt || exit 1; \
	done
	for trouble in kill store; do \
		$(PYTHON) -m tests.storms.nodes $$trouble > docs/evidence/storm-nodes-$$trouble.txt || exit 1; \
	done

docs:  ## the examples in the documents are run as tests
	$(PYTHON) -m pytest tests/docs

serve:  ## the demo, from this checkout
	$(dir $(PYTHON))doorstep demo

.PHONY: check test storm docs serve

# Each target does its own set-up in .venv; nothing else is touched.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: mutants demo test demo-google benchmark pictures

demo: .venv/ready
	$(BIN)/python -m automation demo

test: .venv/ready
	$(BIN)/python -m pytest

demo-google: .venv/ready
	$(BIN)/python -m tests.demo_google

# Which small changes no test objects to; takes hours, so it is no part of the suite.
mutants: .venv/ready
	$(BIN)/python -m tests.tools.mutants --count 200 $$(git ls-files 'automation/core/*.py' 'automation/mail/*.py')

benchmark: .venv/ready
	$(BIN)/python -m benchmarks.working_time
	$(BIN)/python -m benchmarks.check
	$(BIN)/python -m benchmarks.cycle
	$(BIN)/python -m benchmarks.mail
	$(BIN)/python -m benchmarks.start

pictures: .venv/ready
	$(BIN)/python -m tests.pictures

.venv/ready: requirements.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch .venv/ready

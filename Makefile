# Each target does its own set-up in .venv; nothing else is touched.
PYTHON ?= python3
BIN := .venv/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: demo test demo-google benchmark benchmark-offices mutants soak pictures architecture

demo: .venv/ready
	$(BIN)/python -m automation demo

test: .venv/ready-for-tests
	$(BIN)/python -m pytest

demo-google: .venv/ready-for-tests
	$(BIN)/python -m tests.demo_google

benchmark: .venv/ready-for-benchmarks
	$(BIN)/python -m benchmarks.working_time
	$(BIN)/python -m benchmarks.check
	$(BIN)/python -m benchmarks.cycle
	$(BIN)/python -m benchmarks.mail
	$(BIN)/python -m benchmarks.start

# How many offices one process serves, and how work is divided; takes twenty minutes of real time.
benchmark-offices: .venv/ready-for-benchmarks
	$(BIN)/python -m benchmarks.offices

# Which small changes no test objects to; takes hours, so it is no part of the suite.
mutants: .venv/ready-for-tests
	$(BIN)/python -m tests.tools.mutants --count 200 $$(git ls-files 'automation/core/*.py' 'automation/mail/*.py' 'automation/workbooks/google/program_tabs/*.py' automation/workbooks/google/publishing.py)

# `watch` for months, while servers fail and it is killed; takes a quarter of an hour or two.
soak: .venv/ready-for-tests
	$(BIN)/python -m tests.tools.soak

pictures: .venv/ready-for-tests
	$(BIN)/python -m tests.pictures

# Which room of the program imports which, drawn from the code.
architecture: .venv/ready-for-tests
	$(BIN)/python -m tests.tools.rooms

.venv/ready: requirements.txt
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 or later is needed, and there is no $(PYTHON) here: install it, or name another, as in: make PYTHON=python3.12 demo"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed, and $(PYTHON) is older: install a newer one, and name it, as in: make PYTHON=python3.12 demo"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "Python's own venv is missing: install it with: sudo apt install python3-venv"; exit 1; }
	$(PYTHON) -m venv .venv
	$(INSTALL) -r requirements.txt
	touch .venv/ready

.venv/ready-for-tests: .venv/ready tests/requirements.txt
	$(INSTALL) -r tests/requirements.txt
	touch .venv/ready-for-tests

.venv/ready-for-benchmarks: .venv/ready-for-tests benchmarks/requirements.txt
	$(INSTALL) -r benchmarks/requirements.txt
	touch .venv/ready-for-benchmarks

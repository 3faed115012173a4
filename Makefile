# make run: open the window on the sample. make test: run the tests. Both install first, on a fresh machine too.
PYTHON ?= $(shell for p in python3 python3.11 python3.12 python3.13 python3.14; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
SEED := $(shell date +%s)
ANEW = --hypothesis-profile=anew --hypothesis-seed=$(SEED)

.PHONY: run test test-all check figures bench fuzz words lock clean

run: $(STAMP)
	@$(BIN)/python -m tools.window_libraries
	@$(BIN)/cohort-explorer

test: $(STAMP)
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -n 2 --dist worksteal -m "not slow and not alone"
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -m "alone and not slow"

test-all: $(STAMP)
	@echo "Property tests draw new examples; to repeat them: make test-all SEED=$(SEED)"
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest $(ANEW) -n 2 --dist worksteal -m "not slow and not alone"
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest $(ANEW) -m "alone or slow"

check: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

figures: $(STAMP)
	$(BIN)/cohort-explorer figures --out figures

bench: $(STAMP)
	$(BIN)/python -m tools.bench
	$(BIN)/python -m tools.bench_live
	$(BIN)/python -m tools.bench_models

fuzz: $(STAMP)
	$(BIN)/python -m tools.fuzz

words: $(STAMP)
	$(BIN)/python -m tools.words

lock:
	uv pip compile pyproject.toml --extra test --extra build --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-annotate --no-header -o requirements.lock

$(STAMP): pyproject.toml requirements.lock
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later is needed and was not found; install it and try again."; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || \
		{ echo "Python cannot make a virtual environment; on Debian or Ubuntu: apt-get install python3-venv"; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --no-index -e .
	@touch $(STAMP)

clean:
	rm -rf $(VENV) build dist figures .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

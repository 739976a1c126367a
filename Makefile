# The few verbs. Each sets up what it needs: uv where it is present, otherwise venv and pip, always from the hash-locked lists.
PYTHON ?= python3
PORT ?= 8000
BAILIWICK_HOME ?= $(CURDIR)/.bailiwick
export BAILIWICK_HOME
BAILIWICK := .venv/bin/bailiwick
LOCALE := src/bailiwick/web/locale
SPOKEN := $(patsubst %.po,%.mo,$(wildcard $(LOCALE)/*/LC_MESSAGES/django.po))
UV := $(shell command -v uv 2>/dev/null)
# Two processes share the tests, each with a store of its own; a store that is given (TEST_DATABASE_URL) is one.
SHARED := $(if $(TEST_DATABASE_URL),,-n 2 --dist loadscope --no-loadscope-reorder)

.PHONY: demo test check fix trial bench docs setup setup-dev lock words
.DEFAULT_GOAL := demo

demo: setup
	@$(BAILIWICK) --home "$(BAILIWICK_HOME)" demo --port $(PORT)

test: setup-dev
	@.venv/bin/pytest tests $(SHARED)

check: setup-dev
	@.venv/bin/ruff format --check src tests trials bench
	@.venv/bin/ruff check src tests trials bench
	@.venv/bin/mypy
	@.venv/bin/lint-imports --no-cache
	@.venv/bin/djlint --lint --quiet src/bailiwick/web/templates
	@.venv/bin/pytest -q -p no:cacheprovider tests/house

fix: setup-dev
	@.venv/bin/ruff check --fix src tests trials bench
	@.venv/bin/ruff format src tests trials bench

# Both parts run whatever came of the first; docs/trials.md says what was seen, and the summary fails when something did.
trial: setup-dev .venv/tools/made .venv/scanners/made
	@rm -rf .venv/trial && mkdir .venv/trial
	@-.venv/bin/pytest trials --junitxml .venv/trial/homes.xml
	@-.venv/bin/pytest --hypothesis-profile whole -m "whole or hypothesis" tests --junitxml .venv/trial/doors.xml
	@.venv/bin/python -m trials.summary .venv/trial/homes.xml .venv/trial/doors.xml

bench: setup-dev
	@$(BAILIWICK) bench house

docs: setup-dev
	@.venv/bin/python -m bailiwick.docs

setup: .venv/base $(SPOKEN)
setup-dev: .venv/dev $(SPOKEN)

# Translations are kept as text and compiled where they are used; a catalog without a header counts as fuzzy.
$(LOCALE)/%/LC_MESSAGES/django.mo: $(LOCALE)/%/LC_MESSAGES/django.po | .venv/base
	@.venv/bin/pybabel --quiet compile --use-fuzzy -l $(notdir $(patsubst %/LC_MESSAGES/,%,$(dir $<))) -i $< -o $@

words: setup-dev
	@.venv/bin/pybabel --quiet extract -F $(LOCALE)/babel.cfg -k say -k say_n:1,2 --omit-header --no-location --sort-output -o .venv/django.pot src/bailiwick
	@.venv/bin/pybabel --quiet update -i .venv/django.pot -d $(LOCALE) -D django --omit-header --no-fuzzy-matching --ignore-obsolete

.venv/base: requirements/base.txt pyproject.toml
	@$(call install,requirements/base.txt)
	@touch $@

.venv/dev: .venv/base requirements/dev.txt
	@$(call install,requirements/dev.txt)
	@touch $@

# What reads and attacks the product from outside; each list has a venv of its own below the other.
.venv/tools/made .venv/scanners/made: .venv/%/made: requirements/%.txt | .venv/base
	@$(call alone,.venv/$*,$<)
	@touch $@

# A lock line for both installers; --no-deps because the list is complete, --no-build-isolation so that nothing unlocked is fetched.
ifdef UV
install = test -x .venv/bin/python || uv venv --quiet --python "$(PYTHON)" .venv && uv pip install --quiet --python .venv/bin/python --require-hashes -r $(1) && uv pip install --quiet --python .venv/bin/python --no-deps --no-build-isolation -e .
alone = uv venv --quiet --clear --python "$(PYTHON)" $(1) && uv pip install --quiet --python $(1)/bin/python --require-hashes --no-deps -r $(2)
else
install = test -x .venv/bin/pip || "$(PYTHON)" -m venv .venv && .venv/bin/pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r $(1) && .venv/bin/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
alone = "$(PYTHON)" -m venv --clear $(1) && $(1)/bin/pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r $(2)
endif

lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url pyproject.toml -o requirements/base.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --extra dev -c requirements/base.txt pyproject.toml -o requirements/dev.txt
	for group in tools scanners; do uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --group pyproject.toml:$$group -o requirements/$$group.txt || exit 1; done

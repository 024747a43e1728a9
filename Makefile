# Needs Python 3.11 or newer and make. `make help` lists what there is.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PROXY := build/hub/node/.complete

# Files and folders that ARGS names; none stands for all tests.
NAMED := $(wildcard $(foreach word,$(ARGS),$(firstword $(subst ::, ,$(word)))))
# The hub's tests alone need its proxy.
WITH_HUB := $(if $(NAMED),$(filter . tests tests/ tests/test_hub.py,$(NAMED)),all)
# What takes a browser, a kernel, npm or minutes is left to `make test` and `.ci/run`.
UNITS := -m "not (slow or browser or hub or notebook)"

.DEFAULT_GOAL := help
.PHONY: help venv lab briefing hub check test oldest lint docs notebooks bench constraints clean

help:  ## List these targets
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 14

venv: $(VENV)/.test $(VENV)/.docs  ## Set up .venv whole, with the versions of constraints.txt

# The file is written last, so that a set-up that was cut short starts over.
$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo \
	  "Python 3.11 or newer is needed; $(PYTHON) is older or missing (try: make PYTHON=python3.12)" >&2; exit 1; }
	$(PYTHON) -m venv --clear $(VENV)
	@touch $@

# What each extra of pyproject.toml brings, and no more than a target needs.
$(VENV)/.%: pyproject.toml constraints.txt | $(VENV)/.made
	$(BIN)/python -m pip install --disable-pip-version-check -c constraints.txt -e ".[$*]"
	@touch $@

lab: $(VENV)/.notebooks  ## Open JupyterLab on the overview; ARGS="--no-browser --port 8899" passes options on
	$(BIN)/python -m ftz_data lab $(ARGS)

briefing: $(VENV)/.notebooks  ## Serve all notebooks as pages for a projector; ARGS="--no-browser" as above
	$(BIN)/python -m ftz_data briefing $(ARGS)

hub: $(VENV)/.hub $(PROXY)  ## Run a hub on loopback, with a copy of the notebooks for each user
	$(BIN)/python -m jupyterhub --config hub/jupyterhub_config.py $(ARGS)

# Scripts of packages are not run: the proxy needs none.
$(PROXY): hub/package.json | $(VENV)/.hub
	mkdir -p $(@D)
	cp hub/package.json $(@D)
	$(BIN)/npm install --prefix $(@D) --no-package-lock --no-audit --no-fund --ignore-scripts
	@touch $@

check: lint  ## Run format, lint, types, unit tests and doctests: a minute, no browser, no hub
	@$(BIN)/python -m mypy & types=$$!; \
	  $(BIN)/python -m pytest -q -n 2 $(UNITS); tests=$$?; \
	  wait $$types && exit $$tests

test: lint $(if $(WITH_HUB),$(PROXY))  ## Run all tests; ARGS=tests/test_load.py, or one notebook, runs that alone
	$(BIN)/python -m pytest --nbval --nbval-current-env --nbval-sanitize-with tests/nbval_sanitize.cfg \
	  -n 2 --dist loadfile --no-loadscope-reorder -m "not slow" $(ARGS)

# In an environment of its own, since the versions are others.
oldest:  ## Run the tests of check with the lowest versions that pyproject.toml allows
	$(PYTHON) -m venv --clear build/oldest
	build/oldest/bin/python -m pip install --disable-pip-version-check -q packaging
	build/oldest/bin/python scripts/oldest.py test > build/oldest/constraints.txt
	build/oldest/bin/python -m pip install --disable-pip-version-check -q \
	  -c build/oldest/constraints.txt -e ".[test]"
	build/oldest/bin/python -m pytest -q -n 2 $(UNITS)

lint: $(VENV)/.test  ## Run ruff, format and lint, and biome on scripts and styles
	$(BIN)/python -m ruff format --check
	$(BIN)/python -m ruff check
	$(BIN)/biome lint --error-on-warnings

notebooks: $(VENV)/.test  ## Execute all notebooks anew and keep their outputs
	$(BIN)/python scripts/run_notebooks.py $(ARGS)

# Links between pages are checked too: whatever Sphinx warns of is an error.
docs: $(VENV)/.docs  ## Build the documentation into build/docs
	$(BIN)/python -m sphinx -W --keep-going -q docs build/docs $(ARGS)

# The servers and the browser that they measure are those of the tests.
bench: $(VENV)/.test  ## Run every benchmark; ARGS="benchmarks/viewers.py" runs some
	@status=0; for script in $(or $(ARGS),benchmarks/*.py); do \
	  echo "== $$script"; PYTHONPATH=.:tests $(BIN)/python $$script || status=1; done; exit $$status

# Resolved for the oldest supported Python, so that each version exists for all of them.
constraints:  ## Renew constraints.txt; run with PYTHON=python3.11
	$(PYTHON) -m venv --clear build/constraints
	build/constraints/bin/python -m pip install --disable-pip-version-check --quiet --dry-run \
	  --python-version 3.11.0 --only-binary :all: --target build/none --report build/report.json ".[docs,test]"
	$(PYTHON) -c 'import json; print(*sorted("{name}=={version}".format(**m) for m in \
	  (each["metadata"] for each in json.load(open("build/report.json"))["install"]) \
	  if m["name"] != "ftz-data"), sep="\n")' > build/constraints.txt
	mv build/constraints.txt constraints.txt

clean:  ## Remove .venv and all caches, not the copies of the hub's users
	rm -rf $(VENV) build/oldest build/constraints* build/report.json build/hub/node dist .pytest_cache .ruff_cache .mypy_cache .hypothesis build/docs docs/reference
	find . -name __pycache__ -prune -exec rm -rf {} +

# Needs Python 3.11 or newer and make. `make help` lists what there is.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.complete
EXTRAS := lab,briefing,export,hub,test
PROXY := build/hub/node/.complete

.DEFAULT_GOAL := help
.PHONY: help venv lab briefing hub test lint notebooks bench constraints clean

help:  ## List these targets
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 14

venv: $(STAMP)  ## Set up .venv, with the versions of constraints.txt

# The file is written last, so that a set-up that was cut short starts over.
$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo \
	  "Python 3.11 or newer is needed; $(PYTHON) is older or missing (try: make PYTHON=python3.12)" >&2; exit 1; }
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --disable-pip-version-check -c constraints.txt -e ".[$(EXTRAS)]"
	@touch $@

# Jupyter refuses to start as root, which is what one is in most containers.
lab: $(STAMP)  ## Open JupyterLab on the overview; ARGS="--no-browser --port 8899" passes options on
	$(BIN)/python -m jupyterlab $(if $(filter 0,$(shell id -u)),--allow-root) notebooks/00_overview.ipynb $(ARGS)

briefing: $(STAMP)  ## Serve all notebooks as pages for a projector; ARGS="--no-browser" as above
	$(BIN)/python briefing/serve.py $(ARGS)

hub: $(STAMP) $(PROXY)  ## Run a hub on loopback, with a copy of the notebooks for each user
	$(BIN)/python -m jupyterhub --config hub/jupyterhub_config.py $(ARGS)

# Scripts of packages are not run: the proxy needs none.
$(PROXY): hub/package.json | $(STAMP)
	mkdir -p $(@D)
	cp hub/package.json $(@D)
	$(BIN)/npm install --prefix $(@D) --no-package-lock --no-audit --no-fund --ignore-scripts
	@touch $@

test: lint $(PROXY)  ## Run ruff, then unit tests, doctests and notebooks in one pytest
	$(BIN)/python -m pytest --nbval --nbval-current-env \
	  --nbval-sanitize-with tests/nbval_sanitize.cfg -n 2 --dist loadfile --no-loadscope-reorder $(ARGS)

lint: $(STAMP)  ## Run ruff
	$(BIN)/python -m ruff check

notebooks: $(STAMP)  ## Execute all notebooks anew and keep their outputs
	$(BIN)/python scripts/run_notebooks.py $(ARGS)

# The servers and the browser that they measure are those of the tests.
bench: $(STAMP)  ## Run every benchmark; ARGS="benchmarks/viewers.py" runs some
	@status=0; for script in $(or $(ARGS),benchmarks/*.py); do \
	  echo "== $$script"; PYTHONPATH=tests $(BIN)/python $$script || status=1; done; exit $$status

# Resolved for the oldest supported Python, so that each version exists for all of them.
constraints:  ## Renew constraints.txt; run with PYTHON=python3.11
	$(PYTHON) -m venv --clear build/constraints
	build/constraints/bin/python -m pip install --disable-pip-version-check --quiet --dry-run \
	  --python-version 3.11.0 --only-binary :all: --target build/none --report build/report.json ".[$(EXTRAS)]"
	$(PYTHON) -c 'import json; print(*sorted("{name}=={version}".format(**m) for m in \
	  (each["metadata"] for each in json.load(open("build/report.json"))["install"]) \
	  if m["name"] != "ftz-data"), sep="\n")' > build/constraints.txt
	mv build/constraints.txt constraints.txt

clean:  ## Remove .venv and all caches, not the copies of the hub's users
	rm -rf $(VENV) build/constraints* build/report.json build/hub/node dist .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -prune -exec rm -rf {} +

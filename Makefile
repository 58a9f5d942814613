# Everything is done by the plain Python in workbench/; this file only gives it names.
# Variables are handed on as they are: make test T=..., make run DB=... ADDONS=... PORT=...

PYTHON ?= python3
WORKBENCH = $(PYTHON) -m workbench

.DEFAULT_GOAL := help
.PHONY: help run stop clean test lint i18n bench profile shots host-test shell
.NOTPARALLEL:

# Handed on through the environment, where quotes and spaces keep their meaning.
export ADDONS ARGS DB DEMO FIX HOST KEEP ODOO_HOME PORT ROWS SHOTS T

help:
	@$(WORKBENCH) --help

run:  ## set up everything, serve the apps with demo data on this machine
	@$(WORKBENCH) run

stop:  ## stop the server and the database server of this clone
	@$(WORKBENCH) stop

clean:  ## drop this clone's databases, files and logs
	@$(WORKBENCH) clean

test:  ## set up everything, run every test; T=... for one addon, file or test
	@$(WORKBENCH) test

lint:
	@$(WORKBENCH) lint

i18n:
	@$(WORKBENCH) i18n

bench:
	@$(WORKBENCH) bench

profile:
	@$(WORKBENCH) profile

shots:
	@$(WORKBENCH) shots

host-test:
	@$(WORKBENCH) host-test

shell:  ## Odoo's own shell on a database: make shell DB=...
	@$(WORKBENCH) shell

# Everything is done by the plain Python in workbench/; this file only gives it names.
# Variables are handed on as they are: make test T=..., make run DB=... ADDONS=... PORT=...

PYTHON ?= python3
COMMANDS = run stop clean test lint i18n bench profile shots host-test shell packages

.DEFAULT_GOAL := help
.PHONY: help $(COMMANDS)
.NOTPARALLEL:

# Handed on through the environment, where quotes and spaces keep their meaning.
export ADDONS ARGS DB DEMO FIX HOST KEEP ODOO_HOME PORT ROWS SHOTS T

help:
	@$(PYTHON) -m workbench --help

$(COMMANDS):
	@$(PYTHON) -m workbench $@

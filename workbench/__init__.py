"""The workbench: sets up Odoo 19 and PostgreSQL, serves the apps, runs the tests.

Started by the Makefile as ``python3 -m workbench <command>`` with the system's own
Python and nothing but its standard library; what needs more runs in the virtual
environment that it makes. A table of contents:

- set-up: ``environment`` puts together ``odoo_source`` (with ``apt``), ``virtualenv``
  and ``postgres``; ``paths``, ``locks``, ``processes``, ``console``, ``errors`` serve
- databases: ``database``, ``addons`` (what is there, what it needs), ``templates``
- Odoo: ``odoo_run`` (one run of it with its log), ``log_check``
- commands: ``server`` (run, stop, clean), ``suite`` (test) with ``selection`` and
  ``leftovers``, ``shots``, ``host_test``, ``tools`` (lint, i18n, bench)
"""

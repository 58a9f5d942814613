"""The workbench: sets up Odoo 19 and PostgreSQL, serves the apps, runs the tests.

Started by the Makefile as ``python3 -m workbench <command>`` with the system's own
Python and nothing but its standard library; what needs more runs in the virtual
environment that it makes. A table of contents:

- the way in: ``__main__`` (readable to old Pythons), ``command_line``
- set-up: ``environment`` puts together ``odoo_source`` (with ``apt``), ``virtualenv``
  and ``postgres`` (with ``own_server``, ``postgres_programs``, ``os_users``,
  ``connection``); ``paths``, ``locks``, ``logs``, ``processes``, ``console`` and
  ``errors`` serve
- databases: ``database``, ``addons`` (what is there, what it needs), ``templates``
- Odoo: ``odoo_run`` (one run of it with its log), ``log_check``
- commands: ``server`` (run, stop, clean) with ``sites``; ``suite`` (test) with
  ``selection``, ``tally``, ``beside``, ``leftovers``, ``upgrade`` (with ``history``);
  ``lint`` with ``host_lint`` and ``node_tools``; ``translations``, ``shots``,
  ``host_test``, ``bench``; ``tools`` gives some of them what they need
"""

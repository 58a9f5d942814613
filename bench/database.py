"""The registry of a benchmark database, and environments on it."""

import threading
from contextlib import contextmanager

PREFIX = "bench_"


class WrongDatabase(Exception):
    """Benchmarks write: only databases made for them are touched."""


def check_name(name):
    """:raises WrongDatabase: the name does not say that it is a benchmark's"""
    if not name.startswith(PREFIX):
        raise WrongDatabase(
            f"refusing to touch the database {name!r}: benchmarks write, "
            f"only databases called {PREFIX}* are used"
        )


def boot(database, addons_path=None):
    """Configure Odoo, which finds its other options in its environment.

    :param str database: a name beginning with ``bench_``
    :param str addons_path: comma separated folders, instead of those configured
    :returns: the registry
    """
    check_name(database)
    from odoo.modules.registry import Registry
    from odoo.tools import config

    arguments = ["-d", database, "--no-http", "--log-level=error"]
    arguments += ["--max-cron-threads=0"]
    if addons_path:
        arguments += [f"--addons-path={addons_path}"]
    config.parse_config(arguments, setup_logging=True)
    threading.current_thread().dbname = database
    return Registry(database)


@contextmanager
def environment(registry, uid=1, *, commit=False, **context):
    """An environment of its own transaction, rolled back unless told otherwise; with
    the language in its context, as every call of the web client."""
    from odoo import api

    with registry.cursor() as cr:
        yield api.Environment(cr, uid, {"lang": "en_US", **context})
        if commit:
            cr.commit()
        else:
            cr.rollback()


def vacuum(registry, tables):
    """Let PostgreSQL know what it holds: plans depend on it."""
    with registry.cursor() as cr:
        cr.connection.rollback()
        cr.connection.autocommit = True
        for table in tables:
            cr._obj.execute(f'VACUUM ANALYZE "{table}"')
        cr.connection.autocommit = False

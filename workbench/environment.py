"""Odoo, Python and PostgreSQL put together: what every command begins with."""

import contextlib
import dataclasses
import os
from collections.abc import Iterator
from pathlib import Path

from . import odoo_source, paths, postgres, virtualenv
from .addons import House
from .connection import Connection
from .console import step
from .database import Databases
from .odoo_source import OdooSource


@dataclasses.dataclass(frozen=True)
class Environment:
    """Everything that a command needs to run Odoo."""

    odoo: OdooSource
    python: Path
    connection: Connection
    databases: Databases
    house: House

    def variables(self) -> dict[str, str]:
        """Environment of child processes that import or start Odoo.

        It carries Odoo's whole configuration: there is no file that two runs with
        different servers could take from each other, and the user's own is not read.
        """
        return {
            **os.environ,
            **self.connection.environment(),
            "PYTHONPATH": str(self.odoo.python_path),
            "PYTHONUNBUFFERED": "1",
            "PATH": os.pathsep.join((str(self.python.parent), os.environ["PATH"])),
            "ODOO_RC": os.devnull,
            "ODOO_ADDONS_PATH": ",".join(map(str, self.house.addons_path())),
            "ODOO_DATA_DIR": str(paths.odoo_data()),
            "ODOO_HTTP_INTERFACE": "127.0.0.1",
            "ODOO_LIST_DB": "False",
            "ODOO_SCREENSHOTS": str(paths.logs() / "screenshots"),
        }


@contextlib.contextmanager
def prepared(*, development: bool = False) -> Iterator[Environment]:
    """Set up what is missing and keep the database server running meanwhile.

    :param development: also what the tests and linters need
    :raises WorkbenchError: something is missing and cannot be fetched
    """
    odoo = odoo_source.find()
    python = virtualenv.ensure(development=development)
    with postgres.running() as connection:
        databases = Databases(connection, python)
        databases.check()
        step(f"Odoo {odoo.version()}, {odoo.origin}")
        house = House(paths.CLONE, odoo.addons_path)
        yield Environment(odoo, python, connection, databases, house)

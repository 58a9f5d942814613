"""Odoo, Python and PostgreSQL put together: what every command begins with."""

import contextlib
import dataclasses
import os
from collections.abc import Iterator
from pathlib import Path

from . import odoo_source, paths, postgres, virtualenv
from .addons import House
from .console import step
from .database import Databases
from .odoo_source import OdooSource
from .postgres import Connection


@dataclasses.dataclass(frozen=True)
class Environment:
    """Everything that a command needs to run Odoo."""

    odoo: OdooSource
    python: Path
    connection: Connection
    databases: Databases
    house: House
    configuration: Path

    def variables(self) -> dict[str, str]:
        """Environment of child processes that import or start Odoo.

        ``ODOO_RC`` makes Odoo read our configuration file without being told.
        """
        return {
            **os.environ,
            **self.connection.environment(),
            "PYTHONPATH": str(self.odoo.python_path),
            "PYTHONUNBUFFERED": "1",
            "ODOO_RC": str(self.configuration),
            "PATH": os.pathsep.join((str(self.python.parent), os.environ["PATH"])),
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
        configuration = write_configuration(odoo, connection, house)
        yield Environment(odoo, python, connection, databases, house, configuration)


def write_configuration(odoo: OdooSource, connection: Connection, house: House) -> Path:
    """Write the configuration file that every run of Odoo in this clone shares."""
    options = {
        "addons_path": ",".join(map(str, house.addons_path())),
        "data_dir": paths.odoo_data(),
        "db_host": connection.host,
        "db_port": connection.port,
        "db_user": connection.user,
        "db_password": connection.password,
        "http_interface": "127.0.0.1",
        "list_db": False,
        "screenshots": paths.logs() / "screenshots",
    }
    lines = [f"{name} = {value}\n" for name, value in options.items() if value != ""]
    path = paths.data() / "odoo.conf"
    draft = path.with_name(f"odoo.conf.{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text("[options]\n" + "".join(lines), encoding="utf-8")
    draft.replace(path)  # two runs at once never see half a file
    return path

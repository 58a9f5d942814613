"""Databases with their file store: make, clone, rename, drop."""

import contextlib
import dataclasses
import json
import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from . import paths
from .connection import Connection
from .console import detail
from .errors import WorkbenchError, check_disk

#: PostgreSQL cuts longer names off without a word.
LONGEST_NAME = 63
#: Seconds that a template may be in use before it is copied.
PATIENCE = 120


class SqlError(WorkbenchError):
    """What the server said."""


@dataclasses.dataclass(frozen=True)
class Databases:
    """The databases of one server."""

    connection: Connection
    python: Path

    def sql(
        self, database: str, *statements: str | tuple[str, list[object]]
    ) -> list[list]:
        """Run statements one by one, each committed; return the last one's rows.

        :raises SqlError: with the first line of what the server said
        """
        task = [
            [item, []] if isinstance(item, str) else [item[0], item[1]]
            for item in statements
        ]
        return self.ask("sql_client.py", {"database": database, "statements": task})

    def ask(self, client: str, task: dict) -> Any:
        """Hand ``task`` to a script beside this one that speaks to the server.

        :returns: its answer
        :raises SqlError: with the last line of what it said
        """
        done = subprocess.run(
            [str(self.python), str(Path(__file__).with_name(client))],
            input=json.dumps(task),
            capture_output=True,
            text=True,
            env={**os.environ, **self.connection.environment()},
            check=False,
        )
        if done.returncode:
            check_disk(done.stderr)
            raise SqlError(_last(done.stderr))
        return json.loads(done.stdout)

    def check(self) -> None:
        """See that the server answers and that the role may be used with Odoo.

        :raises WorkbenchError: one line saying what to change
        """
        try:
            [[user, may_create]] = self.sql(
                "postgres",
                "SELECT current_user::text, rolcreatedb OR rolsuper FROM pg_roles "
                "WHERE rolname = current_user",
            )
        except SqlError as error:
            raise WorkbenchError(
                f"the PostgreSQL server does not let us in ({error}): "
                "check PGHOST, PGPORT, PGUSER and PGPASSWORD"
            ) from error
        if user == "postgres":
            raise WorkbenchError(
                "Odoo refuses the role postgres: name another one with PGUSER "
                "(createuser --createdb odoo)"
            )
        if not may_create:
            raise WorkbenchError(
                f"the role {user} may not create databases: ALTER ROLE {user} CREATEDB"
            )

    def names(self) -> list[str]:
        rows = self.sql(
            "postgres",
            "SELECT datname FROM pg_database WHERE NOT datistemplate ORDER BY 1",
        )
        return [name for (name,) in rows]

    def exists(self, name: str) -> bool:
        return name in self.names()

    def create(self, name: str) -> None:
        """An empty database with the extensions that searching uses."""
        check_name(name)
        self.sql(
            "postgres",
            f"CREATE DATABASE \"{name}\" ENCODING 'UTF8' LC_COLLATE 'C' "
            "TEMPLATE template0",
        )
        self.sql(name, "CREATE EXTENSION IF NOT EXISTS pg_trgm")
        self._add_unaccent(name)

    def _add_unaccent(self, name: str) -> None:
        """Search without accents, if the role may declare the function immutable.

        An index can only use an immutable function, and Odoo warns about another.
        """
        try:
            self.sql(
                name,
                "CREATE EXTENSION IF NOT EXISTS unaccent",
                "ALTER FUNCTION unaccent(text) IMMUTABLE",
            )
        except SqlError:
            self.sql(name, "DROP EXTENSION IF EXISTS unaccent")

    def drop(self, name: str) -> None:
        self.sql("postgres", f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        shutil.rmtree(paths.filestore(name), ignore_errors=True)

    def clone(self, template: str, name: str) -> None:
        """Copy a database with its file store; waits while another run reads it."""
        check_name(name)
        until = time.monotonic() + PATIENCE
        while True:
            try:
                self.sql("postgres", f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
                break
            except SqlError as error:
                is_in_use = "being accessed by other users" in str(error)
                if not is_in_use or time.monotonic() > until:
                    raise
            time.sleep(1)
        # Odoo never changes a stored file, it only adds and removes: links will do.
        shutil.rmtree(paths.filestore(name), ignore_errors=True)
        if paths.filestore(template).is_dir():
            shutil.copytree(
                paths.filestore(template), paths.filestore(name), copy_function=_link
            )

    @contextlib.contextmanager
    def temporary(self, template: str, name: str) -> Iterator[str]:
        """A clone for a while; it stays when the variable ``KEEP`` is set."""
        name = name[:LONGEST_NAME]
        self.clone(template, name)
        try:
            yield name
        finally:
            if os.environ.get("KEEP"):
                detail(f"kept: database {name}")
            else:
                self.drop(name)

    def rename(self, name: str, new_name: str) -> None:
        """Give a finished database its final name; what had that name is dropped."""
        check_name(new_name)
        self.drop(new_name)
        self.sql("postgres", f'ALTER DATABASE "{name}" RENAME TO "{new_name}"')
        if paths.filestore(name).is_dir():
            paths.filestore(name).rename(paths.filestore(new_name))


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:  # a file system without links
        shutil.copy2(source, target)


def check_name(name: str) -> None:
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.-]*", name) or (
        len(name) > LONGEST_NAME
    ):
        raise WorkbenchError(
            f"{name!r} is no name for a database: letters, digits, `_`, `-` and `.`, "
            f"at most {LONGEST_NAME}"
        )


def _last(text: str) -> str:
    lines = [line for line in text.splitlines() if line.strip()]
    return lines[-1].strip() if lines else "no message"

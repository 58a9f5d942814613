"""``make run``: ports, sets of addons, what is done a second time."""

import os
import socket
import subprocess
import sys
from unittest.mock import MagicMock, patch

from fixtures import FolderCase

from workbench import paths, server
from workbench.addons import House
from workbench.errors import WorkbenchError


class TestPort(FolderCase):
    def test_default_and_named(self):
        self.environ(PORT="")
        self.assertEqual(server._port(), server.PORT)
        self.environ(PORT="8100")
        self.assertEqual(server._port(), 8100)

    def test_nonsense(self):
        for port in ("eighty", "80", "70000", "-1"):
            self.environ(PORT=port)
            with self.subTest(port=port):
                with self.assertRaisesRegex(WorkbenchError, "from 1024 to 65535"):
                    server._port()

    def test_busy(self):
        with socket.socket() as busy:
            busy.bind(("127.0.0.1", 0))
            busy.listen()
            port = busy.getsockname()[1]
            with self.assertRaisesRegex(WorkbenchError, "used by another program"):
                server._require_free(port)
        server._require_free(port)


class TestPid(FolderCase):
    def test_nothing_was_started(self):
        self.assertFalse(server.is_up())

    def test_number_that_another_program_has_now(self):
        server._pid_file().write_text(str(os.getpid()), encoding="utf-8")
        self.assertFalse(server.is_up())

    def test_stopped_with_all_it_started(self):
        child = subprocess.Popen(
            [sys.executable, "-c", "import time; time.sleep(60)", "odoo", "server"],
            start_new_session=True,
        )
        server._pid_file().write_text(str(child.pid), encoding="utf-8")
        while not server.is_up():  # until the child has become the other program
            self.assertIsNone(child.poll())
        with patch.object(server.time, "sleep", lambda _seconds: child.poll()):
            server._stop_server()
        self.assertIsNotNone(child.wait(timeout=5))
        self.assertFalse(server.is_up())


class TestSite(FolderCase):
    """Which addons are installed and upgraded in a database that is there."""

    def setUp(self):
        super().setUp()
        self.write("host/base/__manifest__.py", "{}")
        self.addon("one")
        self.addon("two")
        self.installed = {"base", "one"}
        self.start = patch.object(server.odoo_run, "install").start()
        self.addCleanup(patch.stopall)

    def site(self) -> server.Site:
        environment = MagicMock()
        environment.house = House(self.folder, [self.folder / "host"])
        site = server.Site(environment, "sales")
        site.databases.exists.return_value = True
        site.databases.sql.side_effect = lambda *_: [[n] for n in self.installed]
        paths.data()
        return site

    def update(self, *addons: str) -> None:
        self.start.reset_mock()
        self.site().update(list(addons))

    def test_unchanged_does_nothing(self):
        self.site()._write_hashes()
        self.update("one")
        self.start.assert_not_called()

    def test_changed_files_are_upgraded(self):
        self.site()._write_hashes()
        self.write("addons/one/views/x.xml", "<odoo/>")
        self.update("one")
        self.assertEqual(self.start.call_args.kwargs["upgrade"], ["one"])
        self.update("one")
        self.start.assert_not_called()

    def test_new_addon_is_installed(self):
        self.site()._write_hashes()
        self.update("one", "two")
        self.assertEqual(self.start.call_args.args[2], ["two"])

    def test_interrupted_upgrade_is_done_again(self):
        self.site()._write_hashes()
        self.write("addons/one/views/x.xml", "<odoo/>")
        self.start.side_effect = KeyboardInterrupt
        with self.assertRaises(KeyboardInterrupt):
            self.update("one")
        self.start.side_effect = None
        self.update("one")
        self.assertEqual(self.start.call_args.kwargs["upgrade"], ["one"])

    def test_interrupted_creation_leaves_no_database(self):
        site = self.site()
        site.databases.exists.return_value = False
        self.start.side_effect = KeyboardInterrupt
        with patch.object(server, "Templates"), self.assertRaises(KeyboardInterrupt):
            site.update(["one"])
        site.databases.rename.assert_not_called()

    def test_addons_named_by_the_user(self):
        environment = self.site().environment
        for text, names in (("", ["one", "two"]), ("two, base", ["two", "base"])):
            self.environ(ADDONS=text)
            self.assertEqual(server._wanted(environment), names)


class TestDatabaseName(FolderCase):
    def test_refused_before_anything_is_set_up(self):
        for name in ("a b", "x" * 60, "-d", 'a"b'):
            self.environ(DB=name, PORT="")
            with self.subTest(name=name):
                with self.assertRaisesRegex(WorkbenchError, "no name for a database"):
                    server.run()

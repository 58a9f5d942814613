"""``make run``: ports, sets of addons, what is done a second time."""

import os
import re
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


class TestChoices(FolderCase):
    def test_addons_named_by_the_user(self):
        self.write("host/base/__manifest__.py", "{}")
        self.addon("one")
        self.addon("two")
        environment = MagicMock()
        environment.house = House(self.folder, [self.folder / "host"])
        for text, names in (("", ["one", "two"]), ("two, base", ["two", "base"])):
            self.environ(ADDONS=text)
            self.assertEqual(server._wanted(environment), names)

    def test_port_of_another_program_is_refused_before_anything_is_touched(self):
        """Neither a set-up of minutes nor the server that runs are lost for it."""
        with socket.socket() as busy:
            busy.bind(("127.0.0.1", 0))
            busy.listen()
            self.environ(DB="", PORT=str(busy.getsockname()[1]))
            with (
                patch.object(server.environment, "prepared") as prepared,
                patch.object(server, "_stop_server") as stopped,
                self.assertRaisesRegex(WorkbenchError, "used by another program"),
            ):
                server.run()
        prepared.assert_not_called()
        stopped.assert_not_called()


class TestPersonas(FolderCase):
    def test_those_of_the_demo_data_in_both_lists(self):
        login = re.compile(r'<field name="login">(\w+)</field>')
        demo = {
            found
            for path in (paths.CLONE / "addons").glob("*/demo/*.xml")
            for found in login.findall(path.read_text(encoding="utf-8"))
        }
        self.assertEqual(set(server.PERSONAS), demo)
        readme = (paths.CLONE / "README.md").read_text(encoding="utf-8")
        for name in demo:
            self.assertIn(f"`{name}`", readme)


class TestAddress(FolderCase):
    def test_odoo_is_told_the_port_it_is_served_on(self):
        """Else papers look for their styles on port 8069 and come out bare."""
        environment = MagicMock()
        server._set_address(environment, "sales", 8123)
        ((database, (_statement, values)), _named) = environment.databases.sql.call_args
        self.assertEqual((database, values), ("sales", ["http://localhost:8123"]))


class TestLoginPage(FolderCase):
    def test_answer_of_another_program_is_none(self):
        """Odoo has ended because somebody was quicker with the port."""
        log = self.write("log", "OSError: Address already in use\n")
        child = MagicMock()
        child.poll.return_value = 1
        with patch.object(server.urllib.request, "urlopen"):
            with self.assertRaisesRegex(WorkbenchError, "Address already in use"):
                server.wait_for_login_page(child, 8069, log)


class TestDatabaseName(FolderCase):
    def test_refused_before_anything_is_set_up(self):
        for name in ("a b", "x" * 60, "-d", 'a"b'):
            self.environ(DB=name, PORT="")
            with self.subTest(name=name):
                with self.assertRaisesRegex(WorkbenchError, "no name for a database"):
                    server.run()

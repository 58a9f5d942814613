"""Whatever goes wrong: one clear line and a status that says so."""

import ast
import errno
import io
import os
import subprocess
import sys
from contextlib import redirect_stderr
from unittest.mock import patch

from fixtures import FolderCase

from workbench import apt, browser, errors, log_check, paths, processes, virtualenv
from workbench import command_line as command
from workbench.errors import WorkbenchError
from workbench.odoo_run import Run


class TestMain(FolderCase):
    def ended(self, problem: BaseException) -> tuple[int, str]:
        said = []
        with (
            patch("workbench.suite.main", side_effect=problem),
            patch.object(command, "complain", said.append),
        ):
            status = command.main(["test"])
        self.assertEqual(len(said), 1)
        return status, said[0]

    def test_missing_thing(self):
        status, line = self.ended(WorkbenchError("install x"))
        self.assertEqual((status, line), (2, "install x"))

    def test_full_disk(self):
        status, line = self.ended(OSError(errno.ENOSPC, "No space left on device"))
        self.assertEqual(status, 2)
        self.assertIn("the disk is full", line)

    def test_interrupted(self):
        status, line = self.ended(KeyboardInterrupt())
        self.assertEqual(status, 130)
        self.assertIn("start again", line)

    def test_mistake_of_ours_is_not_hidden(self):
        with patch("workbench.suite.main", side_effect=OSError(errno.EIO, "x")):
            with self.assertRaises(OSError):
                command.main(["test"])

    def test_old_python(self):
        """It reads no more of the workbench than what it understands."""
        package = paths.CLONE / "workbench"
        old = (
            "import runpy, sys; sys.version_info = (3, 6, 0); "
            "runpy.run_module('workbench', run_name='__main__', alter_sys=True); "
        )
        done = subprocess.run(
            [sys.executable, "-c", old],
            cwd=paths.CLONE,
            capture_output=True,
            text=True,
            check=False,
        )
        self.assertEqual((done.returncode, done.stdout), (1, ""))
        self.assertEqual(done.stderr.count("\n"), 1)
        self.assertIn("Python 3.6 is too old, 3.11 or later", done.stderr)
        for name in ("__init__", "__main__"):
            tree = ast.parse(
                (package / f"{name}.py").read_text("utf-8"), feature_version=(3, 4)
            )
            for node in ast.walk(tree):
                self.assertNotIsInstance(
                    node, (ast.AnnAssign, ast.JoinedStr, ast.FunctionDef)
                )

    def test_unknown_command(self):
        with redirect_stderr(io.StringIO()), self.assertRaises(SystemExit) as ended:
            command.main(["tset"])
        self.assertEqual(ended.exception.code, 2)

    def test_every_command_exists(self):
        for name, (module, function, _help) in command.COMMANDS.items():
            with self.subTest(name=name):
                script = f"from workbench.{module} import {function}"
                done = subprocess.run(
                    [sys.executable, "-c", script], cwd=paths.CLONE, check=False
                )
                self.assertEqual(done.returncode, 0)


class TestFullDisk(FolderCase):
    """Every program says it in its own words."""

    def test_known_words(self):
        for text in (
            "tar: ./usr/x: Cannot write: No space left on device",
            "ERROR: Could not install: [Errno 28] No space left on device: '/x'",
            "E: Write error - write (28: No space left on device)",
            "could not extend file: Disk quota exceeded",
            'could not extend file "base/1": wrote only 4096 of 8192 bytes at block 0',
            "HINT:  Check free disk space.",
        ):
            with (
                self.subTest(text=text),
                self.assertRaisesRegex(WorkbenchError, "full"),
            ):
                errors.check_disk(f"first line\n{text}\n")

    def test_anything_else(self):
        errors.check_disk("E: Unable to locate package odoo-19")

    def test_packages(self):
        def pip(_command, log, **_options):
            log.write_text("ERROR: [Errno 28] No space left on device\n")
            return 1

        (self.folder / "venv").mkdir()
        with patch.object(virtualenv, "run_logged", pip):
            with self.assertRaisesRegex(WorkbenchError, "the disk is full"):
                virtualenv._install(self.folder / "venv", virtualenv.MAIN)

    def test_unpacking_keeps_what_was_fetched(self):
        self.program("dpkg", "echo 'tar: x: No space left on device' >&2; exit 2")
        package = self.write("odoo-19.deb")
        with self.assertRaisesRegex(WorkbenchError, "the disk is full"):
            apt.unpack(package, self.folder / "root")
        self.assertTrue(package.exists())

    def test_odoo(self):
        log = self.write("log", "ERROR: bad query\nHINT:  Check free disk space.\n")
        with self.assertRaisesRegex(WorkbenchError, "the disk is full"):
            Run(255, log, log_check.read(log)).require("making a template database")


class TestPaths(FolderCase):
    def test_folder_that_cannot_be_made(self):
        self.environ(WORKBENCH_DATA=str(self.write("file") / "below"))
        with self.assertRaisesRegex(WorkbenchError, "WORKBENCH_DATA"):
            paths.data()

    def test_cache_follows_the_desktop_standard(self):
        self.environ(WORKBENCH_CACHE=None, XDG_CACHE_HOME=str(self.folder / "xdg"))
        self.assertEqual(paths.cache(), self.folder / "xdg/sales-addons")


class TestVirtualenv(FolderCase):
    def test_python_without_venv(self):
        failed = subprocess.CompletedProcess([], 1, "", "ensurepip is not available")
        with patch.object(virtualenv.subprocess, "run", return_value=failed):
            with self.assertRaisesRegex(WorkbenchError, "python3-venv"):
                virtualenv._make(self.folder / "venv")

    def test_without_network(self):
        def pip(_command, log, **_options):
            log.write_text("ERROR: No matching distribution found for lxml==6\n")
            return 1

        (self.folder / "venv").mkdir()
        with patch.object(virtualenv, "run_logged", pip):
            with self.assertRaisesRegex(WorkbenchError, "for lxml==6.*the network"):
                virtualenv._install(self.folder / "venv", virtualenv.MAIN)

    def test_interrupted_installation_is_done_again(self):
        (self.folder / "venv").mkdir()
        with patch.object(virtualenv, "run_logged", side_effect=KeyboardInterrupt):
            with self.assertRaises(KeyboardInterrupt):
                virtualenv._install(self.folder / "venv", virtualenv.MAIN)
        with patch.object(virtualenv, "run_logged", return_value=0) as pip:
            virtualenv._install(self.folder / "venv", virtualenv.MAIN)
            virtualenv._install(self.folder / "venv", virtualenv.MAIN)
        pip.assert_called_once()

    def test_environment_whose_python_is_gone_is_made_anew(self):
        self.write("venv/.made")
        self.write("venv/bin/python", "not a program")
        self.assertFalse(virtualenv._works(self.folder / "venv"))

    def test_every_version_is_pinned(self):
        for path in (virtualenv.MAIN, virtualenv.DEVELOPMENT):
            for line in path.read_text(encoding="utf-8").splitlines():
                if line and not line.startswith("#"):
                    self.assertRegex(line, r"^[\w.-]+==[\w.]+$")


class TestBrowser(FolderCase):
    def test_no_chromium(self):
        self.environ(PATH=str(self.folder))
        with self.assertRaisesRegex(WorkbenchError, "the tours need Chromium.*apt-get"):
            browser.require_chromium("the tours")

    def test_missing_programs_without_root(self):
        self.environ(PATH=str(self.folder))
        with patch.object(browser.os, "getuid", return_value=1000):
            with self.assertRaisesRegex(WorkbenchError, "chromium wkhtmltopdf fonts"):
                browser.install_missing()

    def test_apt_fails(self):
        self.program("apt-get", "exit 100")
        with patch.object(browser.os, "getuid", return_value=0):
            with self.assertRaisesRegex(WorkbenchError, "apt-get update failed"):
                browser.install_missing()


class TestProcesses(FolderCase):
    def test_status_and_output(self):
        log = self.folder / "log"
        status = processes.run_logged(["/bin/sh", "-c", "echo said; exit 3"], log)
        self.assertEqual((status, log.read_text()), (3, "said\n"))

    def test_interrupted_run_leaves_no_process(self):
        log = self.folder / "log"
        sleep = f"sleep 60.{os.getpid()}"  # nobody else's
        with patch.object(processes, "_wait", side_effect=KeyboardInterrupt):
            with self.assertRaises(KeyboardInterrupt):
                processes.run_logged(["/bin/sh", "-c", f"{sleep} & {sleep}"], log)
        found = subprocess.run(
            ["pgrep", "-f", f"^{sleep}$"], capture_output=True, check=False
        )
        self.assertEqual(found.stdout, b"")

    def test_sign_of_life(self):
        said = []
        with (
            patch.object(processes, "HEARTBEAT", 0.1),
            patch.object(processes, "detail", said.append),
        ):
            processes.run_logged(
                ["/bin/sh", "-c", "echo half-way; sleep 0.5"], self.folder / "log"
            )
        self.assertTrue(said)
        self.assertIn("half-way", said[0])

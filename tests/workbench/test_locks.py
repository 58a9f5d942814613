"""Two runs at once."""

import os
import threading
import time
from unittest.mock import patch

from fixtures import FolderCase

from workbench import locks, processes
from workbench.errors import WorkbenchError


class TestLocks(FolderCase):
    def test_second_waits_and_says_for_what(self):
        order = []

        def second():
            with locks.exclusive(self.folder, "odoo", "fetching Odoo"):
                order.append("second")

        with patch.object(locks, "detail") as said:
            with locks.exclusive(self.folder, "odoo", "fetching Odoo"):
                thread = threading.Thread(target=second)
                thread.start()
                while not said.called:
                    time.sleep(0.01)
                order.append("first")
            thread.join()
        self.assertEqual(order, ["first", "second"])
        self.assertIn("fetching Odoo", said.call_args.args[0])

    def test_lock_of_a_killed_run_is_free(self):
        child = os.fork()
        if child == 0:
            with locks.exclusive(self.folder, "odoo", "x"):
                os._exit(0)  # without leaving the block
        os.waitpid(child, 0)
        with patch.object(locks, "detail") as said:
            with locks.exclusive(self.folder, "odoo", "x"):
                pass
        said.assert_not_called()

    def test_lock_lasts_until_the_work_has_ended(self):
        """A killed run's child goes on installing: the next run waits for it."""
        before = locks.held()
        child = os.fork()
        if child == 0:
            with locks.exclusive(self.folder, "odoo", "x"):
                processes.output_of(["sh", "-c", "sleep 1 >/dev/null 2>&1 &"])
                os._exit(0)
        os.waitpid(child, 0)
        with patch.object(locks, "detail") as said:
            with locks.exclusive(self.folder, "odoo", "x"):
                said.assert_called_once()
        self.assertEqual(locks.held(), before)

    def test_alone_only_without_users(self):
        with locks.shared(self.folder, "users"), locks.shared(self.folder, "users"):
            with locks.alone(self.folder, "users") as alone:
                self.assertFalse(alone)
        with locks.alone(self.folder, "users") as alone:
            self.assertTrue(alone)

    def test_folder_that_cannot_be_written(self):
        self.write("file")
        with self.assertRaisesRegex(WorkbenchError, "WORKBENCH_CACHE"):
            with locks.exclusive(self.folder / "file", "x", "x"):
                pass

"""The second lane of a test run."""

import subprocess
import threading
import time
from unittest.mock import patch

from fixtures import FolderCase

from workbench import locks, processes
from workbench.beside import Beside


class TestBeside(FolderCase):
    def setUp(self):
        super().setUp()
        self.enterContext(patch.object(processes, "_interrupted", threading.Event()))

    def test_in_order_and_all_of_it(self):
        done = []
        with Beside() as beside:
            for number in range(5):
                beside.do(done.append, number)
        self.assertEqual(done, [0, 1, 2, 3, 4])

    def test_mistake_comes_out(self):
        with self.assertRaises(ZeroDivisionError), Beside() as beside:
            beside.do(lambda: 1 // 0)

    def test_interrupted_run_ends_what_it_started(self):
        """Its children are in process groups of their own: no Ctrl-C reaches them."""
        log, done = self.folder / "log", []

        def long() -> None:
            processes.run_logged(["sh", "-c", "echo up; sleep 60"], log)
            done.append("went on")

        with self.assertRaises(KeyboardInterrupt), Beside() as beside:
            beside.do(long)
            beside.do(done.append, "next")
            while not log.exists() or not log.read_text():
                time.sleep(0.01)
            raise KeyboardInterrupt
        # "sleep 60" was ended: otherwise its line would be noted by now
        self.assertEqual(done, [])
        self.assertEqual(processes._running, set())

    def test_child_keeps_no_lock_of_the_other_lane(self):
        release, started = threading.Event(), threading.Event()

        def other() -> None:
            with locks.exclusive(self.folder, "template", "x"):
                started.set()
                release.wait()

        with Beside() as beside:
            beside.do(other)
            started.wait()
            child = subprocess.Popen(["sleep", "60"], pass_fds=locks.held())
            self.addCleanup(child.wait)
            self.addCleanup(child.kill)
            release.set()
        with locks.alone(self.folder, "template") as is_free:
            self.assertTrue(is_free)

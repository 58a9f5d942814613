"""Two runs at once in one clone never write the same log."""

import os
import subprocess
import sys

from fixtures import FolderCase

from workbench import locks, logs, paths


class TestClaim(FolderCase):
    def test_name_as_wanted_and_the_same_again(self):
        self.assertEqual(logs.claim("test-x"), paths.logs() / "test-x.log")
        self.assertEqual(logs.claim("test-x"), paths.logs() / "test-x.log")

    def test_another_run_writes_it(self):
        with locks.shared(paths.data(), "log-test-x"):  # opened anew: as if another's
            self.assertEqual(logs.claim("test-x"), paths.logs() / "test-x-2.log")
        self.assertEqual(logs.claim("test-y"), paths.logs() / "test-y.log")

    def test_another_run_that_was_killed(self):
        child = os.fork()
        if child == 0:
            logs.claim("test-x")
            os._exit(0)
        os.waitpid(child, 0)
        self.assertEqual(logs.claim("test-x"), paths.logs() / "test-x.log")

    def test_claim_of_the_other_lane_ends_silently(self):
        """Its lock is left when the run ends, by the main thread."""
        script = (
            "import threading; from workbench import logs; "
            "lane = threading.Thread(target=logs.claim, args=['test-x']); "
            "lane.start(); lane.join()"
        )
        done = subprocess.run(
            [sys.executable, "-c", script],
            cwd=paths.CLONE,
            capture_output=True,
            text=True,
            check=False,
        )
        self.assertEqual((done.returncode, done.stderr), (0, ""))

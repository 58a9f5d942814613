from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .test_document_mixin import DocumentCase


@tagged("post_install", "-at_install")
class TestSalesRun(DocumentCase):
    def setUp(self):
        super().setUp()
        self.documents = self.Document.create(
            [{"subject": f"run {n}"} for n in range(8)]
        )
        self.documents[3].sudo().state = "approved"
        self.Run = self.env["sales.run"].with_user(self.user)

    def _run_cron(self):
        with self.enter_registry_test_mode():
            self.env.ref("sales_base.ir_cron_run").method_direct_trigger()

    def test_at_once(self):
        """F-15: the run says how many were done, what was skipped and why."""
        run = self.Run._start("test", {"like": "run %"}, at_once=True)
        self.assertEqual((run.state, run.done_count, run.skipped_count), ("done", 7, 1))
        self.assertIn(self.documents[3].name, run.skipped_text)
        self.assertIn("not a draft", run.skipped_text)
        self.assertEqual(self.documents[0].state, "submitted")

    def test_twice(self):
        """F-15: run twice, done once."""
        self.Run._start("test", {"like": "run %"}, at_once=True)
        again = self.Run._start("test", {"like": "run %"}, at_once=True)
        self.assertEqual((again.done_count, again.skipped_count), (0, 8))

    def test_queued(self):
        """F-15: a button queues, the job works through batches."""
        run = self.Run._start("test", {"like": "run %"})
        self.assertEqual(run.state, "queued")
        self._run_cron()
        run.invalidate_recordset()
        self.assertEqual((run.state, run.done_count), ("done", 7))

    def test_resumed(self):
        """F-15: after a kill the run goes on behind the last committed batch."""
        run = self.Run._start("test", {"like": "run %"})
        run.sudo()._work_batch()
        self.assertEqual((run.state, run.done_count), ("running", 3))
        self._run_cron()
        run.invalidate_recordset()
        self.assertEqual((run.state, run.done_count, run.skipped_count), ("done", 7, 1))

    def test_failure_is_told_and_retried(self):
        run = self.Run._start("test", {})
        broken = patch.object(
            self.registry["sales.run"],
            "_get_pending_test",
            side_effect=UserError("no plan"),
        )
        self.startPatcher(broken)
        self._run_cron()
        run.invalidate_recordset()
        self.assertEqual((run.state, run.error), ("failed", "no plan"))
        with self.assertRaises(AccessError):
            run.with_user(self.user).action_retry()
        run.with_user(self.manager).action_retry()
        self.assertEqual(run.state, "queued")

    def test_nobody_writes_runs(self):
        """F-12, F-15: by RPC nobody makes, changes or deletes a run, not even his own:
        neither its state nor what it says, nor what it is to do; it stays as it was."""
        run = self.Run._start("test", {"like": "x%"})
        values = {
            "state": "done",
            "kind": "test",
            "parameters": {"like": "%"},
            "position": 99,
            "done_count": 99,
            "error": "none",
            "user_id": self.manager.id,
        }
        self.env.flush_all()
        before = run.sudo().read(list(values))
        for person in (self.user, self.manager):
            own = run.with_user(person)
            for name, value in values.items():
                with self.subTest(person=person.login, field=name):
                    with self.assertRaises(AccessError):
                        own.write({name: value})
            with self.subTest(person=person.login, verb="create"):
                with self.assertRaises(AccessError):
                    own.create({"kind": "test", "parameters": {"like": "%"}})
            with self.subTest(person=person.login, verb="unlink"):
                with self.assertRaises(AccessError):
                    own.unlink()
        self.env.invalidate_all()
        self.assertEqual(run.sudo().read(list(values)), before)

"""What an upgrade may do to records (F-03)."""

from unittest.mock import MagicMock, patch

from fixtures import FolderCase

from workbench import tally, upgrade
from workbench.log_check import Report
from workbench.odoo_run import Run
from workbench.tally import Tally
from workbench.upgrade import Records, lost


def holding(ids: dict[str, set[int]], **names: int) -> Records:
    """Records of models; external ids name those of the model ``x.claim``."""
    return Records(ids, {("x.claim", key): f"x.{name}" for name, key in names.items()})


class TestLost(FolderCase):
    def test_more_than_before(self):
        self.assertEqual(
            lost(holding({"x.claim": {1, 2}}), holding({"x.claim": {1, 2, 3}})), []
        )

    def test_fewer(self):
        found = lost(holding({"x.claim": {1, 2, 3}}), holding({"x.claim": {2}}))
        self.assertEqual(found, ["x.claim: 2 of 3 lost (ids 1, 3)"])

    def test_others_instead(self):
        """As many as before, and yet one was lost."""
        found = lost(holding({"x.claim": {1}}), holding({"x.claim": {2}}))
        self.assertEqual(found, ["x.claim: 1 of 1 lost (ids 1)"])

    def test_model_that_went(self):
        found = lost(holding({"x.claim": {1}}), holding({}))
        self.assertEqual(found, ["x.claim: 1 of 1 lost (ids 1)"])

    def test_entry_of_a_file_that_went(self):
        before = holding({"x.claim": {1}}, demo=1)
        self.assertEqual(lost(before, holding({"x.claim": set()})), [])

    def test_entry_of_a_file_that_was_made_anew(self):
        """What people did to the record is lost."""
        before = holding({"x.claim": {1}}, demo=1)
        self.assertEqual(len(lost(before, holding({"x.claim": {2}}, demo=2))), 1)


class TestStage(FolderCase):
    def setUp(self):
        super().setUp()
        self.environment = MagicMock()
        self.environment.house.product = {}
        self.tally = Tally()

    def counted(self, commit: str | None, after: Records, *complaints: str) -> None:
        report = Report(0, 0, 0, (), complaints)
        log = self.write("log")
        before = holding({"x.claim": {1}})
        with (
            patch.object(upgrade.history, "previous_commit", return_value=commit),
            patch.object(upgrade.history, "unpack"),
            patch.object(upgrade.dataclasses, "replace"),
            patch.object(upgrade, "Templates"),
            patch.object(upgrade, "House"),
            patch.object(upgrade.odoo_run, "install", return_value=Run(0, log, report)),
            patch.object(upgrade, "records", side_effect=[before, after]),
        ):
            upgrade.run(self.environment, self.tally, "db")

    def test_no_earlier_version_says_so_and_passes(self):
        with patch.object(tally, "detail") as said:
            self.counted(None, holding({}))
        self.assertIn("no earlier version", said.call_args.args[0])
        self.assertEqual((self.tally.passed, self.tally.failed), (1, 0))

    def test_kept(self):
        self.counted("abc", holding({"x.claim": {1}}))
        self.assertEqual((self.tally.passed, self.tally.failed), (2, 0))

    def test_lost(self):
        self.counted("abc", holding({"x.claim": set()}))
        self.assertEqual(self.tally.failures, ["upgrade: no record lost"])

    def test_warning(self):
        self.counted("abc", holding({"x.claim": {1}}), "WARNING a: b")
        self.assertEqual(self.tally.failures, ["upgrade: clean log"])

from datetime import date

from odoo.tests import tagged

from .test_document_mixin import DocumentCase


@tagged("post_install", "-at_install")
class TestSnapshotMixin(DocumentCase):
    def setUp(self):
        super().setUp()
        self.Snapshot = self.env["sales.test.snapshot"]
        self.document = self._create_document(
            subject="first",
            date_due=date(2026, 5, 1),
            line_ids=[(0, 0, {"label": "a", "quantity": 1})],
        )

    def test_changes_between_two_submissions(self):
        """Architecture 7: submissions are snapshots, compared by one function."""
        first = self.Snapshot._take(self.document)
        self.document.write(
            {
                "subject": "second",
                "date_due": date(2026, 5, 2),
                "line_ids": [
                    (1, self.document.line_ids.id, {"quantity": 2}),
                    (0, 0, {"label": "b", "quantity": 1}),
                ],
            }
        )
        second = self.Snapshot._take(self.document)
        self.assertEqual((first.revision, second.revision), (1, 2))
        told = [
            (change["label"], change["before"], change["after"])
            for change in second._get_changes(first)
        ]
        self.assertEqual(
            told,
            [
                ("Subject", "first", "second"),
                ("Date Due", "2026-05-01", "2026-05-02"),
                ("Quantity", "1.00", "2.00"),
                ("Line", "", "b"),
            ],
        )

    def test_shown_as_it_was(self):
        """A name changed later does not change what was submitted."""
        partner = self.env["res.partner"].create({"name": "Old name"})
        self.document.partner_id = partner
        taken = self.Snapshot._take(self.document)
        partner.name = "New name"
        shown = taken.content["fields"]["partner_id"]
        self.assertEqual(shown, {"value": [partner.id], "shown": "Old name"})

    def test_cost(self):
        self.assertQueryGrowth(
            run=lambda documents: self.Snapshot._take(documents),
            prepare=lambda number: self.Document.create(
                [{"line_ids": [(0, 0, {"label": "x"})]} for _n in range(number)]
            ),
        )

from odoo.tests import tagged

from .test_document_mixin import DocumentCase


@tagged("post_install", "-at_install")
class TestBoard(DocumentCase):
    def test_lane(self):
        """Count and rows come from the same domain, most urgent first."""
        documents = self.Document.create([{"subject": f"s{n}"} for n in range(7)])
        documents[0].action_submit()
        Board = self.env["sales.test.board"].with_user(self.user)
        lanes = Board.get_board()["lanes"]
        self.assertEqual([lane["key"] for lane in lanes], ["drafts"])
        self.assertEqual(lanes[0]["count"], 6)
        rows = lanes[0]["rows"]
        self.assertEqual([row["id"] for row in rows], documents[1:6].ids)
        self.assertEqual(rows[0]["title"], documents[1].name)
        self.assertEqual(rows[0]["level"], "muted")

    def test_groups(self):
        Board = self.env["sales.test.board"].with_user(self.manager)
        self.assertEqual(len(Board.get_board()["lanes"]), 2)

    def test_cost(self):
        """SA-01: a constant number of statements, two a lane."""
        Board = self.env["sales.test.board"]
        self.assertQueryGrowth(
            run=lambda _documents: Board.get_board(),
            prepare=lambda number: self.Document.create([{}] * number),
            growth=2,
        )

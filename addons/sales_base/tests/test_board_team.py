from odoo.exceptions import AccessError
from odoo.tests import tagged

from .test_document_mixin import DocumentCase


@tagged("post_install", "-at_install")
class TestBoardTeam(DocumentCase):
    """SA-01: a superior sees what waits with whom and who is overloaded."""

    def _get_team(self):
        self.env.flush_all()
        return self.env["sales.test.board"].with_user(self.manager).get_team()

    def test_load(self):
        """Each number opens exactly the list it counts; above the limit is too much."""
        self.company.sales_board_load_limit = 5
        for person, number in ((self.user, 3), (self.manager, 1), (None, 2)):
            self.Document.create(
                [{"subject": "x", "user_id": person and person.id}] * number
            )
        team = self._get_team()
        self.assertEqual([lane["key"] for lane in team["lanes"]], ["drafts", "hidden"])
        totals = [(one["id"], one["total"], one["level"]) for one in team["people"]]
        self.assertEqual(
            totals,
            [
                (self.user.id, 6, "danger"),
                (False, 4, "success"),
                (self.manager.id, 2, "success"),
            ],
        )
        for person in team["people"]:
            for lane in team["lanes"]:
                own = [*lane["domain"], (lane["owner"], "=", person["id"])]
                self.assertEqual(
                    person["counts"][lane["key"]], self.Document.search_count(own)
                )

    def test_no_limit(self):
        self.company.sales_board_load_limit = 0
        self.Document.create([{"user_id": self.user.id}] * 50)
        self.assertEqual(self._get_team()["people"][0]["level"], "success")

    def test_superiors_only(self):
        Board = self.env["sales.test.board"].with_user(self.user)
        self.assertFalse(Board.get_board()["team"])
        with self.assertRaises(AccessError):
            Board.get_team()

    def test_cost(self):
        """SA-01: one statement a lane, however many records and people."""
        users = [self._create_persona(f"t_team_{n}") for n in range(8)]
        self.assertQueryGrowth(
            run=lambda _documents: self._get_team(),
            prepare=lambda number: self.Document.create(
                [{"user_id": users[n % 8].id} for n in range(number)]
            ),
            growth=1,
        )

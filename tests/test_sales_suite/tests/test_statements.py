from odoo.tests import tagged

from odoo.addons.sales_base.tests.common import SalesCommon

BOARDS = {
    "sales.assistant.board": "sales_assistant.group_sales_assistant_manager",
    "after.sales.board": "after_sales.group_after_sales_manager",
    "field.sales.board": "field_sales.group_field_sales_manager",
}
#: statements of a board for who it is and which days are worked: the user, groups,
#: companies, calendars
FIXED = 20
#: statements of a lane: its rows, their number, and what a row names
OF_LANE = 3


@tagged("post_install", "-at_install")
class TestStatements(SalesCommon):
    """Absolute numbers hold here only, where the set of addons is fixed."""

    def test_boards(self):
        """SA-01: three statements a lane, one a figure and a few for who asks, with
        every app installed, however much is in the lanes."""
        for model, group in BOARDS.items():
            user = self._create_persona(f"t_{model}", group)
            board = self.env[model].with_user(user)
            board.get_board()
            self.env.flush_all()
            self.env.invalidate_all()
            with self.subTest(model=model), self._count_queries() as counter:
                shown = board.get_board()
            self.assertTrue(shown["lanes"])
            limit = OF_LANE * len(shown["lanes"]) + len(shown["figures"]) + FIXED
            self.assertLessEqual(counter["queries"], limit)

from odoo.tests import tagged

from odoo.addons.sales_base.tests.common import SalesCommon

#: statements of a board with every app installed: two a lane, the figures, the rights
BOARD_LIMITS = {
    "sales.assistant.board": ("sales_assistant.group_sales_assistant_manager", 60),
    "after.sales.board": ("after_sales.group_after_sales_manager", 60),
    "field.sales.board": ("field_sales.group_field_sales_manager", 60),
}


@tagged("post_install", "-at_install")
class TestStatements(SalesCommon):
    """Absolute numbers hold here only, where the set of addons is fixed."""

    def test_boards(self):
        """SA-01: a board costs a constant number of statements."""
        for model, (group, limit) in BOARD_LIMITS.items():
            user = self._create_persona(f"t_{model}", group)
            board = self.env[model].with_user(user)
            board.get_board()
            self.env.flush_all()
            self.env.invalidate_all()
            with self.subTest(model=model), self._count_queries() as counter:
                lanes = board.get_board()["lanes"]
            self.assertTrue(lanes)
            self.assertLessEqual(counter["queries"], limit)

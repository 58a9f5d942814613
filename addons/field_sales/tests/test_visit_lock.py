from odoo import SUPERUSER_ID, api
from odoo.exceptions import LockError
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import mute_logger


@tagged("post_install", "-at_install")
class TestVisitLock(BaseCase):
    """Two transactions at the same visit, with real cursors and committed rows."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            store = env["res.partner"].create({"name": "Lock", "is_store": True})
            visit = env["field.sales.visit"].create({"store_id": store.id})
            self.store_id, self.visit_id = store.id, visit.id
        self.addCleanup(self._clean)

    def _clean(self):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            visit = env["field.sales.visit"].browse(self.visit_id)
            visit.sudo().write({"state": "planned"})
            visit.unlink()
            env["res.partner"].browse(self.store_id).unlink()

    def test_two_at_once(self):
        """FS-09, F-12: a visit that another transaction begins is refused, not begun
        twice; once that is over, the state is looked at again."""
        with self.registry.cursor() as first, self.registry.cursor() as second:
            one = api.Environment(first, SUPERUSER_ID, {})["field.sales.visit"]
            two = api.Environment(second, SUPERUSER_ID, {})["field.sales.visit"]
            one.browse(self.visit_id)._check_can("start")
            with self.assertRaises(LockError), mute_logger("odoo.sql_db"):
                two.browse(self.visit_id).action_start()
            second.rollback()
            first.rollback()

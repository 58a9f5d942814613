from odoo.tests import HttpCase, tagged

from .old_part_common import OldPartCommon


@tagged("post_install", "-at_install")
class TestOldPartPhoneTours(OldPartCommon, HttpCase):
    browser_size = "390x844"
    touch_enabled = True

    def test_pack(self):
        """AS-10, AS-20: packed and sent on a phone."""
        part = self._create_part()
        self.start_tour("/my/old-parts", "after_sales_pack_parts", login="t_mechanic")
        self.assertEqual(part.state, "in_transit")
        self.assertEqual(part.shipment_id.waybill, "SF123")


@tagged("post_install", "-at_install")
class TestOldPartDeskTours(OldPartCommon, HttpCase):
    def test_receive(self):
        """AS-10: scanned and received by the maker."""
        part = self._create_part()
        shipment = self._ship(part)
        action = "after_sales.after_sales_part_shipment_action"
        self.start_tour(
            f"/odoo/action-{action}/{shipment.id}",
            "after_sales_receive_parts",
            login="t_clerk",
        )
        self.assertEqual((part.state, part.acceptance), ("received", "accepted"))
        self.assertEqual(part.move_ids[-1].user_id, self.clerk)

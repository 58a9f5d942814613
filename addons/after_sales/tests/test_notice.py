from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import AfterSalesCommon


@tagged("post_install", "-at_install")
class TestNotice(AfterSalesCommon):
    """AS-17: bulletins to stations by level or region, with receipts."""

    def _publish(self, **values):
        notice = (
            self.env["sales.notice"]
            .with_user(self.auditor)
            .create(
                {
                    "subject": "Torque of the pump",
                    "date_due": "2030-01-01",
                    "is_for_stations": True,
                    **values,
                }
            )
        )
        notice.action_publish()
        return notice.receipt_ids.user_id

    def test_all_stations(self):
        """AS-17: every contact with a role gets it, nobody else's customer does."""
        readers = self._publish()
        self.assertEqual(
            readers & (self.mechanic | self.owner | self.rival | self.nobody),
            self.mechanic | self.owner | self.rival,
        )

    def test_level(self):
        """AS-17: only stations of the level."""
        self.station.level, self.station_2.level = "1", "3"
        readers = self._publish(station_level="1")
        self.assertIn(self.mechanic, readers)
        self.assertNotIn(self.rival, readers)

    def test_region(self):
        """AS-17: stations of the region and of those below it."""
        north = self.env["sales.region"].create({"name": "North"})
        city = north.create({"name": "City", "parent_id": north.id})
        self.station.region_id, self.station_2.region_id = city, north.copy()
        readers = self._publish(station_region_ids=[(6, 0, north.ids)])
        self.assertIn(self.mechanic, readers)
        self.assertNotIn(self.rival, readers)

    def test_level_alone_is_no_audience(self):
        """AS-17: a level without stations addresses nobody."""
        with self.assertRaises(UserError):
            self._publish(is_for_stations=False, station_level="1")

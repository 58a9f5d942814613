# pylint: disable=consider-merging-classes-inherited
# Own file: the replaced parts of the demo story.
from datetime import timedelta

from odoo import api, models

#: old parts whose way is over
CLOSED_PARTS = 45


class AfterSalesDemo(models.AbstractModel):
    """The replaced parts of the story: old ones have gone their whole way, of the last
    weeks some are late, some packed, on the road, inspected and forwarded."""

    _inherit = "after.sales.demo"

    @api.model
    def _create_story(self):
        result = super()._create_story()
        company = self.env.ref("base.main_company")
        story = self.with_company(company).with_context(
            allowed_company_ids=company.ids, tracking_disable=True
        )
        story._create_part_history(company)
        story._create_part_story(company)
        self.env["after.sales.old.part.seal"]._seal(company)
        return result

    def _create_part_history(self, company):
        """Parts of claims older than eight weeks, created as they ended."""
        today = company._get_sales_today()
        claims = self.env["after.sales.claim"].search(
            [
                ("company_id", "=", company.id),
                ("date_approved", "<=", today - timedelta(days=57)),
            ],
            order="date_approved desc, id",
            limit=CLOSED_PARTS,
        )
        maker = company.partner_id.id
        for day, own in claims.grouped("date_approved").items():
            parts = own.line_ids._create_old_parts(moved_on=day)
            waiting = parts.filtered(lambda part: part.state == "at_station")
            sent = waiting.filtered(lambda part: part.disposal == "return")
            sent._move("in_transit", moved_on=day + timedelta(days=9))
            sent.write({"acceptance": "accepted"})
            sent._move(
                "received",
                moved_on=day + timedelta(days=13),
                partner_id=maker,
                condition="good",
            )
            (parts - sent)[:1]._move("written_off", moved_on=day + timedelta(days=30))
            forwarded = sent.filtered("supplier_id")[::2]
            forwarded._move(
                "forwarded",
                moved_on=day + timedelta(days=20),
                partner_id={part: part.supplier_id.id for part in forwarded},
            )
            forwarded[:1]._move("written_off", moved_on=day + timedelta(days=40))

    def _create_part_story(self, company):
        """Parts of the last eight weeks, through the real steps."""
        today = company._get_sales_today()
        parts = self.env["after.sales.old.part"].search(
            [
                ("company_id", "=", company.id),
                ("state", "=", "at_station"),
                ("claim_id.date_approved", ">", today - timedelta(days=57)),
            ],
            order="id",
        )
        for part in parts:
            days = part.policy_id.return_days
            part.date_due = part.claim_id.date_approved + timedelta(days=days)
        returned = parts.filtered(lambda part: part.disposal == "return")
        for own in returned.grouped("station_id").values():
            third = len(own) // 3
            if third:
                self._receive(self._send(own[:third]))
                self._send(own[third : 2 * third])
        straight = parts.filtered(lambda part: part.disposal == "supplier")
        self._send(straight[:1])
        beijing = self._get_demo("station_beijing")
        left = returned.filtered(
            lambda part: part.station_id == beijing and part.state == "at_station"
        )
        self._pack_as_station(left[:2])

    def _pack_as_station(self, parts):
        station = self._get_demo("user_station")
        shipments = self.env["after.sales.part.shipment"].with_user(station)
        # sudo: as the portal does
        return shipments._pack_parts(parts.with_env(shipments.env).sudo())

    def _send(self, parts):
        """A parcel of one station on its way."""
        shipments = self.env["after.sales.part.shipment"]._pack_parts(parts)
        for shipment in shipments:
            shipment.write(
                {"carrier": "顺丰 SF Express", "waybill": f"SF10{shipment.id:08d}"}
            )
            shipment.action_send()
        return shipments

    def _receive(self, shipments):
        """The quality office inspects; in one parcel of three something is wrong."""
        for shipment in shipments.with_user(self._get_demo("user_quality")):
            lines = shipment.line_ids
            lines.write({"result": "accepted", "condition": "good"})
            if shipment.id % 3 == 1:
                lines[:1].write(
                    {
                        "result": "refused",
                        "condition": "wrong",
                        "note": "不是该件 Other part",
                    }
                )
            elif shipment.id % 3 == 2 and len(lines) > 1:
                lines[:1].write({"result": "missing", "condition": "unchecked"})
            shipment.action_receive()
            lines.part_id.filtered(
                lambda part: part.state == "received" and part.supplier_id
            )[1:2].action_forward()

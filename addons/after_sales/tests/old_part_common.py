from odoo import Command

from .common import AfterSalesCommon


class OldPartCommon(AfterSalesCommon):
    """Replaced parts: the pump comes back within 30 days, the filter has no policy."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["after.sales.old.part.policy"].search([]).active = False
        cls.policy = cls.env["after.sales.old.part.policy"].create(
            {"product_id": cls.pump.id, "disposal": "return", "return_days": 30}
        )

    @classmethod
    def _part_line(cls, product, **values):
        return Command.create(
            {"line_type": "part", "product_id": product.id, "price_unit": 200, **values}
        )

    @classmethod
    def _create_part(cls, quantity=1, station=None, product=None, **values):
        """The part of an approved claim of its own, a pump unless told otherwise."""
        values = {"station_id": station.id, **values} if station else values
        line = cls._part_line(product or cls.pump, quantity=quantity)
        claim = cls._create_claim(line_ids=[line], **values)
        sender = cls.rival if station == cls.station_2 else cls.mechanic
        claim.with_user(sender).sudo().action_submit()
        claim.with_user(cls.auditor).action_approve()
        return claim.old_part_ids

    @classmethod
    def _set_supplier(cls):
        works = cls.env["res.partner"].create({"name": "Pump Works"})
        cls.env["product.supplierinfo"].create(
            {"product_tmpl_id": cls.pump.product_tmpl_id.id, "partner_id": works.id}
        )
        return works

    @classmethod
    def _ship(cls, parts):
        shipment = cls.env["after.sales.part.shipment"]._pack_parts(parts.sudo())
        shipment.write({"carrier": "Fast", "waybill": "W1"})
        shipment.action_send()
        return shipment

    @property
    def _write_off_reason(self):
        return self.env.ref("after_sales.reason_write_off_2")

    def _find_breaks(self, parts):
        return self.env["after.sales.old.part"]._find_breaks(self.company, parts.ids)

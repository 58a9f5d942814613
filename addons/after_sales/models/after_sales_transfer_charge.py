# pylint: disable=consider-merging-classes-inherited
# Own file: what a shipment's clearing makes, one concept.
from odoo import fields, models


class AfterSalesTransfer(models.Model):
    """Cost clearing between the parties (AS-11): who shipped on the maker's behalf gets
    a credit, who received is charged; both find it in their next settlement or
    recovery."""

    _inherit = "after.sales.transfer"

    charge_ids = fields.One2many("after.sales.charge", "transfer_id", "Charges")

    def _do_clear(self):
        result = super()._do_clear()
        vals_list = [vals for transfer in self for vals in transfer._prepare_charges()]
        self.env["after.sales.charge"]._create_open(vals_list)
        return result

    def _prepare_charges(self):
        """Values of the charges of this shipment; none for nothing."""
        self.ensure_one()
        shipper = {
            "supplier": {"supplier_id": self.supplier_id.id},
            "station": {"station_id": self.from_station_id.id},
        }.get(self.way)
        receiver = {"station_id": self.station_id.id}
        rows = [
            ("credit", shipper, self.shipper_amount, "after_sales.reason_charge_5"),
            (
                "deduction",
                receiver,
                self.receiver_amount,
                "after_sales.reason_charge_received",
            ),
        ]
        return [
            {
                **party,
                **self._prepare_charge_amount(party, amount),
                "kind": kind,
                "reason_id": self.env.ref(reason).id,
                "company_id": self.company_id.id,
                "claim_id": self.claim_id.id,
                "transfer_id": self.id,
                "note": self.name,
            }
            for kind, party, amount, reason in rows
            if party and not self.currency_id.is_zero(amount)
        ]

    def _prepare_charge_amount(self, party, amount):
        """The amount in the currency its party is settled in."""
        station = self.env["after.sales.station"].browse(party.get("station_id"))
        currency = station.currency_id or self.currency_id
        day = self.company_id._get_sales_today()
        value = self.currency_id._convert(amount, currency, self.company_id, day)
        return {"currency_id": currency.id, "value": value, "date": day}

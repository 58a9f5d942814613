from odoo import api, fields, models

from ..tools.typed import get_typed_key


class AfterSalesAssembly(models.Model):
    """A major assembly that a unit has or had (AS-01, AS-06): its serial number, and
    from when until when. Approved claims keep the register; what a unit left the works
    with is typed or imported."""

    _name = "after.sales.assembly"
    _description = "Assembly of a Unit"
    _order = "lot_id, product_id, date_from desc, id desc"
    _rec_name = "serial"

    lot_id = fields.Many2one(
        "stock.lot", "Unit", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="lot_id.company_id", store=True, index=True)
    product_id = fields.Many2one(
        "product.product",
        "Assembly",
        required=True,
        index=True,
        domain=[("is_spare_part", "=", True), ("is_main_part", "=", True)],
        ondelete="restrict",
    )
    serial = fields.Char("Serial Number", size=60, required=True)
    serial_key = fields.Char(compute="_compute_serial_key", store=True, index=True)
    date_from = fields.Date("Built In")
    usage_from = fields.Integer("Usage Then")
    date_to = fields.Date("Taken Out")
    claim_id = fields.Many2one(
        "after.sales.claim",
        "Put In By",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    removal_claim_id = fields.Many2one(
        "after.sales.claim",
        "Taken Out By",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )

    _claim_uniq = models.UniqueIndex(
        "(claim_id) WHERE claim_id IS NOT NULL",
        "This claim has put its assembly in already.",
    )

    @api.depends("serial")
    def _compute_serial_key(self):
        for assembly in self:
            assembly.serial_key = self._get_key(assembly.serial)

    @api.model
    def _get_key(self, serial):
        """A serial number without what typing adds to it."""
        return get_typed_key(serial)

    def _has_field_access(self, field, operation):
        if (
            operation == "write"
            and field.name in ("claim_id", "removal_claim_id", "serial_key")
            and not self.env.su
        ):
            return False
        return super()._has_field_access(field, operation)

    @api.model
    def _get_current(self, claims):
        """What the units of these claims have now, by the register.

        :returns: {(lot id, product id): record}
        """
        rows = self.search(
            [
                ("lot_id", "in", claims.lot_id.ids),
                ("product_id", "in", claims.assembly_product_id.ids),
                ("date_to", "=", False),
            ],
            order="date_from, id",
        )
        return {(row.lot_id.id, row.product_id.id): row for row in rows}

    @api.model
    def _get_known(self, claims):
        """Serial number that the unit of each claim has, as far as it is known; what
        the claim itself put in does not count.

        :returns: {claim id: key of the serial number}
        """
        current = self._get_current(claims)
        known = {}
        for claim in claims:
            row = current.get((claim.lot_id.id, claim.assembly_product_id.id))
            if row and row.claim_id != claim:
                known[claim.id] = row.serial_key
        return known

    @api.model
    def _get_elsewhere(self, claims):
        """Other units that have the assembly put in, by the register.

        :returns: {claim id: serial number of the other unit}
        """
        keys = {claim.id: self._get_key(claim.assembly_new_serial) for claim in claims}
        rows = self.search(
            [
                ("serial_key", "in", [key for key in keys.values() if key]),
                ("product_id", "in", claims.assembly_product_id.ids),
                ("date_to", "=", False),
            ]
        )
        elsewhere = {}
        for claim in claims:
            others = rows.filtered(
                lambda row, claim=claim: (
                    row.serial_key == keys[claim.id]
                    and row.product_id == claim.assembly_product_id
                    and row.lot_id != claim.lot_id
                )
            )
            if others:
                elsewhere[claim.id] = others[0].lot_id.name
        return elsewhere

    @api.model
    def _replace(self, claims):
        """Take the old assembly out of the register and put the new one in; a claim
        that is approved again is written anew."""
        self._take_back(claims)
        current = self._get_current(claims)
        values = []
        for claim in claims:
            out = {"date_to": claim.date_repair, "removal_claim_id": claim.id}
            target = {
                "lot_id": claim.lot_id.id,
                "product_id": claim.assembly_product_id.id,
            }
            row = current.get((claim.lot_id.id, claim.assembly_product_id.id))
            if row and row.serial_key == self._get_key(claim.assembly_old_serial):
                row.write(out)
            else:
                # not known before: it was there from the sale on
                values.append(
                    {
                        **target,
                        **out,
                        "serial": claim.assembly_old_serial,
                        "date_from": claim.lot_id.date_sold,
                    }
                )
                if row:
                    row.write(out)
            values.append(
                {
                    **target,
                    "serial": claim.assembly_new_serial,
                    "date_from": claim.date_repair,
                    "usage_from": claim.usage,
                    "claim_id": claim.id,
                }
            )
        return self.create(values)

    @api.model
    def _take_back(self, claims):
        """What these claims put in leaves the register, what they took out is back."""
        self.search([("claim_id", "in", claims.ids)]).unlink()
        self.search([("removal_claim_id", "in", claims.ids)]).write(
            {"date_to": False, "removal_claim_id": False}
        )

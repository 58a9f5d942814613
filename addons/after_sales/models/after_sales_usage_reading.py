from odoo import api, fields, models
from odoo.exceptions import UserError


class AfterSalesUsageReading(models.Model):
    """What the meter of a sold unit showed on a day (AS-01).

    A reading that a claim brought is what the rules judge later claims by: it changes
    with its claim only.
    """

    _name = "after.sales.usage.reading"
    _description = "Usage Reading"
    _order = "date desc, id desc"
    _rec_name = "value"

    lot_id = fields.Many2one("stock.lot", required=True, index=True, ondelete="cascade")
    date = fields.Date(required=True, default=fields.Date.context_today)
    value = fields.Integer("Reading", required=True)
    claim_id = fields.Many2one(
        "after.sales.claim", readonly=True, index="btree_not_null", ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="lot_id.company_id", store=True, index=True, precompute=True
    )

    _value_positive = models.Constraint(
        "CHECK (value >= 0)", "A meter reading cannot be negative."
    )
    _lot_date_idx = models.Index("(lot_id, date, id)")

    def _has_field_access(self, field, operation):
        if operation == "write" and field.name == "claim_id" and not self.env.su:
            return False
        return super()._has_field_access(field, operation)

    def write(self, vals):
        self._check_free()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_claimed(self):
        self._check_free()

    def _check_free(self):
        """
        :raises UserError: a claim brought one of the readings
        """
        if not self.env.su and self.claim_id:
            raise UserError(
                self.env._(
                    "These readings belong to claims and change with them: %(claims)s.",
                    claims=", ".join(self.claim_id.mapped("name")),
                )
            )

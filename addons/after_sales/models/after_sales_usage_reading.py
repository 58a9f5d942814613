from odoo import fields, models


class AfterSalesUsageReading(models.Model):
    """What the meter of a sold unit showed on a day (AS-01)."""

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
    company_id = fields.Many2one(related="lot_id.company_id", store=True, index=True)

    _value_positive = models.Constraint(
        "CHECK (value >= 0)", "A meter reading cannot be negative."
    )
    _lot_date_idx = models.Index("(lot_id, date, id)")

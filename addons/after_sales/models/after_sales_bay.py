from odoo import fields, models


class AfterSalesBay(models.Model):
    """A repair bay of a station (AS-05): appointments are booked on it."""

    _name = "after.sales.bay"
    _description = "Repair Bay"
    _order = "station_id, sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    station_id = fields.Many2one(
        "after.sales.station",
        required=True,
        index=True,
        check_company=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="station_id.company_id", store=True)
    active = fields.Boolean(default=True)

    _name_uniq = models.Constraint(
        "UNIQUE (station_id, name)", "This station has a bay of this name already."
    )

    def _lock_for_booking(self):
        """Two bookings of one bay wait for each other: the second one begins anew and
        sees the first."""
        if self:
            self.env.cr.execute(
                "UPDATE after_sales_bay SET sequence = sequence WHERE id IN %s",
                (tuple(self.ids),),
            )

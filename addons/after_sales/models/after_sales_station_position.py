# pylint: disable=consider-merging-classes-inherited
# Own file: where a station is.
from odoo import fields, models

from odoo.addons.sales_base.tools import geo


class AfterSalesStation(models.Model):
    """Where the station is: what a rescue's position is compared with."""

    _inherit = "after.sales.station"

    latitude = fields.Float(digits=(10, 7), tracking=True)
    longitude = fields.Float(digits=(10, 7), tracking=True)

    _position_valid = models.Constraint(
        "CHECK (latitude BETWEEN -90 AND 90 AND longitude BETWEEN -180 AND 180)",
        "A latitude lies between -90 and 90 degrees, a longitude between -180 and 180.",
    )

    def _get_position(self):
        """``(latitude, longitude)``, that of the partner where the station has none;
        None where nobody entered one."""
        self.ensure_one()
        partner_sudo = self.partner_id.sudo()  # sudo: where a garage is, is no secret
        return geo.position(self.latitude, self.longitude) or geo.position(
            partner_sudo.partner_latitude, partner_sudo.partner_longitude
        )

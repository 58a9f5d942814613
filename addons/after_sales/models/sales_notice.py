from odoo import api, fields, models
from odoo.fields import Domain

from .after_sales_station import LEVELS


class SalesNotice(models.Model):
    """A bulletin goes to stations by level or region (AS-17): to their contacts who log
    in to the portal."""

    _inherit = "sales.notice"

    is_for_stations = fields.Boolean("Service Stations")
    station_level = fields.Selection(
        LEVELS, help="Only stations of this level; all if empty."
    )
    station_region_ids = fields.Many2many(
        "sales.region",
        string="Regions of Stations",
        check_company=True,
        help="Only stations of these regions and those below; all if empty.",
    )

    @api.model
    def _get_audience_fields(self):
        return (
            *super()._get_audience_fields(),
            "is_for_stations",
            "station_level",
            "station_region_ids",
        )

    def _get_publish_obstacle(self):
        """Level and regions narrow the stations, they are no audience by themselves."""
        others = set(self._get_audience_fields()) - {
            "station_level",
            "station_region_ids",
        }
        if not any(self[fname] for fname in others):
            return self.env._("choose who reads it.")
        return super()._get_publish_obstacle()

    def _get_audience_users(self):
        users_sudo = super()._get_audience_users()
        if not self.is_for_stations:
            return users_sudo
        domain = Domain("company_id", "=", self.company_id.id)
        if self.station_level:
            domain &= Domain("level", "=", self.station_level)
        if self.station_region_ids:
            domain &= Domain("region_id", "child_of", self.station_region_ids.ids)
        # sudo: whoever publishes to stations need not read their contacts
        stations_sudo = self.env["after.sales.station"].sudo().search(domain)
        everybody_sudo = self.env["res.users"].sudo()  # sudo: as above
        return users_sudo | everybody_sudo.search(
            [
                ("share", "=", True),
                ("partner_id.after_sales_portal_role", "!=", False),
                (
                    "partner_id.commercial_partner_id",
                    "in",
                    stations_sudo.partner_id.commercial_partner_id.ids,
                ),
            ]
        )

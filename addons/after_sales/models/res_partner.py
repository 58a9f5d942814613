from odoo import fields, models

PORTAL_ROLES = [("claims", "Claims"), ("all", "Claims and settlements")]


class ResPartner(models.Model):
    """What a contact of a station may do in the portal (AS-03)."""

    _inherit = "res.partner"

    after_sales_portal_role = fields.Selection(
        PORTAL_ROLES,
        "Station Portal",
        copy=False,
        groups="sales_base.group_sales_base_user",
        help="What this contact sees of its stations in the portal: their claims, or "
        "their money too. Empty: nothing.",
    )
    after_sales_station_ids = fields.One2many(
        "after.sales.station",
        "partner_id",
        "Service Stations",
        groups="after_sales.group_after_sales_user",
    )

    def write(self, vals):
        result = super().write(vals)
        if "after_sales_portal_role" in vals:
            # The record rules of portal users name the role; Odoo caches their domains.
            self.env.registry.clear_cache()
        return result

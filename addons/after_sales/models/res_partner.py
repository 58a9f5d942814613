from odoo import fields, models

PORTAL_ROLES = [("claims", "Claims"), ("all", "Claims and settlements")]


class ResPartner(models.Model):
    """What a contact of a station may do in the portal (AS-03)."""

    _inherit = "res.partner"

    after_sales_portal_role = fields.Selection(
        PORTAL_ROLES,
        "After-Sales Portal",
        copy=False,
        groups="sales_base.group_sales_base_user",
        help="What this contact sees in the portal of its stations, or of what its "
        "company answers for as a supplier: claims, or the money too. Empty: nothing.",
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

    def _get_after_sales_role(self, model):
        """The portal role of a contact, if his company is a partner of this kind.

        :param str model: ``after.sales.station`` or ``after.sales.supplier``
        :returns: key of ``PORTAL_ROLES``, or False
        """
        # sudo: a portal user does not read the role of his own contact
        role = self.sudo().after_sales_portal_role
        partner = [("partner_id", "child_of", self.commercial_partner_id.id)]
        # sudo: as above
        return bool(
            role and self.env[model].sudo().search_count(partner, limit=1)
        ) and (role)

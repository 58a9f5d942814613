from odoo import models


class ResUsers(models.Model):
    _inherit = "res.users"

    def _get_after_sales_partner_ids(self, roles=("claims", "all")):
        """Whose documents a portal user sees: his company's, as far as his role goes.

        The record rules ask this. ``child_of`` of an empty list finds nothing, in SQL
        and record by record; of 0 or False it may find what has no partner.

        :param roles: portal roles, any of which is enough
        :returns: ids for ``child_of``
        """
        # sudo: a portal user does not read the role of his own contact
        partner_sudo = self.partner_id.sudo()
        if partner_sudo.after_sales_portal_role not in roles:
            return []
        return partner_sudo.commercial_partner_id.ids

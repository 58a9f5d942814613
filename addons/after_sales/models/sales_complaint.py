from odoo import api, fields, models

#: what the portal may name as the source of a complaint
SOURCES = {"claim": "after.sales.claim", "repair": "after.sales.repair"}


class SalesComplaint(models.Model):
    """Complaints and warranty claims (AS-18): claims and repairs of a complaint, and a
    claim made from it."""

    _inherit = "sales.complaint"

    after_sales_claim_ids = fields.One2many(
        "after.sales.claim",
        "complaint_id",
        "Warranty Claims",
        groups="after_sales.group_after_sales_user",
    )
    after_sales_repair_ids = fields.One2many(
        "after.sales.repair",
        "complaint_id",
        "Repairs",
        groups="after_sales.group_after_sales_user",
    )
    after_sales_claim_count = fields.Integer(
        "Warranty Claim Count",
        compute="_compute_after_sales_counts",
        groups="after_sales.group_after_sales_user",
    )
    after_sales_repair_count = fields.Integer(
        "Repair Count",
        compute="_compute_after_sales_counts",
        groups="after_sales.group_after_sales_user",
    )

    def _compute_after_sales_counts(self):
        for key, model in SOURCES.items():
            groups = self.env[model]._read_group(
                [("complaint_id", "in", self.ids)], ["complaint_id"], ["__count"]
            )
            counts = dict(groups)
            for complaint in self:
                complaint[f"after_sales_{key}_count"] = counts.get(complaint, 0)

    def action_create_after_sales_claim(self):
        """A claim of the unit complained about, prefilled, for the station that sold
        it; the complaint is linked when it is saved."""
        self.ensure_one()
        lot = self.lot_id
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Claim"),
            "res_model": "after.sales.claim",
            "view_mode": "form",
            "views": [(False, "form")],
            "context": {
                "default_complaint_id": self.id,
                "default_company_id": self.company_id.id,
                "default_lot_id": lot.id if lot.date_sold else False,
                "default_station_id": lot.sold_station_id.id,
                "default_customer_name": (self.partner_id.name or "")[:120],
                "default_customer_phone": self.partner_id.phone,
                "default_complaint": self.description or self.subject,
            },
        }

    def action_view_after_sales_claims(self):
        return self._view_after_sales("after_sales.after_sales_claim_action_all")

    def action_view_after_sales_repairs(self):
        return self._view_after_sales("after_sales.after_sales_repair_action")

    def _view_after_sales(self, action):
        action = self.env["ir.actions.act_window"]._for_xml_id(action)
        domain = [("complaint_id", "in", self.ids)]
        return dict(action, domain=domain, context={})

    # --------------------------------------------------------------------- portal

    @api.model
    def _portal_create(self, values, photos):
        """A complaint about a claim or a repair of the user's station is linked."""
        source = self._portal_get_source(values)
        complaint_sudo = super()._portal_create(values, photos)
        source._link_complaint(complaint_sudo)
        return complaint_sudo

    @api.model
    def _portal_get_source(self, values):
        """The claim or repair a complaint is about, as the user may read it.

        :param dict values: ``claim`` or ``repair``, an id as received
        :returns: one record, or an empty one
        """
        for key, model in SOURCES.items():
            text = str(values.get(key) or "")
            if text.isascii() and text.isdigit() and len(text) < 10:
                return self.env[model].search([("id", "=", int(text))])
        return self.env["after.sales.claim"]

    def _portal_get_sources(self):
        """Claims and repairs of the complaint, those the user may read.

        :returns: list of ``{"url", "name"}``
        """
        found = []
        for key, model in SOURCES.items():
            # sudo: the link is internal; what it leads to is asked as the user
            linked_sudo = (
                self.env[model].sudo().search([("complaint_id", "in", self.ids)])
            )
            own = self.env[model].search([("id", "in", linked_sudo.ids)])
            found += [{"url": f"/my/{key}s/{one.id}", "name": one.name} for one in own]
        return found

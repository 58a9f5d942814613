# pylint: disable=consider-merging-classes-inherited
# Own file: what a supplier has agreed to for recoveries is one concept.
from odoo import api, fields, models


class AfterSalesSupplier(models.Model):
    """A supplier's terms of recovery (AS-13): what is charged besides its share, until
    when, in which currency, and whether it wants the part to look at."""

    _inherit = "after.sales.supplier"

    handling_percent = fields.Float(
        "Handling (%)",
        tracking=True,
        help="Charged on top of what the supplier bears, for the maker's handling.",
    )
    wants_part = fields.Boolean(
        "Wants the Part Back",
        tracking=True,
        help="Cost is recovered once the replaced part was forwarded to the supplier.",
    )
    recover_months = fields.Integer(
        "Time Bar in Months",
        tracking=True,
        help="From the claim's approval; later ones may be refused. 0: no limit.",
    )
    currency_id = fields.Many2one(
        "res.currency", help="Of its recoveries. Empty: the company's."
    )
    responsibility_ids = fields.One2many(
        "after.sales.responsibility", "supplier_id", "Responsibilities"
    )
    responsibility_count = fields.Integer(compute="_compute_recovery_figures")
    recovery_count = fields.Integer("Recoveries", compute="_compute_recovery_figures")
    recovery_rate = fields.Float(
        "Recovered (%)",
        compute="_compute_recovery_figures",
        help="Posted, of what was decided that the supplier bears.",
    )

    _recovery_terms_valid = models.Constraint(
        "CHECK (handling_percent BETWEEN 0 AND 100 AND recover_months >= 0)",
        "Handling lies between 0 and 100 percent, the time bar is not negative.",
    )

    @api.depends("responsibility_ids.state", "responsibility_ids.amount_recovered")
    def _compute_recovery_figures(self):
        own = [("supplier_id", "in", self.ids)]
        responsibilities = self.env["after.sales.responsibility"]
        counts = dict(responsibilities._read_group(own, ["supplier_id"], ["__count"]))
        recoveries = dict(
            self.env["after.sales.recovery"]._read_group(
                own, ["supplier_id"], ["__count"]
            )
        )
        sums = {
            supplier: (recovered, due)
            for supplier, recovered, due in responsibilities._read_group(
                [*own, ("state", "=", "decided")],
                ["supplier_id"],
                ["amount_recovered:sum", "recover_total:sum"],
            )
        }
        for supplier in self:
            recovered, due = sums.get(supplier, (0, 0))
            supplier.responsibility_count = counts.get(supplier, 0)
            supplier.recovery_count = recoveries.get(supplier, 0)
            supplier.recovery_rate = 100 * recovered / due if due else 0

    @api.model
    def _get_by_partner(self, company, partners):
        """Terms of the suppliers among ``partners``, asked once for all.

        :returns: {commercial ``res.partner``: terms}
        """
        found = self.search(
            [
                ("company_id", "=", company.id),
                ("partner_id.commercial_partner_id", "in", partners.ids),
            ]
        )
        return {row.partner_id.commercial_partner_id: row for row in found[::-1]}

    @api.model
    def _get_portal_domain(self, user, roles=("claims", "all")):
        """Suppliers a portal user acts for: his company and its branches.

        :param res.users user: the portal user
        :param roles: portal roles, any of which is enough
        """
        return [("partner_id", "child_of", user._get_after_sales_partner_ids(roles))]

    def _is_portal_person(self, roles):
        """Whether the current user acts for all of these suppliers."""
        # sudo: which suppliers are his does not depend on what he may read
        suppliers_sudo = self.sudo()
        domain = self._get_portal_domain(self.env.user, roles)
        return bool(self) and self <= suppliers_sudo.search(
            [("id", "in", self.ids), *domain]
        )

    def action_view_responsibilities(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "after_sales.after_sales_responsibility_action"
        )
        return dict(action, domain=[("supplier_id", "in", self.ids)], context={})

    def action_view_recoveries(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "after_sales.after_sales_recovery_action"
        )
        return dict(action, domain=[("supplier_id", "in", self.ids)], context={})

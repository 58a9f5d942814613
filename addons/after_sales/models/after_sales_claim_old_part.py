# pylint: disable=consider-merging-classes-inherited
# Own file: what becomes of the replaced parts is one concept, the claim's life another.
from odoo import api, fields, models
from odoo.fields import Domain


class AfterSalesClaim(models.Model):
    """The replaced parts of a claim: made by its approval (AS-10)."""

    _inherit = "after.sales.claim"

    old_part_ids = fields.One2many(
        "after.sales.old.part", "claim_id", "Replaced Parts", copy=False
    )
    old_part_count = fields.Integer(compute="_compute_old_part_count")
    is_on_hold = fields.Boolean(
        "On Hold",
        compute="_compute_is_on_hold",
        help="A replaced part of this claim is overdue: the claim is settled once the "
        "part is on its way.",
    )

    def _compute_old_part_count(self):
        counts = dict(
            self.env["after.sales.old.part"]._read_group(
                [("claim_id", "in", self.ids)], ["claim_id"], ["__count"]
            )
        )
        for claim in self:
            claim.old_part_count = counts.get(claim, 0)

    @api.depends("state", "old_part_ids.state", "old_part_ids.date_due")
    def _compute_is_on_hold(self):
        held = self.filtered(lambda claim: claim.state == "approved")._get_held()
        for claim in self:
            claim.is_on_hold = claim in held

    def _get_held(self):
        """Claims with an overdue part, asked once for all of them."""
        held = self.browse()
        parts = self.env["after.sales.old.part"]
        for company, claims in self.grouped("company_id").items():
            # sudo: a station may not read what holds it, but it does
            held |= (
                parts.sudo()
                .search(
                    parts._get_overdue_domain(company)
                    & Domain("claim_id", "in", claims.ids)
                )
                .claim_id
            ).with_env(self.env)
        return held

    def _do_approve(self, day=None):
        result = super()._do_approve(day)
        self.line_ids._create_old_parts(moved_on=day)
        return result

    def action_view_old_parts(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "after_sales.after_sales_old_part_action"
        )
        return dict(action, domain=[("claim_id", "in", self.ids)], context={})

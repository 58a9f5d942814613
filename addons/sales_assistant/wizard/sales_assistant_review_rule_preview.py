from odoo import api, fields, models

#: orders looked at before somebody asks for more, and the most that a screen waits for
LAST_ORDERS, MOST_ORDERS = 200, 2000


class SalesAssistantReviewRulePreview(models.TransientModel):
    """SA-11: how many of the last confirmed orders a review rule would have caught,
    before it is put in force; the limit can be tried here and nothing is written.

    Each order is judged as on the day it was ordered; receivables and grades are those
    of today.
    """

    _name = "sales.assistant.review.rule.preview"
    _description = "Contract Review Rule: Preview"

    rule_id = fields.Many2one(
        "sales.assistant.review.rule", required=True, readonly=True
    )
    key = fields.Selection(related="rule_id.key")
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    limit = fields.Float("Limit to Try")
    grade_id = fields.Many2one(
        "sales.grade", "Grade to Try", domain=[("kind", "=", "customer")]
    )
    last_count = fields.Integer("Last Orders", required=True, default=LAST_ORDERS)

    order_count = fields.Integer("Orders Looked at", compute="_compute_caught")
    caught_count = fields.Integer("Caught by This Rule", compute="_compute_caught")
    caught_percent = fields.Float("Share (%)", compute="_compute_caught")
    alone_count = fields.Integer(
        "By This Rule Alone",
        compute="_compute_caught",
        help="Orders that no other rule would have made special.",
    )
    special_count = fields.Integer(
        "Special by All Rules Together", compute="_compute_caught"
    )
    special_percent = fields.Float(
        "Share of Special Orders (%)", compute="_compute_caught"
    )
    caught_ids = fields.Many2many(
        "sale.order", string="Caught Orders", compute="_compute_caught"
    )

    @api.depends("rule_id", "company_id", "limit", "grade_id", "last_count")
    def _compute_caught(self):
        for preview in self:
            orders = preview._get_last_orders()
            failed = preview._get_failed_keys(orders)
            key = preview.rule_id.key
            caught = orders.filtered(lambda one, f=failed, k=key: k in f[one.id])
            special = [keys for keys in failed.values() if keys]
            total = len(orders) or 1
            preview.update(
                {
                    "order_count": len(orders),
                    "caught_count": len(caught),
                    "caught_percent": 100 * len(caught) / total,
                    "alone_count": sum(keys == {key} for keys in special),
                    "special_count": len(special),
                    "special_percent": 100 * len(special) / total,
                    "caught_ids": caught,
                }
            )

    def _get_last_orders(self):
        return self.env["sale.order"].search(
            [("state", "=", "sale"), ("company_id", "=", self.company_id.id)],
            order="date_order desc, id desc",
            limit=max(0, min(self.last_count, MOST_ORDERS)),
        )

    def _get_failed_keys(self, orders):
        """Rules that would have made each order special.

        :returns: {order id: set of rule keys}
        """
        limit = self.limit
        if self.key == "low_grade":
            grade = self.grade_id
            limit = [grade.sequence, grade.name] if grade else None
        # sudo: costs and receivables are weighed, not shown
        judged = orders.sudo()._judge_for_review({self.key: limit}, is_rehearsal=True)
        return {
            order_id: {
                key for key, verdict, _facts in one["findings"] if verdict == "fail"
            }
            for order_id, one in judged.items()
        }

    def action_open_caught(self):
        """The list of the caught orders."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Caught by “%(rule)s”", rule=self.rule_id.name),
            "res_model": "sale.order",
            "view_mode": "list,form,pivot",
            "domain": [("id", "in", self.caught_ids.ids)],
        }

    def action_use(self):
        """Put the limit that was tried in force."""
        self.ensure_one()
        self.rule_id.write({"limit": self.limit, "grade_id": self.grade_id.id})
        return {"type": "ir.actions.act_window_close"}

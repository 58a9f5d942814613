# pylint: disable=consider-merging-classes-inherited
# Own file: taking an approval back is one concept.
from datetime import timedelta

from odoo import fields, models


class AfterSalesClaim(models.Model):
    """An approved claim that is not in a settlement yet can be taken into review again
    (AS-08): so what the policy approved is overturned. Its replaced parts must still be
    at the station; their tags are written off, a new approval makes new ones."""

    _inherit = "after.sales.claim"

    can_reopen = fields.Boolean(compute="_compute_can")

    def _get_cannot_reopen(self):
        reasons = {}
        for claim in self:
            # sudo: whoever reviews need not read where the parts are
            left = set(claim.sudo().old_part_ids.mapped("state"))
            if claim.settlement_id:
                text = self.env._("it stands in a settlement.")
            elif left - {"at_station", "written_off"}:
                text = self.env._("a replaced part is not at the station any more.")
            else:
                text = False
            reasons[claim.id] = text
        return reasons

    def action_reopen(self):
        return dict(self._ask_reason("reopen"), name=self.env._("Reopen Claim"))

    def _do_reopen(self, reason, note):
        written_off = self.env.ref("after_sales.reason_write_off_reopened")
        # sudo: the step has asked the person; tags follow their claim
        parts_sudo = self.sudo().old_part_ids.filtered(
            lambda part: part.state == "at_station"
        )
        if parts_sudo:
            parts_sudo._do_write_off(written_off, False)
        self.line_ids._reset_decisions()
        now = fields.Datetime.now()
        for company, claims in self.grouped("company_id").items():
            days = timedelta(days=company.after_sales_review_days)
            claims._take_step(
                "reopen",
                decided_at=False,
                date_approved=False,
                date_due=company._get_sales_day(now) + days,
                **self._get_person_values(),
            )
        text = " · ".join(filter(None, (reason.name, note)))
        self._message_log_batch(
            bodies={
                claim.id: self.env._("Reopened: %(reason)s", reason=text)
                for claim in self
            }
        )
        self._move_clocks(now)

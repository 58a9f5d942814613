from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.sales_base.models import sales_complaint_proposal as base
from odoo.addons.sales_base.models.sales_document_mixin import Step

SOURCES = [("staff", "Staff"), ("customer", "Customer")]
AIMS = [
    ("quality", "Quality"),
    ("delivery", "Delivery"),
    ("cost", "Cost"),
    ("service", "Service"),
    ("work", "Way of Working"),
    ("other", "Other"),
]


class SalesComplaintProposal(models.Model):
    """SA-07: suggestions 合理化建议 of staff and customers (S0 八) are improvement
    proposals, too: the department judges, adopts or declines them, carries them out,
    and measures what they have brought."""

    _inherit = "sales.complaint.proposal"

    _steps = {
        **base.SalesComplaintProposal._steps,
        "adopt": Step({"open"}, "adopted", base.USER),
        "done": Step({"open", "adopted"}, "done", base.USER),
        "decline": Step({"open", "adopted"}, "declined", base.USER),
        "reopen": Step({"adopted", "done", "declined"}, "open", base.USER),
        "measure": Step({"done"}, "done", base.USER),
    }
    _closed_fields = base.SalesComplaintProposal._closed_fields | {
        "adopted_at",
        "adopted_by_id",
        "date_measured",
        "effect_note",
        "saving_amount",
        "value_after",
    }

    state = fields.Selection(
        selection_add=[("adopted", "Adopted"), ("done",)],
        ondelete={"adopted": "set default"},
    )
    source = fields.Selection(SOURCES, required=True, default="staff")
    partner_id = fields.Many2one(
        "res.partner", "Customer", index="btree_not_null", check_company=True
    )
    aim = fields.Selection(AIMS, "Improves")
    adopted_at = fields.Datetime("Adopted on", readonly=True, copy=False)
    adopted_by_id = fields.Many2one(
        "res.users", readonly=True, copy=False, index="btree_not_null"
    )
    date_planned = fields.Date("Carry Out Until", copy=False)

    # effect
    measure = fields.Char("Measured by", help="Such as: complaints a month.")
    is_lower_better = fields.Boolean("Less Is Better", default=True)
    value_before = fields.Float("Figure Before")
    value_after = fields.Float("Figure After", readonly=True, copy=False)
    date_measure = fields.Date(
        "Measure on", copy=False, help="When the effect can be seen."
    )
    date_measured = fields.Date("Measured on", readonly=True, copy=False)
    effect_percent = fields.Float(
        "Effect (%)",
        compute="_compute_effect",
        store=True,
        aggregator="avg",
        help="Improvement of the figure against before; negative when it got worse.",
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    saving_amount = fields.Monetary("Saved a Year", readonly=True, copy=False)
    effect_note = fields.Text("Effect", readonly=True, copy=False)
    adoption_rate = fields.Float(
        "Adopted (%)", compute="_compute_adoption_rate", store=True, aggregator="avg"
    )
    can_adopt = fields.Boolean(compute="_compute_can_steps")
    can_measure = fields.Boolean(compute="_compute_can_steps")

    _to_measure_idx = models.Index(
        "(date_measure, id) WHERE state = 'done' AND date_measured IS NULL"
    )

    # ---------------------------------------------------------------- computes

    @api.depends("value_before", "value_after", "is_lower_better", "date_measured")
    def _compute_effect(self):
        for proposal in self:
            before = proposal.value_before
            if not proposal.date_measured or not before:
                proposal.effect_percent = 0
                continue
            change = 100 * (proposal.value_after - before) / abs(before)
            proposal.effect_percent = -change if proposal.is_lower_better else change

    @api.depends("state")
    def _compute_adoption_rate(self):
        for proposal in self:
            is_adopted = proposal.state in ("adopted", "done")
            proposal.adoption_rate = 100 if is_adopted else 0

    # ------------------------------------------------------------------- guards

    def _get_lacks(self, verb):
        if verb == "adopt":
            return {
                one.id: False
                if one.date_planned
                else self.env._("say until when it is carried out.")
                for one in self
            }
        if verb == "measure":
            return {
                one.id: False
                if (one.measure or "").strip()
                else self.env._("nothing was named that could be measured.")
                for one in self
            }
        return super()._get_lacks(verb)

    def _get_answer_lack(self, verb):
        """Words are asked for the end, not for the adoption or the figure."""
        if verb in ("adopt", "measure"):
            return False
        return super()._get_answer_lack(verb)

    # -------------------------------------------------------------------- steps

    def action_adopt(self):
        self._check_can("adopt")
        self._take_step(
            "adopt", adopted_at=fields.Datetime.now(), adopted_by_id=self.env.uid
        )

    def action_measure(self):
        self.ensure_one()
        self._check_can("measure")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Effect"),
            "res_model": "sales.assistant.proposal.measure",
            "view_mode": "form",
            "target": "new",
            "context": {"default_proposal_id": self.id},
        }

    def _do_measure(self, value_after, saving_amount, note):
        for company, proposals in self.grouped("company_id").items():
            proposals._write_guarded(
                {
                    "value_after": value_after,
                    "saving_amount": saving_amount,
                    "effect_note": note,
                    "date_measured": company._get_sales_today(),
                }
            )

    def _do_reopen(self):
        result = super()._do_reopen()
        self._write_guarded(
            {"adopted_at": False, "adopted_by_id": False, "date_measured": False}
        )
        return result

    # ------------------------------------------------------------------- search

    @api.model
    def _get_to_do_domain(self):
        """Adopted suggestions that a department of the current user carries out."""
        departments = self.env["sales.department"]._get_mine_domain()
        return Domain("state", "=", "adopted") & Domain(
            "department_id", "any", departments
        )

    @api.model
    def _get_to_measure_domain(self, today):
        """Carried out by a department of the current user, its effect not measured."""
        departments = self.env["sales.department"]._get_mine_domain()
        return (
            Domain("state", "=", "done")
            & Domain("date_measured", "=", False)
            & Domain("date_measure", "<=", today)
            & Domain("department_id", "any", departments)
        )

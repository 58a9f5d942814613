from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .sales_document_mixin import Step

OVERRIDE_STATES = [("running", "Running"), ("ended", "Ended")]
MANAGER = "sales_base.group_sales_base_manager"
#: overrides ended by one committed batch
BATCH = 200


class SalesGradeOverride(models.Model):
    """F-20: a manager gives a customer another grade than the computed one, with a
    reason and until a day. Afterwards the computed grade counts again (where none was
    computed, the one before)."""

    _name = "sales.grade.override"
    _inherit = ["sales.document.mixin"]
    _description = "Grade Override"
    _order = "id desc"
    _check_company_auto = True

    _steps = {"end": Step({"running"}, "ended", MANAGER)}
    _frozen_states = frozenset({"running", "ended"})
    _deletable_states = frozenset()
    _closed_fields = frozenset({"old_grade_id", "ended_at"})

    partner_id = fields.Many2one(
        "res.partner",
        "Customer",
        required=True,
        index=True,
        check_company=True,
        ondelete="cascade",
    )
    grade_id = fields.Many2one(
        "sales.grade",
        required=True,
        index=True,
        check_company=True,
        ondelete="restrict",
        tracking=True,
    )
    old_grade_id = fields.Many2one("sales.grade", "Grade Before", readonly=True)
    reason = fields.Char("Why", required=True)
    date_to = fields.Date("Until", required=True, tracking=True)
    state = fields.Selection(
        OVERRIDE_STATES, required=True, default="running", index=True, tracking=True
    )
    ended_at = fields.Datetime("Ended", readonly=True, copy=False)
    can_end = fields.Boolean(compute="_compute_can_steps")

    _running_uniq = models.UniqueIndex(
        "(partner_id, company_id) WHERE state = 'running'",
        "The grade of this customer is overridden already: end that override first.",
    )
    _due_idx = models.Index("(date_to) WHERE state = 'running'")

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_can_steps(self):
        self._compute_can()

    @api.constrains("partner_id", "grade_id")
    def _check_kind(self):
        for override in self:
            partner = override.partner_id
            if partner != partner.commercial_partner_id:
                raise ValidationError(
                    self.env._(
                        "The grade belongs to the company of the customer, “%s”.",
                        partner.commercial_partner_id.display_name,
                    )
                )
            if override.grade_id.kind != partner.sales_grade_kind:
                raise ValidationError(
                    self.env._(
                        "The grade “%(grade)s” is not meant for “%(partner)s”.",
                        grade=override.grade_id.name,
                        partner=partner.display_name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        self._check_none_running(vals_list)
        overrides = super().create(vals_list)
        for override in overrides:
            if override.date_to < override.company_id._get_sales_today():
                raise ValidationError(
                    self.env._("An override ends today or later, not in the past.")
                )
        overrides._apply()
        return overrides

    def _check_none_running(self, vals_list):
        """Say so before the index does.

        :raises ValidationError: naming the customers
        """
        running = self.search(
            [
                ("partner_id", "in", [vals.get("partner_id") for vals in vals_list]),
                ("company_id", "=", self.env.company.id),
                ("state", "=", "running"),
            ]
        )
        if running:
            raise ValidationError(
                self.env._(
                    "The grade is overridden already; end that override first: "
                    "%(partners)s.",
                    partners=", ".join(running.partner_id.mapped("display_name")),
                )
            )

    def _apply(self):
        for company, overrides in self.grouped("company_id").items():
            partners = overrides.partner_id.with_company(company)
            for override in overrides:
                partner = override.partner_id.with_company(company)
                override._write_guarded({"old_grade_id": partner.sales_grade_id.id})
            partners._set_sales_grades(
                {
                    one.partner_id.with_company(company): one.grade_id
                    for one in overrides
                },
                "override",
                {one.partner_id.id: one.id for one in overrides},
            )

    def action_end(self):
        self._check_can("end")
        self._do_end()

    def _do_end(self):
        """Back to what was computed."""
        self._take_step("end", ended_at=fields.Datetime.now())
        for company, overrides in self.grouped("company_id").items():
            partners = overrides.partner_id.with_company(company)
            # sudo: the figures behind a grade need not be the manager's to read
            scores = self.env["sales.grade.score"].sudo()._get_latest(partners, company)
            grades = {}
            for override in overrides:
                partner = override.partner_id.with_company(company)
                score = scores.get(override.partner_id)
                grades[partner] = score.grade_id if score else override.old_grade_id
            partners._set_sales_grades(grades, "ended")

    @api.model
    def _get_running(self, partners, company):
        """Customers among ``partners`` whose grade is overridden now."""
        return self.search(
            [
                ("partner_id", "in", partners.ids),
                ("company_id", "=", company.id),
                ("state", "=", "running"),
            ]
        ).partner_id

    @api.model
    def _cron_end(self):
        """Overrides past their last day end."""
        for company in self.env["res.company"].search([]):
            domain = [
                ("state", "=", "running"),
                ("company_id", "=", company.id),
                ("date_to", "<", company._get_sales_today()),
            ]
            while overdue := self.search(domain, limit=BATCH):
                free = overdue.try_lock_for_update()
                free._do_end()
                self.env["ir.cron"]._commit_progress(len(free))
                if len(free) < len(overdue) or len(overdue) < BATCH:
                    break

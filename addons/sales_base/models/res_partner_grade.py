# pylint: disable=consider-merging-classes-inherited
# Own file: how a partner's grade changes and is explained.
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

USER = "sales_base.group_sales_base_user"


class ResPartner(models.Model):
    """The grade of a customer (F-20): set by run or override where the company has it
    computed, by hand elsewhere; every change leaves a row of history."""

    _inherit = "res.partner"

    sales_grade_is_computed = fields.Boolean(
        compute="_compute_sales_grade_reason", groups=USER
    )
    sales_grade_reason = fields.Char(
        "Reason of the Grade", compute="_compute_sales_grade_reason", groups=USER
    )
    sales_grade_override_id = fields.Many2one(
        "sales.grade.override", compute="_compute_sales_grade_reason", groups=USER
    )
    sales_grade_change_ids = fields.One2many(
        "sales.grade.change", "partner_id", "History of the Grade", groups=USER
    )

    @api.depends("sales_grade_id")
    @api.depends_context("company", "lang", "uid")
    def _compute_sales_grade_reason(self):
        company = self.env.company
        commercial = self.commercial_partner_id
        scores = self.env["sales.grade.score"]._get_latest(commercial, company)
        overrides = {
            one.partner_id: one
            for one in self.env["sales.grade.override"].search(
                [
                    ("partner_id", "in", commercial.ids),
                    ("company_id", "=", company.id),
                    ("state", "=", "running"),
                ]
            )
        }
        for partner in self:
            score = scores.get(partner.commercial_partner_id)
            partner.sales_grade_is_computed = (
                company.sales_grade_enabled and partner.sales_grade_kind == "customer"
            )
            partner.sales_grade_reason = score.sentence if score else False
            partner.sales_grade_override_id = overrides.get(
                partner.commercial_partner_id
            )

    @api.model
    def _get_gradable_domain(self, company):
        """Hook: whose grade a company computes: customers it may sell to."""
        return (
            Domain("customer_rank", ">", 0)
            & (Domain("parent_id", "=", False) | Domain("is_company", "=", True))
            & Domain("company_id", "in", [company.id, False])
        )

    def write(self, vals):
        if "sales_grade_id" not in vals:
            return super().write(vals)
        self._check_grade_by_hand(vals["sales_grade_id"])
        old = {one: one.sales_grade_id for one in self}
        result = super().write(vals)
        self._log_grade_changes(old, "manual")
        return result

    def _check_grade_by_hand(self, grade_id):
        """Refuse a grade typed in where it is computed.

        :raises UserError: naming the customers
        """
        # sudo: a setting of the company
        if self.env.su or not self.env.company.sudo().sales_grade_enabled:
            return
        refused = self.filtered(
            lambda one: (
                one.sales_grade_kind == "customer" and one.sales_grade_id.id != grade_id
            )
        )
        if refused:
            raise UserError(
                self.env._(
                    "Grades are computed here. A manager overrides one with a reason: "
                    "%(partners)s.",
                    partners=", ".join(refused.mapped("display_name")),
                )
            )

    def _set_sales_grades(self, grades, cause, override_ids=None):
        """Write the grades of a batch in the current company, in one statement and
        without notes in the chatter: the history tells.

        :param dict grades: {partner: grade}
        :param str cause: why, see ``sales.grade.change``
        :param dict override_ids: {partner id: id of the override that says so}
        """
        old = {one: one.sales_grade_id for one in self}
        changed = [one for one in grades if grades[one] != old[one]]
        if not changed:
            return
        self.env["res.partner"].flush_model(["sales_grade_id"])
        self.env.execute_query(
            SQL(
                """
                UPDATE res_partner partner
                   SET sales_grade_id = COALESCE(sales_grade_id, '{}'::jsonb)
                           || jsonb_build_object(%(company)s, NULLIF(given.grade, 0)),
                       write_uid = %(uid)s,
                       write_date = now() AT TIME ZONE 'UTC'
                  FROM unnest(%(partners)s, %(grades)s) AS given(id, grade)
                 WHERE partner.id = given.id
                RETURNING partner.id
                """,
                company=str(self.env.company.id),
                uid=self.env.uid,
                partners=[one.id for one in changed],
                grades=[grades[one].id or 0 for one in changed],
            )
        )
        self.invalidate_recordset(["sales_grade_id"])
        self._log_grade_changes({one: old[one] for one in changed}, cause, override_ids)

    def _log_grade_changes(self, old, cause, override_ids=None):
        """A row of history for each partner whose grade is not the one before.

        :param dict old: {partner: grade before}
        """
        changed = [one for one in old if old[one] != one.sales_grade_id]
        if not changed:
            return
        company = self.env.company
        # sudo: the history is nobody's to write
        scores_sudo = self.env["sales.grade.score"].sudo()
        latest = (
            scores_sudo._get_latest(self.browse([one.id for one in changed]), company)
            if cause in ("computed", "ended")
            else {}
        )
        # sudo: as above
        self.env["sales.grade.change"].sudo().create(
            [
                {
                    "partner_id": one.id,
                    "company_id": company.id,
                    "old_grade_id": old[one].id,
                    "new_grade_id": one.sales_grade_id.id,
                    "cause": cause,
                    "score_id": latest[one].id if one in latest else False,
                    "override_id": (override_ids or {}).get(one.id),
                    "user_id": self.env.uid,
                }
                for one in changed
            ]
        )

    def action_override_grade(self):
        """The window in which a manager gives another grade."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Override the Grade"),
            "res_model": "sales.grade.override",
            "view_mode": "form",
            "views": [
                (
                    self.env.ref("sales_base.sales_grade_override_view_form_new").id,
                    "form",
                )
            ],
            "target": "new",
            "context": {"default_partner_id": self.commercial_partner_id.id},
        }

    def action_view_grade_history(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "sales_base.sales_grade_change_action"
        )
        return {
            **action,
            "domain": [("partner_id", "=", self.commercial_partner_id.id)],
        }

from markupsafe import Markup

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.sales_base.models.sales_document_mixin import Step
from odoo.addons.sales_base.tools import snapshot
from odoo.addons.sales_base.tools.sheet import Column

REVIEW_STATES = [
    ("draft", "Draft"),
    ("in_review", "In Review"),
    ("approved", "Approved"),
    ("rejected", "Rejected"),
    ("superseded", "Superseded"),
]
REVIEW_KINDS = [("normal", "Normal"), ("special", "Special")]

USER = "sales_assistant.group_sales_assistant_user"
LEAD = "sales_assistant.group_sales_assistant_lead"
MANAGER = "sales_assistant.group_sales_assistant_manager"


class SalesAssistantReview(models.Model):
    """SA-11: the contract review of an order (合同评审, S0 职责三).

    Submitting sorts the order by the company's rules. A normal one is approved by the
    order's assistant (or stand-in) when the required terms of the checklist are
    confirmed; the order's own salesperson cannot approve it. A special one asks the
    departments of the failed rules for an opinion each, in parallel and with a
    deadline, and is decided by a manager once all have answered or the deadline is
    over. The terms reviewed are kept: when they change, the review is superseded and
    asked for again. An order has one review that is not superseded.
    """

    _name = "sales.assistant.review"
    _inherit = ["sales.document.mixin", "sales.sheet.mixin"]
    _description = "Contract Review"
    _order = "id desc"
    _check_company_auto = True

    _steps = {
        "submit": Step({"draft"}, "in_review", USER),
        "approve": Step({"in_review"}, "approved", USER),
        "reject": Step({"in_review"}, "rejected", USER, "write", "sales_review_reject"),
        "supersede": Step(
            {"draft", "in_review", "approved", "rejected"}, "superseded", USER
        ),
    }
    _frozen_states = frozenset({"approved", "rejected", "superseded"})
    _closed_fields = frozenset(
        {
            "kind",
            "revision",
            "previous_id",
            "terms",
            "amount_total",
            "submitted_at",
            "submitted_by_id",
            "date_due",
            "decided_at",
            "decided_by_id",
            "decision_note",
            "finding_ids",
            # what belongs to the order is read from the order
            "partner_id",
            "commercial_partner_id",
            "user_id",
            "assistant_id",
            "team_id",
        }
    )

    order_id = fields.Many2one(
        "sale.order",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        domain="[('state', 'in', ('draft', 'sent'))]",
    )
    company_id = fields.Many2one(
        related="order_id.company_id", store=True, precompute=True, default=None
    )
    state = fields.Selection(
        REVIEW_STATES, required=True, default="draft", index=True, tracking=True
    )
    kind = fields.Selection(REVIEW_KINDS, readonly=True, copy=False, index=True)
    revision = fields.Integer(
        readonly=True,
        copy=False,
        default=1,
        help="So many times the order was reviewed.",
    )
    previous_id = fields.Many2one(
        "sales.assistant.review",
        "Review Before",
        readonly=True,
        copy=False,
        index="btree_not_null",
    )

    # order
    partner_id = fields.Many2one(
        related="order_id.partner_id",
        store=True,
        precompute=True,
        index=True,
        string="Customer",
    )
    commercial_partner_id = fields.Many2one(
        related="order_id.partner_id.commercial_partner_id",
        store=True,
        precompute=True,
        index=True,
    )
    user_id = fields.Many2one(
        related="order_id.user_id",
        store=True,
        precompute=True,
        index=True,
        string="Salesperson",
    )
    assistant_id = fields.Many2one(
        related="order_id.assistant_id",
        store=True,
        precompute=True,
        index=True,
        string="Assistant",
    )
    team_id = fields.Many2one(
        related="order_id.team_id",
        store=True,
        precompute=True,
        index=True,
        string="Sales Team",
    )
    order_state = fields.Selection(related="order_id.state", string="Order Status")

    # terms
    terms = fields.Json(readonly=True, copy=False)
    amount_total = fields.Monetary("Reviewed Amount", readonly=True, copy=False)
    currency_id = fields.Many2one(
        related="order_id.currency_id", store=True, precompute=True
    )
    terms_html = fields.Html("Reviewed Terms", compute="_compute_terms_html")
    changes_html = fields.Html("Changed Terms", compute="_compute_terms_html")

    # work
    finding_ids = fields.One2many(
        "sales.assistant.finding", "review_id", readonly=True, copy=False
    )
    check_ids = fields.One2many("sales.assistant.review.check", "review_id", copy=False)
    opinion_ids = fields.One2many(
        "sales.assistant.review.opinion", "review_id", copy=False
    )
    progress = fields.Char(compute="_compute_progress")

    # decision
    submitted_at = fields.Datetime("Requested on", readonly=True, copy=False)
    submitted_by_id = fields.Many2one(
        "res.users", "Requested by", readonly=True, copy=False, index="btree_not_null"
    )
    date_due = fields.Date("Opinions Due", readonly=True, copy=False)
    decided_at = fields.Datetime("Decided on", readonly=True, copy=False)
    decided_by_id = fields.Many2one(
        "res.users", "Decided by", readonly=True, copy=False, index="btree_not_null"
    )
    decision_note = fields.Text(readonly=True, copy=False)

    can_submit = fields.Boolean(compute="_compute_can_steps")
    can_approve = fields.Boolean(compute="_compute_can_steps")
    can_reject = fields.Boolean(compute="_compute_can_steps")
    can_supersede = fields.Boolean(compute="_compute_can_steps")

    _current_uniq = models.UniqueIndex(
        "(order_id) WHERE state <> 'superseded'",
        "This order has a review already: withdraw it before asking again.",
    )
    _open_idx = models.Index("(id) WHERE state IN ('draft', 'in_review')")

    # ---------------------------------------------------------------- computes

    @api.depends("state", "check_ids.is_done", "opinion_ids.opinion", "kind")
    @api.depends_context("uid")
    def _compute_can_steps(self):
        self._compute_can()

    @api.depends("name", "order_id.name")
    def _compute_display_name(self):
        for review in self:
            order_sudo = review.order_id.sudo()  # sudo: a number is no secret
            review.display_name = f"{review.name} ({order_sudo.name})"

    @api.depends("state", "kind", "check_ids.is_done", "opinion_ids.opinion")
    def _compute_progress(self):
        for review in self:
            review.progress = review._get_progress()

    def _get_progress(self):
        if self.state != "in_review":
            return False
        _ = self.env._
        if self.kind == "normal":
            done = len(self.check_ids.filtered("is_done"))
            return _("Checklist %(done)s/%(all)s", done=done, all=len(self.check_ids))
        answered = len(self.opinion_ids.filtered("opinion"))
        if answered == len(self.opinion_ids):
            return _("Waits for the decision")
        return _("Opinions %(done)s/%(all)s", done=answered, all=len(self.opinion_ids))

    @api.depends("terms", "previous_id.terms")
    @api.depends_context("lang")
    def _compute_terms_html(self):
        for review in self:
            review.terms_html = review._render_terms()
            review.changes_html = review._render_changes()

    def _render_terms(self):
        if not self.terms:
            return False
        # sudo: who may read the review may read the labels of what was reviewed
        order_sudo = self.order_id.sudo()
        rows = [
            (order_sudo._fields[name]._description_string(self.env), value["shown"])
            for name, value in self.terms["fields"].items()
            if value["shown"]
        ]
        head = Markup("").join(
            Markup("<tr><th class='text-muted fw-normal pe-4'>%s</th><td>%s</td></tr>")
            % row
            for row in rows
        )
        lines = self.terms["lines"]["order_line"]
        names = list(lines[0]["fields"]) if lines else []
        line_fields = self.env["sale.order.line"]._fields
        labels = [line_fields[name]._description_string(self.env) for name in names]
        titles = Markup("").join(Markup("<th>%s</th>") % label for label in labels)
        body = Markup("").join(
            Markup("<tr>%s</tr>")
            % Markup("").join(
                Markup("<td>%s</td>") % line["fields"][name]["shown"] for name in names
            )
            for line in lines
        )
        return Markup(
            "<table class='table table-sm table-borderless w-auto mb-3'>%s</table>"
            "<table class='table table-sm'><thead><tr>%s</tr></thead>"
            "<tbody>%s</tbody></table>"
        ) % (head, titles, body)

    def _render_changes(self):
        """What differs from the terms reviewed before."""
        before = self.previous_id.sudo().terms  # sudo: as for this review's own terms
        if not before or not self.terms:
            return False
        order_sudo = self.order_id.sudo()  # sudo: only the labels of its fields
        rows = self._get_change_rows(order_sudo, before, self.terms)
        if not rows:
            return False
        _ = self.env._
        head = Markup("<tr><th>%s</th><th>%s</th><th>%s</th></tr>") % (
            _("Term"),
            _("Before"),
            _("Now"),
        )
        body = Markup("").join(
            Markup("<tr><td>%s</td><td class='text-muted'>%s</td><td>%s</td></tr>")
            % row
            for row in rows
        )
        return Markup(
            "<table class='table table-sm'><thead>%s</thead><tbody>%s</tbody></table>"
        ) % (head, body)

    @api.model
    def _get_change_rows(self, order, before, now):
        """Differences in words.

        :returns: list of (label, shown before, shown now)
        """
        names = {
            line["key"]: line["shown"]
            for terms in (before, now)
            for line in terms["lines"]["order_line"]
        }
        rows = []
        for change in snapshot.compare(before, now):
            label = order._get_snapshot_label(change)
            if change["list"] and change["field"]:
                label = f"{names.get(change['key'], '')} · {label}"
            rows.append((label, change["before"] or "–", change["after"] or "–"))
        return rows

    # ------------------------------------------------------------------ guards

    def _get_cannot_reasons(self, verb):
        reasons = super()._get_cannot_reasons(verb)
        check = getattr(self, f"_get_{verb}_obstacle", None)
        if check is None:
            return reasons
        for review in self:
            if not reasons[review.id]:
                reasons[review.id] = getattr(review, f"_get_{verb}_obstacle")()
        return reasons

    def _get_submit_obstacle(self):
        _ = self.env._
        order_sudo = self.order_id.sudo()  # sudo: the same answer for every reader
        if order_sudo.state == "cancel":
            return _("the order is cancelled.")
        if not order_sudo._get_term_lines():
            return _("the order has no lines to review.")
        return False

    def _get_approve_obstacle(self):
        """The cheapest question first: forms ask this for their buttons."""
        if obstacle := self._get_person_obstacle():
            return obstacle
        if self.kind == "special":
            obstacle = self._get_decision_obstacle()
        else:
            obstacle = self._get_checklist_obstacle()
        if obstacle:
            return obstacle
        if self.order_id.sudo()._get_changed_terms(self.terms):  # sudo: as reviewed
            return self.env._("the order was changed since: request the review again.")
        return False

    def _get_reject_obstacle(self):
        return self._get_person_obstacle()

    def _get_supersede_obstacle(self):
        order_sudo = self.order_id.sudo()  # sudo: the same answer for every reader
        if self.state == "approved" and order_sudo.state == "sale":
            return self.env._("the order is confirmed already.")
        return False

    def _get_person_obstacle(self):
        """Why the current user is not the one who decides on this review."""
        _ = self.env._
        if self.kind == "special":
            if self.env.user.has_group(MANAGER):
                return False
            return _("a special order is decided by a manager.")
        if self._is_reviewer():
            return False
        return _(
            "the terms are confirmed by the order's assistant, her stand-in or a team "
            "lead, and never by the order's own salesperson."
        )

    def _is_reviewer(self):
        """Whether the current user confirms the terms of this normal order."""
        user = self.env.user
        if user.has_group(MANAGER):
            return True
        if user == self.user_id:
            return False
        # sudo: who stands in for whom is no secret to a guard
        assistant_sudo = self.assistant_id.sudo()
        if user in (assistant_sudo | assistant_sudo.sales_standin_id):
            return True
        # sudo: the head of a team is no secret to a guard
        return user.has_group(LEAD) and user == self.team_id.sudo().user_id

    def _get_checklist_obstacle(self):
        missing = self.check_ids.filtered(
            lambda check: check.is_required and not check.is_done
        )
        if missing:
            return self.env._(
                "still to be confirmed: %(terms)s.",
                terms=", ".join(missing.mapped("name")),
            )
        return False

    def _get_decision_obstacle(self):
        today = self.company_id._get_sales_today()
        pending = self.opinion_ids.filtered(
            lambda opinion: not opinion.opinion and opinion.date_due >= today
        )
        if pending:
            return self.env._(
                "the opinions of these departments are awaited: %(departments)s.",
                departments=", ".join(pending.department_id.mapped("name")),
            )
        return False

    # ------------------------------------------------------------------- steps

    def _prepare_create_values(self, vals_list):
        vals_list = super()._prepare_create_values(vals_list)
        earlier = {
            order.id: (count, last)
            for order, count, last in self.sudo()._read_group(  # sudo: counts them all
                [("order_id", "in", [vals.get("order_id") for vals in vals_list])],
                ["order_id"],
                ["__count", "id:max"],
            )
        }
        for vals in vals_list:
            count, last = earlier.get(vals.get("order_id"), (0, False))
            vals.update(revision=count + 1, previous_id=last)
        return vals_list

    def action_submit(self):
        self._check_can("submit")
        self._do_submit()

    def _do_submit(self):
        """Sort the orders, keep their terms, and copy what has to be confirmed."""
        # sudo: facts and terms of the order are the same whoever asks
        orders_sudo = self.order_id.sudo()
        terms = orders_sudo._get_snapshot_contents()
        judged = orders_sudo._judge_for_review()
        now = fields.Datetime.now()
        for review in self:
            order_sudo = review.order_id.sudo()  # sudo: see above
            review._take_step(
                "submit",
                kind=judged[order_sudo.id]["kind"],
                terms=terms[order_sudo.id],
                amount_total=order_sudo.amount_total,
                submitted_at=now,
                submitted_by_id=self.env.uid,
            )
        self._create_findings(judged)
        self._create_checks()
        self._create_opinions(judged)

    def _create_findings(self, judged):
        # sudo: findings are written by the submission only
        self.env["sales.assistant.finding"].sudo().create(
            [
                {
                    "review_id": review.id,
                    "rule_id": judged[review.order_id.id]["rules"][key].id,
                    "key": key,
                    "verdict": verdict,
                    "facts": facts,
                }
                for review in self
                for key, verdict, facts in judged[review.order_id.id]["findings"]
            ]
        )

    def _create_checks(self):
        normal = self.filtered(lambda review: review.kind == "normal")
        items = self.env["sales.assistant.check.item"].search([])
        # sudo: the checklist comes from the catalogue
        self.env["sales.assistant.review.check"].sudo().create(
            [
                {
                    "review_id": review.id,
                    "item_id": item.id,
                    "sequence": item.sequence,
                    "is_required": item.is_required,
                }
                for review in normal
                for item in items
                if item.company_id in (review.company_id, self.env["res.company"])
            ]
        )

    def _create_opinions(self, judged):
        special = self.filtered(lambda review: review.kind == "special")
        vals_list = []
        for company, reviews in special.grouped("company_id").items():
            date_due = company._get_sales_opinion_deadline()
            reviews._write_guarded({"date_due": date_due})
            for review in reviews:
                found = judged[review.order_id.id]
                departments = self.env["sales.department"].union(
                    *(
                        found["rules"][key].department_ids
                        for key, verdict, _facts in found["findings"]
                        if verdict == "fail"
                    )
                )
                vals_list += [
                    {
                        "review_id": review.id,
                        "department_id": department.id,
                        "date_due": date_due,
                    }
                    for department in departments
                    if department.company_id in (company, self.env["res.company"])
                ]
        # sudo: the departments asked come from the rules
        self.env["sales.assistant.review.opinion"].sudo().create(vals_list)

    def action_approve(self):
        """Approve normal orders at once; a special one asks for the decision."""
        self._check_can("approve")
        special = self.filtered(lambda review: review.kind == "special")
        if len(special) == 1 == len(self):
            return self._get_decision_action()
        self._do_approve()
        return True

    def _get_decision_action(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Decision"),
            "res_model": "sales.assistant.review.decide",
            "view_mode": "form",
            "target": "new",
            "context": {"default_review_id": self.id},
        }

    def _do_approve(self, note=False):
        self._take_step(
            "approve",
            decided_at=fields.Datetime.now(),
            decided_by_id=self.env.uid,
            decision_note=note,
        )
        # sudo: the customer's order is confirmed by his own acceptance
        self.order_id.sudo()._confirm_accepted()

    def action_reject(self):
        return self._ask_reason("reject")

    def _do_reject(self, reason, note):
        self._take_step(
            "reject",
            cancel_reason_id=reason.id,
            reason_note=note,
            decided_at=fields.Datetime.now(),
            decided_by_id=self.env.uid,
        )

    def action_supersede(self):
        self._check_can("supersede")
        self._do_supersede()

    def _do_supersede(self):
        self._take_step("supersede")
        self.flush_recordset(["state"])  # the index of current reviews sees it at once

    # -------------------------------------------------------------------- links

    def action_open_order(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "sale.order",
            "res_id": self.order_id.id,
            "view_mode": "form",
        }

    # ------------------------------------------------------------------- search

    @api.model
    def _get_decider_domain(self):
        """Normal reviews that wait for the current user, see ``_is_reviewer``."""
        uid = self.env.uid
        own = Domain("assistant_id", "in", self.env.user._get_sales_acting_ids())
        if self.env.user.has_group(LEAD):
            own |= Domain("team_id.user_id", "=", uid)
        own &= Domain("user_id", "!=", uid)
        if self.env.user.has_group(MANAGER):
            own |= Domain("assistant_id", "=", False)
        return Domain("state", "=", "in_review") & Domain("kind", "=", "normal") & own

    @api.model
    def _get_sheet_columns(self):
        return [
            Column("name"),
            Column("order_id", label=self.env._("Order")),
            Column("partner_id"),
            Column("user_id"),
            Column("assistant_id"),
            Column("kind"),
            Column("state"),
            Column("revision"),
            Column("amount_total", currency="order_id.currency_id", total=True),
            Column("submitted_at"),
            Column("decided_at"),
            Column("decided_by_id"),
            Column("cancel_reason_id"),
        ]

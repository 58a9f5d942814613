import base64

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from odoo.addons.sales_base.models.sales_document_mixin import Step

from .after_sales_claim_steps import AUDITOR

APPRAISAL_STATES = [
    ("asked", "Asked"),
    ("answered", "Answered"),
    ("cancelled", "Cancelled"),
]
APPRAISAL_VERDICTS = [
    ("defect", "Manufacturing defect"),
    ("no_defect", "No manufacturing defect"),
    ("unclear", "Cannot be told"),
]


class AfterSalesAppraisal(models.Model):
    """The opinion of a third party on a claim 第三方鉴定 (AS-08).

    An auditor asks for it, the claim waits. What the appraiser found, with his report,
    is entered here and tells the auditor, who then decides the claim. The cost of the
    appraisal is the maker's and no line of the claim; an auditor may charge it to the
    station.
    """

    _name = "after.sales.appraisal"
    _description = "Third-Party Appraisal"
    _inherit = ["sales.document.mixin"]
    _order = "id desc"
    _check_company_auto = True

    _steps = {
        "answer": Step({"asked"}, "answered", AUDITOR),
        "cancel": Step(
            {"asked"}, "cancelled", AUDITOR, "write", "after_sales_appraisal"
        ),
        "charge": Step({"answered"}, "answered", AUDITOR),
    }
    _closed_fields = frozenset(
        "claim_id station_id lot_id asked_at answered_at user_id company_id".split()
    )
    _frozen_states = frozenset({"answered", "cancelled"})
    _deletable_states = frozenset()

    state = fields.Selection(
        APPRAISAL_STATES,
        required=True,
        readonly=True,
        copy=False,
        default="asked",
        index=True,
        tracking=True,
    )
    claim_id = fields.Many2one(
        "after.sales.claim",
        required=True,
        readonly=True,
        index=True,
        check_company=True,
        ondelete="restrict",
    )
    station_id = fields.Many2one(related="claim_id.station_id", store=True)
    lot_id = fields.Many2one(related="claim_id.lot_id", string="Serial Number")
    currency_id = fields.Many2one(related="company_id.currency_id")
    # question
    partner_id = fields.Many2one(
        "res.partner", "Appraiser", required=True, index=True, ondelete="restrict"
    )
    question = fields.Text(required=True)
    asked_at = fields.Datetime("Asked On", readonly=True, copy=False)
    user_id = fields.Many2one(
        "res.users", "Asked By", readonly=True, index="btree_not_null", copy=False
    )
    date_due = fields.Date("Answer Due", index="btree_not_null", tracking=True)
    is_overdue = fields.Boolean(
        "Overdue", compute="_compute_is_overdue", search="_search_is_overdue"
    )
    # answer
    verdict = fields.Selection(APPRAISAL_VERDICTS, tracking=True)
    opinion = fields.Text()
    cost = fields.Monetary(help="What the appraiser charges the maker.", tracking=True)
    answered_at = fields.Datetime("Answered On", readonly=True, copy=False)
    photo_ids = fields.One2many("after.sales.appraisal.photo", "appraisal_id", "Report")
    # upload
    upload = fields.Binary(
        "Add a File", compute="_compute_upload", inverse="_inverse_upload"
    )
    upload_name = fields.Char(compute="_compute_upload", inverse="_inverse_upload")
    # steps
    can_answer = fields.Boolean(compute="_compute_can")
    can_cancel = fields.Boolean(compute="_compute_can")

    _name_uniq = models.UniqueIndex(
        "(name, company_id)", "Another appraisal has this number."
    )
    _asked_uniq = models.UniqueIndex(
        "(claim_id) WHERE state = 'asked'",
        "An appraisal of this claim is on its way already.",
    )
    _cost_positive = models.Constraint(
        "CHECK (cost >= 0)", "The cost of an appraisal is not negative."
    )

    # ------------------------------------------------------------------- computes

    def _compute_is_overdue(self):
        for appraisal in self:
            today = appraisal.company_id._get_sales_today()
            appraisal.is_overdue = bool(
                appraisal.state == "asked"
                and appraisal.date_due
                and appraisal.date_due < today
            )

    def _search_is_overdue(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = self.env.company._get_sales_today()
        return Domain("state", "=", "asked") & Domain("date_due", "<", today)

    def _compute_upload(self):
        self.upload = self.upload_name = False

    def _inverse_upload(self):
        """What is uploaded becomes a file of the appraisal, its type proven."""
        photos = self.env["after.sales.appraisal.photo"]
        for appraisal in self:
            if not appraisal.upload:
                continue
            content = base64.b64decode(appraisal.upload)
            photos._add_photo(appraisal, appraisal.upload_name or "report", content)

    # ---------------------------------------------------------------------- steps

    def _get_cannot_reasons(self, verb):
        reasons = super()._get_cannot_reasons(verb)
        if verb == "answer":
            for appraisal in self.filtered(lambda one: not reasons[one.id]):
                if not appraisal.verdict:
                    reasons[appraisal.id] = self.env._("enter the verdict first.")
        return reasons

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_can(self):
        """A missing verdict is said when the step is tried."""
        allowed = self.env.su or self.env.user.has_group(AUDITOR)
        for appraisal in self:
            is_open = allowed and appraisal.state == "asked"
            appraisal.can_answer = appraisal.can_cancel = is_open

    def action_answer(self):
        self._check_can("answer")
        self._take_step("answer", answered_at=fields.Datetime.now())

    def action_cancel(self):
        return dict(self._ask_reason("cancel"), name=self.env._("Cancel Appraisal"))

    def _do_cancel(self, reason, note):
        self._take_step("cancel", cancel_reason_id=reason.id, reason_note=note)

    # ------------------------------------------------------------------- business

    def _check_open(self):
        """
        :raises UserError: the report of a finished appraisal is not changed
        """
        closed = self.filtered(lambda appraisal: appraisal.state != "asked")
        if closed:
            raise UserError(
                self.env._(
                    "The report of a finished appraisal is not changed: %(names)s.",
                    names=", ".join(closed.mapped("name")),
                )
            )

    def action_view_claim(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "after.sales.claim",
            "res_id": self.claim_id.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.sales_base.models.sales_document_mixin import Step

LETTER_STATES = [("draft", "Draft"), ("sent", "Sent"), ("cancelled", "Cancelled")]
#: layout in which a letter is mailed
MAIL_LAYOUT = "mail.mail_notification_light"


class SalesAssistantLetter(models.Model):
    """A business letter to a customer 商务信函 (SA-08; S0 3·2 a-b).

    Its text comes from the template of the occasion, with the fields of the document it
    is about, in the customer's language or in English and Chinese. It is read and
    changed as a draft, checked, and leaves by mail or on paper when a person sends it:
    never by itself. What was sent is not changed any more.
    """

    _name = "sales.assistant.letter"
    _description = "Business Letter"
    _inherit = [
        "sales.document.mixin",
        "sales.assistant.letter.check",
        "sales.board.source.mixin",
    ]
    _board_user_fields = ("user_id", "assistant_id")
    _order = "date_due, id desc"
    _rec_names_search = ["name", "subject", "partner_id"]
    _check_company_auto = True

    _steps = {
        "send": Step({"draft"}, "sent"),
        "post": Step({"draft"}, "sent"),
        "cancel": Step({"draft"}, "cancelled"),
    }
    _closed_fields = frozenset(
        {"sent_how", "sent_at", "sent_by_id", "findings", "holiday_id", "date_holiday"}
    )
    _frozen_states = frozenset({"sent", "cancelled"})

    state = fields.Selection(
        LETTER_STATES,
        required=True,
        readonly=True,
        copy=False,
        default="draft",
        index=True,
        tracking=True,
    )
    # customer
    partner_id = fields.Many2one(
        "res.partner", "Customer", required=True, index=True, check_company=True
    )
    lang = fields.Selection(related="partner_id.lang", string="Customer's Language")
    user_id = fields.Many2one(
        "res.users",
        "Responsible",
        default=lambda self: self.env.user,
        index=True,
        domain=[("share", "=", False)],
    )
    assistant_id = fields.Many2one(
        "res.users",
        compute="_compute_people",
        store=True,
        index="btree_not_null",
    )
    team_id = fields.Many2one(
        "crm.team", compute="_compute_people", store=True, index="btree_not_null"
    )
    # what about
    template_id = fields.Many2one(
        "mail.template", "Occasion", domain=[("is_sales_letter", "=", True)]
    )
    res_model = fields.Char("Document Type", readonly=True)
    res_id = fields.Many2oneReference(
        "Document", model_field="res_model", readonly=True
    )
    document_name = fields.Char("About", compute="_compute_document_name")
    holiday_id = fields.Many2one(
        "sales.assistant.holiday",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        copy=False,
    )
    date_holiday = fields.Date("Day of the Holiday", readonly=True, copy=False)
    date_due = fields.Date("Send by", index="btree_not_null")
    # text
    both_languages = fields.Boolean("English and Chinese")
    subject = fields.Char(compute="_compute_text", store=True, readonly=False)
    body = fields.Html(
        compute="_compute_text",
        store=True,
        readonly=False,
        sanitize_attributes=False,
        sanitize_style=True,
    )
    attachment_ids = fields.Many2many(
        "ir.attachment", string="Attachments", bypass_search_access=True
    )
    # check
    findings_now = fields.Json(compute="_compute_findings_now")
    findings_text = fields.Text("Check", compute="_compute_findings_now")
    findings = fields.Json("Findings when Sent", readonly=True, copy=False)
    override_reason = fields.Char("Send Anyway Because", copy=False)
    can_attach_document = fields.Boolean(compute="_compute_can_attach_document")
    # sending
    sent_how = fields.Selection(
        [("mail", "E-mail"), ("post", "Paper")], readonly=True, copy=False
    )
    sent_at = fields.Datetime(readonly=True, copy=False)
    sent_by_id = fields.Many2one("res.users", "Sent by", readonly=True, copy=False)

    _greeting_unique = models.Constraint(
        "UNIQUE(partner_id, holiday_id, date_holiday, company_id)",
        "This customer has a greeting for this day already.",
    )

    @api.depends("partner_id.assistant_id", "user_id")
    def _compute_people(self):
        for letter in self:
            if letter.state != "draft" and letter._origin:
                continue
            letter.assistant_id = letter.partner_id.assistant_id
            letter.team_id = letter.user_id.sale_team_id

    @api.depends("res_model", "res_id", "holiday_id")
    def _compute_document_name(self):
        for letter in self:
            record = letter._get_document()
            letter.document_name = (
                letter.holiday_id.name or (record and record.display_name) or False
            )

    def _get_document(self):
        """The document the letter is about; the customer where there is none."""
        self.ensure_one()
        if self.res_model in self.env and self.res_id:
            record = self.env[self.res_model].browse(self.res_id)
            if record.has_access("read") and record.exists():
                return record
        return self.env["res.partner"]

    @api.depends("template_id", "both_languages", "partner_id")
    def _compute_text(self):
        """The text of the occasion; what a person wrote without one stays."""
        groups = {}
        for letter in self:
            template = letter.template_id
            source_id = letter._get_source_id(template)
            if not template or not source_id:
                letter.subject, letter.body = letter.subject, letter.body
                continue
            key = (template, letter.partner_id.lang, letter.both_languages)
            groups.setdefault(key, {})[letter] = source_id
        for (template, lang, both), source_ids in groups.items():
            langs = template._get_sales_letter_langs(lang, both)
            texts = template._render_sales_letters(
                list(set(source_ids.values())), langs
            )
            for letter, source_id in source_ids.items():
                letter.subject, letter.body = texts[source_id]

    def _get_source_id(self, template):
        """Id of the record whose fields the template takes, ``False`` if none fits."""
        self.ensure_one()
        model = template.model
        if model == self._name:
            return self._origin.id
        if model == "res.partner":
            return self.partner_id._origin.id
        return self.res_id if model == self.res_model else False

    @api.depends("subject", "body", "attachment_ids")
    @api.depends_context("lang")
    def _compute_findings_now(self):
        for letter in self:
            findings = letter._find_in_letter(
                letter.subject, letter.body, letter.attachment_ids.mapped("name")
            )
            letter.findings_now = findings
            letter.findings_text = self._explain_findings(findings)

    @api.depends("template_id", "res_model", "res_id", "attachment_ids")
    def _compute_can_attach_document(self):
        for letter in self:
            letter.can_attach_document = bool(
                letter.template_id.sudo().report_template_ids  # sudo: name of a report
                and letter.template_id.model == letter.res_model
                and not letter.attachment_ids
            )

    @api.model_create_multi
    def create(self, vals_list):
        letters = super().create(vals_list)
        # a template about the letter itself had no record to read in the form
        letters.filtered(
            lambda one: one.template_id.model == one._name and not one.body
        )._compute_text()
        return letters

    # ------------------------------------------------------------------- steps

    def _get_text_lack(self):
        """What the letter lacks on paper as by mail; text or False."""
        self.ensure_one()
        if not self._get_letter_text(self.body).strip():
            return self.env._("the letter is empty.")
        if self.findings_now and not (self.override_reason or "").strip():
            return self.env._(
                "mend it, or say why it is sent as it is:\n%(findings)s",
                findings=self.findings_text,
            )
        return False

    def _get_cannot_send(self):
        return {
            letter.id: self.env._("the customer has no e-mail address.")
            if not letter.partner_id.email
            else letter._get_text_lack()
            for letter in self
        }

    def _get_cannot_post(self):
        return {letter.id: letter._get_text_lack() for letter in self}

    def action_send(self):
        """Mail the letters to their customers."""
        self._check_can("send")
        self._do_send()

    def _do_send(self):
        for letter in self:
            letter.message_post(
                body=letter.body,
                subject=letter.subject,
                partner_ids=letter.partner_id.ids,
                attachment_ids=letter.attachment_ids.ids,
                message_type="comment",
                subtype_xmlid="mail.mt_comment",
                email_layout_xmlid=MAIL_LAYOUT,
            )
        self._leave("send", "mail")

    def action_post(self):
        """The letters were printed and posted."""
        self._check_can("post")
        self._leave("post", "post")

    def _leave(self, verb, how):
        """Note how, when and by whom, and what the check had found."""
        override = self.env["sales.assistant.letter.override"]
        for letter in self:
            findings = letter.findings_now
            if findings:
                override._keep(letter, letter.subject, findings, letter.override_reason)
            letter._take_step(
                verb,
                findings=findings,
                sent_how=how,
                sent_at=fields.Datetime.now(),
                sent_by_id=self.env.uid,
            )

    def action_cancel(self):
        self._check_can("cancel")
        self._take_step("cancel")

    def action_print(self):
        """The letters on the company's paper."""
        return self.env.ref("sales_assistant.report_letter").report_action(self)

    def _get_letter_day(self):
        """The day that stands on the paper: that of sending, else today."""
        self.ensure_one()
        company = self.company_id
        return (
            company._get_sales_day(self.sent_at)
            if self.sent_at
            else company._get_sales_today()
        )

    def action_attach_document(self):
        """Attach the papers of the occasion (quotation, delivery note, invoice)."""
        self.ensure_one()
        self.check_access("write")
        self._check_not_frozen({"attachment_ids": True})
        document = self._get_document()
        files = []
        for report in self.template_id.report_template_ids:
            pdf = self.env["ir.actions.report"]._render_qweb_pdf(report, document.ids)[
                0
            ]
            files.append(
                {
                    "name": f"{document.display_name.replace('/', '-')}.pdf",
                    "raw": pdf,
                    "res_model": self._name,
                    "res_id": self.id,
                }
            )
        self.attachment_ids |= self.env["ir.attachment"].create(files)

    # ------------------------------------------------------------------ opening

    @api.model
    def _open_for(self, records):
        """A new letter about one document.

        :param records: one document, or a customer
        """
        records.ensure_one()
        records.check_access("read")
        partner = records if records._name == "res.partner" else records.partner_id
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Write a Letter"),
            "res_model": self._name,
            "views": [[False, "form"]],
            "context": {
                "default_partner_id": partner.id,
                "default_res_model": records._name,
                "default_res_id": records.id,
            },
        }

    @api.model
    def _get_due_domain(self):
        """Drafts of the current user that wait to be sent."""
        acting = self.env.user._get_sales_acting_ids()
        return (
            Domain("state", "=", "draft")
            & Domain("date_due", "!=", False)
            & (Domain("user_id", "in", acting) | Domain("assistant_id", "in", acting))
        )

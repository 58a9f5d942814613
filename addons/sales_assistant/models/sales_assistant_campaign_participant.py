from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.sales_base.tools.sheet import Column

PARTICIPANT_STATES = [
    ("pending", "Not Invited"),
    ("invited", "Invited"),
    ("answered", "Answered"),
    ("silent", "Silent"),
]


class SalesAssistantCampaignParticipant(models.Model):
    """SA-05: a customer or colleague whom a survey asks, once, with what he answered.

    Made and written by the survey's own steps only. He answers by the link of his
    invitation, or on the phone: then a colleague fills in the same form for him, and
    the row says so.
    """

    _name = "sales.assistant.campaign.participant"
    _inherit = ["sales.sheet.mixin"]
    _description = "Participant of a Satisfaction Survey"
    _order = "campaign_id desc, score, id"
    _rec_name = "subject_id"

    campaign_id = fields.Many2one(
        "sales.assistant.campaign",
        "Survey",
        required=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(
        related="campaign_id.company_id", store=True, index=True, precompute=True
    )
    date_period = fields.Date(
        "Quarter",
        related="campaign_id.date_period",
        store=True,
        index=True,
        precompute=True,
    )
    audience = fields.Selection(
        related="campaign_id.audience", store=True, precompute=True
    )
    campaign_state = fields.Selection(related="campaign_id.state", string="Survey Is")

    # who, and the segments of the day of asking
    subject_id = fields.Many2one(
        "res.partner", "Who Was Asked", required=True, index=True, ondelete="restrict"
    )
    partner_id = fields.Many2one(
        "res.partner", "Contact", required=True, index=True, ondelete="restrict"
    )
    email = fields.Char(related="partner_id.email")
    phone = fields.Char(related="partner_id.phone")
    grade_id = fields.Many2one("sales.grade", index="btree_not_null")
    country_id = fields.Many2one("res.country", index="btree_not_null")
    team_id = fields.Many2one("crm.team", "Sales Team", index="btree_not_null")
    user_id = fields.Many2one("res.users", "Salesperson", index="btree_not_null")

    # answers
    user_input_id = fields.Many2one(
        "survey.user_input", "Form", ondelete="restrict", groups="base.group_system"
    )
    state = fields.Selection(
        PARTICIPANT_STATES, required=True, default="pending", index=True
    )
    invited_at = fields.Datetime("Invited on")
    reminded_at = fields.Datetime("Reminded on")
    answered_at = fields.Datetime("Answered on")
    phone_user_id = fields.Many2one(
        "res.users",
        "Asked on the Phone by",
        index="btree_not_null",
        help="The colleague who has opened the form to fill it in on the phone.",
    )
    channel = fields.Selection([("link", "By Link"), ("phone", "By Phone")])
    score = fields.Float("Points", aggregator="avg")
    is_scored = fields.Boolean("Has Points")
    is_low = fields.Boolean("Low")
    remark = fields.Text("Said in His Own Words")
    answer_ids = fields.One2many("sales.assistant.campaign.answer", "participant_id")
    improvement_ids = fields.One2many(
        "sales.assistant.improvement", "participant_id", "Improvement Actions"
    )

    _once = models.UniqueIndex(
        "(campaign_id, subject_id)", "Nobody is asked twice by one survey."
    )
    _form_uniq = models.UniqueIndex(
        "(user_input_id) WHERE user_input_id IS NOT NULL",
        "A form belongs to one participant.",
    )

    # ------------------------------------------------------------------- forms

    def _create_forms(self):
        """The form of each participant who has none, in his language, until the last
        day of the survey."""
        languages = {
            language.code: language.id for language in self.env["res.lang"].search([])
        }
        # sudo: the survey makes its forms, nobody of the desk has rights on them
        missing_sudo = self.sudo().filtered(lambda one: not one.user_input_id)
        forms_sudo = missing_sudo.env["survey.user_input"].create(
            [
                {
                    "survey_id": one.campaign_id.survey_id.id,
                    "partner_id": one.partner_id.id,
                    "email": one.partner_id.email,
                    "nickname": one.partner_id.name,
                    "lang_id": languages.get(one.partner_id.lang),
                    "deadline": one.campaign_id._get_deadline(),
                    "invite_token": self.env[
                        "survey.user_input"
                    ]._generate_invite_token(),
                }
                for one in missing_sudo
            ]
        )
        for one_sudo, form_sudo in zip(missing_sudo, forms_sudo, strict=True):
            one_sudo.user_input_id = form_sudo

    def _send(self, template):
        """Queue the letter of each in his language.

        :param str template: external id of a template of forms
        """
        self.env.ref(template).send_mail_batch(self.user_input_id.ids)

    def action_answer_by_phone(self):
        """Open the form to fill it in for somebody on the phone.

        :raises UserError: it was answered, or the survey is over
        """
        self.ensure_one()
        self.check_access("read")
        # sudo: written by the survey only; who may read the row may ask
        one_sudo = self.sudo()
        one_sudo.lock_for_update()
        one_sudo.invalidate_recordset()
        if one_sudo.state == "answered" or one_sudo.campaign_id.state != "running":
            raise UserError(
                self.env._(
                    "%(name)s cannot be asked: the survey is over or answered.",
                    name=one_sudo.subject_id.display_name,
                )
            )
        if one_sudo.audience != "customers":
            raise UserError(self.env._("A colleague answers himself."))
        self._create_forms()
        one_sudo.phone_user_id = self.env.user
        return {
            "type": "ir.actions.act_url",
            "url": one_sudo.user_input_id.get_start_url(),
            "target": "new",
        }

    @api.model
    def _is_on_phone(self, form):
        """Whether the current user fills in ``form`` for somebody on the phone."""
        # sudo: asked with the form's own key
        return bool(
            self.sudo().search_count(
                [
                    ("user_input_id", "=", form.id),
                    ("phone_user_id", "=", self.env.uid),
                    ("campaign_state", "=", "running"),
                ],
                limit=1,
            )
        )

    # ----------------------------------------------------------------- answers

    @api.model
    def _take_answers(self, forms):
        """Forms were handed in: keep the points of each question and of the whole, and
        open an improvement action where they are low.

        Kept apart from the forms, which may be cleared away or changed later.

        :param forms: ``survey.user_input``
        """
        # sudo: answers come from whoever holds the link
        participants_sudo = self.sudo().search(
            [
                ("user_input_id", "in", forms.ids),
                ("state", "!=", "answered"),
                ("campaign_state", "=", "running"),
            ]
        )
        answers = [one_sudo._prepare_answers() for one_sudo in participants_sudo]
        participants_sudo.env["sales.assistant.campaign.answer"].create(
            sum(answers, [])
        )
        for one_sudo, given in zip(participants_sudo, answers, strict=True):
            one_sudo._take_points([one["score"] for one in given])
        participants_sudo._open_improvements()

    def _prepare_answers(self):
        return [
            {"participant_id": self.id, "question_id": question.id, "score": score}
            for question, score in self.user_input_id._get_sales_scores()
        ]

    def _take_points(self, scores):
        """:param list scores: points of the questions"""
        limit = self.campaign_id.low_limit
        mean = sum(scores) / len(scores) if scores else 0.0
        on_phone = bool(self.phone_user_id) and self.phone_user_id == self.env.user
        self.write(
            {
                "state": "answered",
                "answered_at": fields.Datetime.now(),
                "channel": "phone" if on_phone else "link",
                "phone_user_id": self.phone_user_id.id if on_phone else False,
                "score": mean,
                "is_scored": bool(scores),
                "is_low": bool(scores) and min([mean, *scores]) < limit,
                "remark": self.user_input_id._get_sales_remark(),
            }
        )

    def _open_improvements(self):
        """A customer's low answer is seen to by his assistant, else his salesperson,
        else the survey's responsible; colleagues are not named."""
        low = self.filtered(lambda one: one.is_low and one.audience == "customers")
        self.env["sales.assistant.improvement"]._open(
            [one._prepare_improvement() for one in low]
        )

    def _prepare_improvement(self):
        owner = self.subject_id.assistant_id or self.user_id or self.campaign_id.user_id
        self = self.with_context(lang=owner.lang)  # not of him who has answered
        worst = self.answer_ids.sorted(lambda one: (one.score, one.id))[:1]
        return {
            "campaign_id": self.campaign_id.id,
            "participant_id": self.id,
            "partner_id": self.subject_id.id,
            "company_id": self.company_id.id,
            "team_id": self.team_id.id,
            "user_id": owner.id,
            "subject": self.env._(
                "%(points)s points: %(question)s",
                points=round(worst.score),
                question=worst.question_id.title,
            ),
            "complaint_text": self.remark,
        }

    # ------------------------------------------------------------------- sheet

    @api.model
    def _get_sheet_title(self):
        return self.env._("Answers of a Satisfaction Survey")

    @api.model
    def _get_sheet_columns(self):
        _ = self.env._
        return [
            Column("campaign_id.subject", label=_("Survey")),
            Column("date_period"),
            Column("subject_id.name", label=_("Who Was Asked"), width=30),
            Column("grade_id.name", label=_("Grade")),
            Column("country_id.name", label=_("Country")),
            Column("team_id.name", label=_("Sales Team")),
            Column("user_id"),
            Column("state"),
            Column("channel"),
            Column("phone_user_id"),
            Column("invited_at"),
            Column("answered_at"),
            Column(
                "score",
                label=_("Points"),
                getter="_get_sheet_points",
                kind="float",
            ),
            Column("is_low"),
            Column("remark", width=50),
        ]

    def _get_sheet_points(self):
        """Nothing, not 0, where nobody has answered."""
        return {one.id: one.score if one.is_scored else None for one in self}

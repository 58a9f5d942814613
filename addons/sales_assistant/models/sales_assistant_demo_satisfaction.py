# pylint: disable=consider-merging-classes-inherited
# Own file: the story of one part.
from datetime import time, timedelta

from odoo import api, models

from odoo.addons.sales_base.tools.period import quarter_of

from .sales_assistant_demo import QUIET

#: answers of ten customers to the six questions, last quarter and this one;
#: None: nobody has answered
ANSWERS = (
    ((9, 8, 9, 9, 10, 9), (10, 9, 9, 9, 10, 10)),
    ((9, 5, 8, 9, 9, 8), (9, 9, 9, 10, 9, 9)),
    ((10, 9, 9, 9, 9, 9), (10, 10, 9, 9, 9, 10)),
    ((8, 4, 7, 8, 8, 6), (9, 7, 8, 9, 9, 8)),
    ((9, 9, 10, 9, 9, 9), (9, 9, 9, 9, 9, 9)),
    (None, (10, 9, 10, 9, 9, 9)),
    ((9, 9, 8, 9, 9, 9), (9, 5, 4, 8, 9, 6)),
    ((9, 8, 9, 8, 5, 8), None),
    ((10, 9, 9, 10, 9, 9), None),
    (None, None),
)
REMARKS = {
    (1, 0): "Two deliveries came late. 有两次交货延迟。",
    (3, 0): "We wait too long for dates. 交期答复太慢。",
    (6, 1): "Nobody told us of the delay. 交货延迟没有人通知我们。",
    (7, 0): "Wrong certificate with the last parcel. 上一批货的证书有误。",
}
MEASURES = (
    "Weekly list of open dates to the customer. 每周向客户发送未交订单交期表。",
    "Orders of this customer are packed two days ahead. 该客户的订单提前两天包装。",
)
RESULT = "The last three deliveries were in time. 最近三次交货均准时。"
CONCLUSION = (
    "Content with the goods; dates cost us points. Every moved date is told before the "
    "day. 客户对产品满意，交期失分。今后交期变动须提前告知。"
)
CONCLUSION_TEAM = "News about moved dates comes too late. 交期变动的信息传达太迟。"
#: answers of the team of the last quarter
TEAM = ((9, 8, 7, 8, 9, 8), (8, 6, 7, 9, 9, 8), (9, 8, 8, 7, 9, 9))


class SalesAssistantDemo(models.AbstractModel):
    """Satisfaction: the survey of the last quarter is closed, this quarter's is under
    way; one improvement has ended, one is overdue, one is new."""

    _inherit = "sales.assistant.demo"

    @api.model
    def _load(self):
        result = super()._load()
        company = self.env.ref("base.main_company")
        self = self.with_company(company).with_context(
            allowed_company_ids=company.ids, **QUIET
        )
        today = company._get_sales_today()
        earlier = quarter_of(today).first - timedelta(days=1)
        last = self._survey(earlier, "customers")
        self._answer(last, 0, earlier - timedelta(days=9))
        self._improve(last)
        last.write({"conclusion": CONCLUSION, "date_end": earlier})
        last._do_close()
        self._survey_team(earlier)
        current = self._survey(today, "customers")
        self._answer(current, 1, today - timedelta(days=3))
        return result

    def _survey(self, day, audience, user=None, **values):
        """A survey of the quarter of ``day``, started."""
        user = user or self.env.ref("sales_assistant.user_assistant_demo")
        customers = self.env["res.partner"].union(*self._get_customers())
        campaign = (
            self.env["sales.assistant.campaign"]
            .with_user(user)
            .create(
                {
                    "audience": audience,
                    "year": str(day.year),
                    "quarter": str((day.month + 2) // 3),
                    "date_end": self.env.company._get_sales_today()
                    + timedelta(days=14),
                    "selection": "named",
                    "partner_ids": customers.ids,
                    "user_id": user.id,
                    **values,
                }
            )
        )
        campaign._do_start()
        return campaign.with_env(self.env)

    def _answer(self, campaign, wave, day):
        """Forms are handed in; the third customer answered on the phone."""
        participants = campaign.participant_ids.sorted("id")
        participants._create_forms()
        moment = self._get_noon(day)
        participants.write(
            {
                "state": "invited",
                "invited_at": self._get_noon(day - timedelta(days=5)),
            }
        )
        for number, participant in enumerate(participants):
            values = ANSWERS[number % len(ANSWERS)][wave]
            if not values:
                continue
            if number == 2:
                participant.phone_user_id = campaign.user_id
                # sudo: as the form does, for the colleague who is on the phone
                participant_sudo = participant.with_user(campaign.user_id).sudo()
                self._fill_in(participant_sudo, values, False)
                continue
            self._fill_in(participant, values, REMARKS.get((number, wave)))
        answered = participants.filtered(lambda one: one.state == "answered")
        answered.answered_at = moment

    def _get_noon(self, day):
        return self.env.company._get_sales_moment(day, time(12))

    def _fill_in(self, participant, values, remark):
        form = participant.user_input_id
        questions = form.survey_id.question_ids
        lines = [
            {
                "user_input_id": form.id,
                "question_id": question.id,
                "answer_type": "scale",
                "value_scale": value,
            }
            for question, value in zip(questions, values, strict=False)
        ]
        if remark:
            lines.append(
                {
                    "user_input_id": form.id,
                    "question_id": questions[-1:].id,
                    "answer_type": "text_box",
                    "value_text_box": remark,
                }
            )
        form.env["survey.user_input.line"].create(lines)
        form._mark_done()

    def _improve(self, campaign):
        """The first has ended well, the second is overdue, others have no measure."""
        actions = campaign.improvement_ids.sorted("id")
        for action, measure in zip(actions, MEASURES, strict=False):
            action.measure = measure
        actions[:1]._do_close(RESULT, "good")
        today = self.env.company._get_sales_today()
        actions[1:2].date_due = today - timedelta(days=4)

    def _survey_team(self, day):
        members = self.env["res.users"].union(
            *(
                self.env.ref(name)
                for name in (
                    "sales_assistant.user_assistant_demo",
                    "sales_base.user_salesperson_demo",
                    "sales_base.user_manager_demo",
                )
            )
        )
        campaign = self._survey(
            day, "team", members[-1:], member_ids=members.ids, partner_ids=False
        )
        participants = campaign.participant_ids
        participants._create_forms()
        for participant, values in zip(participants, TEAM, strict=True):
            self._fill_in(participant, values, False)
        campaign.write({"conclusion": CONCLUSION_TEAM, "date_end": day})
        campaign._do_close()

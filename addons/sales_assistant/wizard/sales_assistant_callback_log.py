from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..models.sales_assistant_callback import RESULTS


class SalesAssistantCallbackLog(models.TransientModel):
    """SA-04: what came out of a call: reached or not, score, wishes, next day."""

    _name = "sales.assistant.callback.log"
    _description = "Log a Call"

    callback_ids = fields.Many2many(
        "sales.assistant.callback", string="Callbacks", required=True
    )
    callback_id = fields.Many2one(
        "sales.assistant.callback", compute="_compute_callback_id"
    )
    partner_id = fields.Many2one(related="callback_id.partner_id")
    phone = fields.Char(related="callback_id.phone")
    script = fields.Text(related="callback_id.script")
    is_reached = fields.Boolean("Customer Reached", default=True)
    result = fields.Selection(RESULTS, default="nothing")
    is_rated = fields.Boolean("Score Given")
    satisfaction = fields.Integer(help="0 to 100, as the customer said.")
    note = fields.Text("What He Said")
    answer_ids = fields.One2many(
        "sales.assistant.callback.log.answer",
        "log_id",
        "Questions",
        compute="_compute_answer_ids",
        store=True,
        readonly=False,
    )
    need_ids = fields.One2many("sales.assistant.callback.log.need", "log_id", "Wishes")
    date_next = fields.Date(
        "Next Call",
        compute="_compute_date_next",
        store=True,
        readonly=False,
        help="Leave the programme's day, or enter the day agreed with the customer.",
    )

    @api.depends("callback_ids")
    def _compute_callback_id(self):
        for log in self:
            log.callback_id = log.callback_ids[:1]

    @api.depends("callback_ids")
    def _compute_answer_ids(self):
        for log in self:
            log.answer_ids = [fields.Command.clear()] + [
                fields.Command.create({"question": question.name})
                for question in log.callback_ids[:1].programme_id.question_ids
            ]

    @api.depends("is_reached", "callback_ids")
    def _compute_date_next(self):
        for log in self:
            log.date_next = log._get_usual_day()

    def _get_usual_day(self):
        """The programme's day after a call, the next working day after an attempt."""
        callback = self.callback_ids[:1]
        company = callback.company_id or self.env.company
        if not self.is_reached:
            return company._get_sales_day_ahead(1)
        programme = callback.programme_id
        if not programme:
            return False
        today = company._get_sales_today()
        days = programme._get_plan_days(programme, company, today)
        return days(today + timedelta(days=programme.interval_days))

    def action_apply(self):
        """Write the call down, then open what comes of it.

        :raises UserError: a day or a score that cannot be
        """
        self.ensure_one()
        callback = self.callback_ids
        callback.ensure_one()
        self._check_values()
        if not self.is_reached:
            callback._check_can("retry")
            callback._do_retry(self.date_next, self.note)
            return {"type": "ir.actions.act_window_close"}
        callback._check_can("done")
        self._note_answers(callback)
        agreed = self.date_next if self.date_next != self._get_usual_day() else None
        callback._do_done(
            {
                "result": self.result or "nothing",
                "is_rated": self.is_rated,
                "satisfaction": self.satisfaction if self.is_rated else 0,
                "note": self.note,
            },
            agreed,
        )
        if self.result == "complaint":
            return self._open_complaint(callback)
        return {"type": "ir.actions.act_window_close"}

    def _check_values(self):
        today = self.env.company._get_sales_today()
        if self.date_next and self.date_next <= today:
            raise UserError(self.env._("The next call is on a later day than today."))
        if not self.is_reached and not self.date_next:
            raise UserError(self.env._("When is the customer tried again?"))
        if self.is_rated and not 0 <= self.satisfaction <= 100:
            raise ValidationError(
                self.env._(
                    "The score lies between 0 and 100, not %s.", self.satisfaction
                )
            )

    def _note_answers(self, callback):
        """Answers and wishes of the call."""
        self.env["sales.assistant.callback.answer"].create(
            [
                {
                    "callback_id": callback.id,
                    "question": line.question,
                    "answer": line.answer,
                }
                for line in self.answer_ids
                if (line.answer or "").strip()
            ]
        )
        self.env["sales.assistant.need"].create(
            [
                {
                    "callback_id": callback.id,
                    "partner_id": callback.partner_id.id,
                    "company_id": callback.company_id.id,
                    "category_id": line.category_id.id,
                    "name": line.name,
                    "product_id": line.product_id.id,
                    "quantity": line.quantity,
                }
                for line in self.need_ids
            ]
        )

    def _open_complaint(self, callback):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Complaint"),
            "res_model": "sales.complaint",
            "view_mode": "form",
            "views": [(False, "form")],
            "context": {
                "default_partner_id": callback.partner_id.id,
                "default_channel": "callback",
                "default_description": self.note,
            },
        }


class SalesAssistantCallbackLogAnswer(models.TransientModel):
    _name = "sales.assistant.callback.log.answer"
    _description = "Answer in the Log of a Call"

    log_id = fields.Many2one("sales.assistant.callback.log", ondelete="cascade")
    question = fields.Char()
    answer = fields.Text()


class SalesAssistantCallbackLogNeed(models.TransientModel):
    _name = "sales.assistant.callback.log.need"
    _description = "Wish in the Log of a Call"

    log_id = fields.Many2one("sales.assistant.callback.log", ondelete="cascade")
    category_id = fields.Many2one("sales.assistant.need.category", required=True)
    name = fields.Char("Wish", required=True)
    product_id = fields.Many2one("product.product")
    quantity = fields.Float(digits="Product Unit")

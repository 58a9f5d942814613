from odoo import fields, models
from odoo.exceptions import UserError


class SalesAssistantPromise(models.Model):
    """SA-06: the steps of a promise, and who may take them when."""

    _inherit = "sales.assistant.promise"

    # ------------------------------------------------------------------- guards

    def _get_ask_obstacle(self):
        _ = self.env._
        if not self.checker_id:
            return _("name the person who checks whether it can be kept.")
        if self.checker_id in (self.user_id, self.env.user):
            return _("somebody else than who promises checks it.")
        if self.date_due < self.company_id._get_sales_today():
            return _("its day is over.")
        return False

    def _get_confirm_obstacle(self):
        acting = self.env.user._get_sales_acting_ids()
        if self.checker_id.id not in acting:
            return self.env._(
                "%(person)s was asked whether it can be kept.",
                person=self.checker_id.name,
            )
        return False

    def _get_refuse_obstacle(self):
        return self._get_confirm_obstacle()

    def _get_make_obstacle(self):
        if self.date_due < self.company_id._get_sales_today():
            return self.env._("its day is over.")
        return False

    def _get_renegotiate_obstacle(self):
        """After its day there is nothing left to renegotiate: it is broken."""
        if self.date_due < self.company_id._get_sales_today():
            return self.env._(
                "its day is over; it is broken, and a new promise is made."
            )
        return False

    # -------------------------------------------------------------------- steps

    def action_ask(self):
        self._check_can("ask")
        self._do_ask()

    def _do_ask(self):
        self._take_step("ask", is_feasible=False, checked_at=False)
        for promise in self:
            promise.activity_schedule(
                "sales_assistant.mail_act_promise",
                date_deadline=min(
                    promise.date_due, promise.company_id._get_sales_day_ahead(1)
                ),
                summary=promise.subject,
                user_id=promise.checker_id.id,
            )

    def action_confirm(self):
        """It can be kept, says who was asked."""
        self._check_can("confirm")
        self._do_answer("confirm", True, False)

    def action_refuse(self):
        """It cannot be kept: the words say why."""
        self._check_can("refuse")
        return self._open_window("refuse", self.env._("Cannot Be Kept"))

    def _do_answer(self, verb, is_feasible, note):
        self._take_step(
            verb,
            is_feasible=is_feasible,
            feasibility_note=note,
            checked_at=fields.Datetime.now(),
        )
        self._end_question()

    def action_withdraw(self):
        self._check_can("withdraw")
        self._take_step("withdraw", is_feasible=False, checked_at=False)
        self._end_question()

    def _end_question(self):
        # sudo: the question to the checker ends whoever ends it
        self.sudo().activity_unlink(["sales_assistant.mail_act_promise"])

    def action_make(self):
        """The customer has been given our word."""
        self._check_can("make")
        for company, promises in self.grouped("company_id").items():
            promises._take_step("make", date_made=company._get_sales_today())

    def action_tell(self):
        """The customer is told that it will not be kept, before he notices."""
        self._check_can("tell")
        return self._open_window("tell", self.env._("Customer Told"))

    def _do_tell(self, day, note):
        self._write_guarded({"date_told": day, "broken_note": note or False})

    def action_keep(self):
        self._check_can("keep")
        return self._open_window("keep", self.env._("Kept"))

    def _do_keep(self, day, evidence):
        for company, promises in self.grouped("company_id").items():
            promises._take_step(
                "keep",
                date_kept=day,
                evidence=evidence,
                date_settled=company._get_sales_today(),
            )

    def action_break(self):
        self._check_can("break")
        return self._open_window("break", self.env._("Broken"))

    def _do_break(self, reason, note, day_told):
        """
        :param date day_told: when the customer learnt it from us, or False
        """
        for company, promises in self.grouped("company_id").items():
            promises._take_step(
                "break",
                broken_reason_id=reason.id,
                broken_note=note,
                date_told=day_told,
                date_settled=company._get_sales_today(),
            )

    def action_renegotiate(self):
        self._check_can("renegotiate")
        return self._open_window("renegotiate", self.env._("Renegotiate"))

    def _do_renegotiate(self, day, note):
        """The customer agrees to another day: a new promise, checked again.

        :returns: the new promise, a draft
        """
        self.ensure_one()
        new = self.copy({"date_due": day})
        self._take_step(
            "renegotiate",
            next_id=new.id,
            date_told=self.date_told or self.company_id._get_sales_today(),
            broken_note=note,
            date_settled=self.company_id._get_sales_today(),
        )
        return new

    def action_cancel(self):
        return self._ask_reason("cancel")

    def _do_cancel(self, reason, note):
        self._take_step("cancel", cancel_reason_id=reason.id, reason_note=note)
        self._end_question()

    def _open_window(self, verb, title):
        """The window that asks for what a step needs."""
        if len(self) > 1:
            raise UserError(self.env._("Settle promises one by one."))
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": "sales.assistant.promise.settle",
            "view_mode": "form",
            "target": "new",
            "context": {"default_promise_id": self.id, "default_verb": verb},
        }

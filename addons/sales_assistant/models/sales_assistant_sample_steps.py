# pylint: disable=consider-merging-classes-inherited
# Own file: one part of the desk.
from odoo import fields, models


class SalesAssistantSample(models.Model):
    """SA-15: the steps of a sample, and what each of them asks for."""

    _inherit = "sales.assistant.sample"

    # ------------------------------------------------------------------- guards

    def _get_submit_obstacle(self):
        if not self.line_ids:
            return self.env._("say which products are wanted.")
        if not self.charge or not self.courier_terms:
            return self.env._("say whether it is charged and who pays the courier.")
        return False

    def _get_send_obstacle(self):
        """What a sample lacks before it leaves."""
        _ = self.env._
        if any(check.is_required and not check.is_done for check in self.check_ids):
            return _("our own check is not complete.")
        courier_sudo = self.courier_id.sudo()  # sudo: for the guard only
        if not courier_sudo:
            return _("name the courier.")
        if courier_sudo.has_waybill and not self.waybill_key:
            return _("enter the waybill.")
        if (
            courier_sudo.has_waybill
            and self.courier_terms == "prepaid"
            and self.courier_estimate <= 0
        ):
            return _("enter the courier's charge as offered; his bill is compared.")
        if self.charge == "charged" and not self.invoice_id:
            return _("make the sample invoice first, it goes with the parcel.")
        return False

    # -------------------------------------------------------------------- steps

    def action_submit(self):
        self._check_can("submit")
        self._do_submit()

    def _do_submit(self):
        verdicts = self._judge()
        special = self.filtered(lambda one: verdicts[one.id])
        for sample in special:
            sample._take_step_to("to_approve", special_facts=verdicts[sample.id])
        (self - special)._do_approve()

    def action_approve(self):
        self._check_can("approve")
        self._do_approve(approved_by_id=self.env.uid)

    def _do_approve(self, **vals):
        self._take_step_to("approved", approved_at=fields.Datetime.now(), **vals)
        self._create_checks()
        self._create_shipments()

    def action_send_back(self):
        return self._ask_reason("send_back")

    def _do_send_back(self, reason, note):
        self._take_step("send_back", cancel_reason_id=reason.id, reason_note=note)

    def action_send(self):
        self._check_can("send")
        self._do_send()

    def _do_send(self):
        self._validate_shipments()  # the validated shipment marks them as sent

    def _mark_sent(self):
        """The shipment has left: date, cost and the day to ask for its arrival."""
        self.line_ids._fix_costs()
        for company, samples in self.grouped("company_id").items():
            samples._take_step(
                "send",
                date_sent=company._get_sales_today(),
                date_follow_up=company._get_sales_sample_arrival_day(),
            )

    def action_arrive(self):
        self._check_can("arrive")
        self._do_arrive()

    def _do_arrive(self):
        for company, samples in self.grouped("company_id").items():
            samples._take_step(
                "arrive",
                date_arrived=company._get_sales_today(),
                date_follow_up=company._get_sales_sample_question_day(),
            )

    def action_follow(self):
        """Ask the customer, and note what he says."""
        self._check_can("follow")
        return self._open_wizard("sales.assistant.sample.follow", self.env._("Ask"))

    def _do_follow(self, evaluation, order_likely, date_next):
        """One question to the customer.

        :param str evaluation: what he says, empty when he says nothing
        :param order_likely: key of ``LIKELIHOODS`` or False
        :param date date_next: when he is asked again
        """
        self.ensure_one()
        self._write_guarded(
            {
                "evaluation": evaluation or self.evaluation,
                "order_likely": order_likely or self.order_likely,
                "date_follow_up": date_next,
                "follow_up_count": self.follow_up_count + 1,
            }
        )

    def action_close(self):
        self._check_can("close")
        return self._open_wizard("sales.assistant.sample.close", self.env._("Outcome"))

    def _do_close(self, outcome, reason=None, note=False):
        """The outcome of samples.

        :param str outcome: key of ``OUTCOMES``
        :param sales.reason reason: why, where it is asked for
        """
        for company, samples in self.grouped("company_id").items():
            today = company._get_sales_today()
            for arrived, same in samples.grouped("date_arrived").items():
                same._take_step(
                    "close",
                    outcome=outcome,
                    outcome_reason_id=reason.id if reason else False,
                    outcome_note=note,
                    date_closed=today,
                    date_arrived=arrived
                    or (today if outcome != "no_answer" else False),
                    date_follow_up=False,
                )

    def action_reopen(self):
        self._check_can("reopen")
        self._do_reopen()

    def _do_reopen(self):
        for company, samples in self.grouped("company_id").items():
            samples._take_step(
                "reopen",
                outcome=False,
                outcome_reason_id=False,
                outcome_note=False,
                date_closed=False,
                date_follow_up=company._get_sales_sample_question_day(),
            )

    def action_cancel(self):
        return self._ask_reason("cancel")

    def _do_cancel(self, reason, note):
        self._cancel_shipments()
        self._take_step("cancel", cancel_reason_id=reason.id, reason_note=note)

    # --------------------------------------------------------------------- parts

    def _take_step_to(self, state, **vals):
        """Write a state that the step decides itself."""
        return self._write_guarded({"state": state, **vals})

    def _open_wizard(self, model, title):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": model,
            "view_mode": "form",
            "target": "new",
            "context": {"default_sample_id": self.id},
        }

    def _create_checks(self):
        """The points to check, for samples that have none yet."""
        bare = self.filtered(lambda one: not one.check_ids)
        # sudo: the checklist comes from the catalogue
        items_sudo = (
            self.env["sales.assistant.check.item"]
            .sudo()
            .search([("usage", "=", "sample")])
        )
        # sudo: see above
        self.env["sales.assistant.sample.check"].sudo().create(
            [
                {
                    "sample_id": sample.id,
                    "item_id": item.id,
                    "sequence": item.sequence,
                    "is_required": item.is_required,
                }
                for sample in bare
                for item in items_sudo
                if item.company_id in (sample.company_id, self.env["res.company"])
            ]
        )

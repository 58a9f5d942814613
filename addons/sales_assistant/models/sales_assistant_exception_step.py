# pylint: disable=consider-merging-classes-inherited
# Handling an exception is a concept of its own beside its data.
from odoo import fields, models
from odoo.tools import format_date

from .sales_assistant_exception import OPEN_STATES

#: of these the superior always hears (及时通知上级主管, S0 职责三·四); of the others
#: when the delay asks for it (必要时)
TOLD_CAUSES = frozenset({"quality", "technical", "accident"})


class SalesAssistantException(models.Model):
    """SA-14: agree with the customer, plan anew, tell the superior, close."""

    _inherit = "sales.assistant.exception"

    # ------------------------------------------------------------------- guard

    def _get_agree_obstacle(self):
        if self.order_id.sudo().state != "sale":  # sudo: a state is no secret
            return self.env._("its order is not under way.")
        return False

    def _get_tell_obstacle(self):
        if self.told_user_id:
            return self.env._("%s was told already.", self.told_user_id.name)
        if not self._get_superior():
            return self.env._(
                "there is nobody to tell: name a team leader, or a superior in the "
                "settings."
            )
        return False

    def _get_reschedule_obstacle(self):
        if self.rescheduled_at:
            return self.env._("production is rescheduled already.")
        return False

    def _get_close_obstacle(self):
        _ = self.env._
        lacks = []
        if self.delay_days > 0 and not self.date_agreed:
            lacks.append(_("the new date agreed with the customer"))
        if self.is_reschedule_needed and not self.rescheduled_at:
            lacks.append(_("production rescheduled"))
        if not self.department_id:
            lacks.append(_("the responsible department"))
        if not (self.measure or "").strip():
            lacks.append(_("the measure against a repetition"))
        return lacks and _("still missing: %s.", ", ".join(lacks))

    # ------------------------------------------------------------------- agree

    def action_agree(self):
        """The window that asks for the date, with whom and how it was agreed."""
        self.ensure_one()
        self._check_can("agree")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("New Date Agreed"),
            "res_model": "sales.assistant.exception.agree",
            "view_mode": "form",
            "target": "new",
            "context": {"default_exception_id": self.id},
        }

    def _do_agree(self, day, contact, channel, note, reason=None):
        """Keep what was agreed; the order's date follows, and with it the milestones
        and the review of its terms. Who agrees to a date has been told it.

        :param date day: the new date
        :param contact: the customer's person
        :param reason: why the date moves, asked for once the customer was told one
        """
        self.ensure_one()
        self._take_step(
            "agree",
            date_agreed=day,
            contact_id=contact.id,
            channel=channel,
            agreement_note=note,
            agreed_at=fields.Datetime.now(),
            agreed_by_id=self.env.uid,
            # a further move is planned anew as well
            rescheduled_at=False,
            rescheduled_by_id=False,
        )
        self._move_promise()
        self._note_telling(reason)
        self._tell_where_due()
        self._note_on_order(
            self.env._(
                "%(exception)s: delivery on %(day)s agreed with %(contact)s.",
                exception=self.display_name,
                day=format_date(self.env, day),
                contact=contact.name,
            )
        )

    def _move_promise(self):
        """The order is promised for the date agreed; one delivery of several moves the
        order only when it is the last."""
        # sudo: the date follows the customer's word, whoever has it from him
        order_sudo = self.order_id.sudo()
        picking_sudo = self.picking_id.sudo()  # sudo: see above
        day, promised = self.date_agreed, order_sudo.sales_promised_date
        if picking_sudo and picking_sudo.state not in ("done", "cancel"):
            picking_sudo.scheduled_date = order_sudo._get_promise_moment(day)
        if day != promised and not (picking_sudo and promised and day < promised):
            order_sudo._do_promise(day)

    def _note_telling(self, reason):
        """SA-10: the customer knows the order's date from now on. The date of one
        delivery that does not move the order tells him nothing about the order."""
        order_sudo = self.order_id.sudo()  # sudo: see above
        if (
            order_sudo._is_follow_up_on()
            and order_sudo.sales_promised_date == self.date_agreed
        ):
            order_sudo._do_tell(
                {
                    "told_at": self.agreed_at,
                    "channel": self.channel,
                    "contact_id": self.contact_id.id,
                    "note": self.display_name,
                    "reason_id": reason and reason.id,
                }
            )

    def _note_on_order(self, body):
        # sudo: the order's history is complete whoever may write it
        self.order_id.sudo().message_post(body=body, subtype_xmlid="mail.mt_note")

    # ---------------------------------------------------------------- superior

    def _get_superior(self):
        """Who hears of it: the leader of the order's team, else whom the company names;
        never somebody who could not read it, nor the current user."""
        # sudo: names of superiors are no secret
        self_sudo = self.sudo()
        company_sudo = self_sudo.company_id
        for user_sudo in (
            self_sudo.team_id.user_id,
            company_sudo.sales_assistant_exception_superior_id,
        ):
            if (
                user_sudo
                and user_sudo.active
                and user_sudo.id != self.env.uid
                and company_sudo in user_sudo.company_ids
                and self.with_user(user_sudo)
                .with_context(allowed_company_ids=company_sudo.ids)
                .has_access("read")
            ):
                return self.env["res.users"].browse(user_sudo.id)
        return self.env["res.users"]

    def _tell_where_due(self):
        """Tell the superior of what he has to hear of by itself."""
        for exception in self:
            # sudo: a setting of the company
            limit = exception.company_id.sudo().sales_assistant_exception_tell_days
            is_due = exception.cause in TOLD_CAUSES or exception.delay_days >= max(
                limit, 1
            )
            if (
                is_due
                and exception.state in OPEN_STATES
                and not exception.told_user_id
                and exception._get_superior()
            ):
                exception._do_tell()

    def action_tell(self):
        self._check_can("tell")
        self._do_tell()
        return True

    def _do_tell(self):
        for exception in self:
            superior = exception._get_superior()
            exception._write_guarded(
                {"told_user_id": superior.id, "told_at": fields.Datetime.now()}
            )
            # sudo: whoever reports gives the superior nothing to do but to look
            exception.sudo().activity_schedule(
                "sales_assistant.mail_act_exception",
                user_id=superior.id,
                date_deadline=exception.company_id._get_sales_today(),
            )

    # -------------------------------------------------------------------- ends

    def action_reschedule(self):
        self._check_can("reschedule")
        self._do_reschedule()
        return True

    def _do_reschedule(self):
        self._write_guarded(
            {
                "rescheduled_at": fields.Datetime.now(),
                "rescheduled_by_id": self.env.uid,
            }
        )

    def action_close(self):
        self._check_can("close")
        self._do_close()
        return True

    def _do_close(self):
        for exception in self:
            days = exception.company_id._get_sales_today() - exception.date_found
            exception._take_step(
                "close",
                closed_at=fields.Datetime.now(),
                closed_by_id=self.env.uid,
                handling_days=days.days,
            )
        self._end_activities()

    def action_cancel(self):
        return self._ask_reason("cancel")

    def _do_cancel(self, reason, note):
        self._take_step("cancel", cancel_reason_id=reason.id, reason_note=note)
        self._end_activities()

    def action_reopen(self):
        """A lead finds that it is not over."""
        self._check_can("reopen")
        self._do_reopen()
        return True

    def _do_reopen(self):
        for exception in self:
            exception._write_guarded(
                {
                    "state": "agreed" if exception.date_agreed else "open",
                    "closed_at": False,
                    "closed_by_id": False,
                    "handling_days": 0,
                }
            )

    def _end_activities(self):
        # sudo: the superior's activity ends with the exception, whoever ends it
        self.sudo().activity_unlink(["sales_assistant.mail_act_exception"])

from datetime import time, timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import format_datetime

#: wall clock at which what was put off comes back in the morning
MORNING = time(8)
#: working days of each choice
DELAYS = {"day": 1, "days": 3, "week": 5}
#: days for which passed ones are kept
KEPT_DAYS = 30


class SalesSnooze(models.Model):
    """SA-01: somebody puts a row of his board off, with the reason.

    It hides the row from his own board only: a superior's and a stand-in's show it
    still, and the document's chatter says until when and why.
    """

    _name = "sales.snooze"
    _description = "Put Off"
    _order = "until, id"
    _rec_name = "reason"

    user_id = fields.Many2one(
        "res.users",
        required=True,
        readonly=True,
        default=lambda self: self.env.user,
        ondelete="cascade",
        index=True,
    )
    res_model = fields.Char("Document Model", required=True, readonly=True)
    res_id = fields.Many2oneReference(
        "Document ID", model_field="res_model", required=True, readonly=True
    )
    document_name = fields.Char("Document", compute="_compute_document_name")
    delay = fields.Selection(
        [
            ("hour", "For an hour"),
            ("day", "Until the next working day"),
            ("days", "For three working days"),
            ("week", "For a week"),
            ("moment", "Until a time of my choice"),
        ],
        "Put off",
        store=False,
        default="day",
    )
    until = fields.Datetime(
        "Back on the Board",
        required=True,
        compute="_compute_until",
        store=True,
        precompute=True,
        readonly=False,
    )
    reason = fields.Char(required=True)

    _one_per_document = models.UniqueIndex(
        "(user_id, res_model, res_id)", "This is put off already."
    )

    @api.depends("res_model", "res_id")
    def _compute_document_name(self):
        for model, snoozes in self.grouped("res_model").items():
            names = {}
            if self._can_snooze(model):
                documents = self.env[model].browse(snoozes.mapped("res_id")).exists()
                readable = documents._filtered_access("read")
                names = {document.id: document.display_name for document in readable}
            for snooze in snoozes:
                snooze.document_name = names.get(snooze.res_id, False)

    @api.depends("delay")
    def _compute_until(self):
        company = self.env.company
        now = fields.Datetime.now()
        today = company._get_sales_today()
        for snooze in self:
            if snooze.delay == "hour":
                snooze.until = now + timedelta(hours=1)
            elif snooze.delay in DELAYS:
                last = today + timedelta(days=60)
                days = company._get_sales_working_days(today, last)
                day = days.add(today, DELAYS[snooze.delay])
                snooze.until = company._get_sales_moment(day, MORNING)
            else:
                snooze.until = snooze.until

    @api.model_create_multi
    def create(self, vals_list):
        """Put documents off; what the user had put off before gets the new date."""
        for vals in vals_list:
            vals["user_id"] = self.env.uid
            # sudo: his own older one gives way, whatever rights he has on it
            self.sudo().search(self._get_document_domain(vals)).unlink()
        snoozes = super().create(vals_list)
        snoozes._log_reason()
        return snoozes

    @api.model
    def _get_document_domain(self, vals):
        return Domain.AND(
            Domain(fname, "=", vals.get(fname))
            for fname in ("user_id", "res_model", "res_id")
        )

    @api.constrains("res_model", "res_id", "until", "user_id", "reason")
    def _check_snooze(self):
        """Only what the person sees on a board, and not for ever.

        :raises AccessError: the person may not read the document
        :raises ValidationError: no document, no reason, a moment in the past or too far
            ahead
        """
        now = fields.Datetime.now()
        for snooze in self:
            document = snooze._get_document()
            if document is None:
                raise ValidationError(self.env._("This cannot be put off."))
            document.check_access("read")
            days = self.env.company.sales_snooze_days_max
            if not snooze.reason.strip():
                raise ValidationError(self.env._("Say why you put it off."))
            if snooze.until <= now:
                raise ValidationError(self.env._("Put it off until later than now."))
            if snooze.until > now + timedelta(days=days):
                raise ValidationError(
                    self.env._(
                        "Nothing is put off for more than %(days)s days.", days=days
                    )
                )

    def _get_document(self):
        """What was put off, as the current user; None where nothing can be."""
        if not self._can_snooze(self.res_model):
            return None
        return self.env[self.res_model].browse(self.res_id).exists() or None

    @api.model
    def _can_snooze(self, model):
        """Whether records of ``model`` keep the chatter that says who put them off."""
        thread = self.env.registry["mail.thread"]
        return model in self.env and isinstance(self.env[model], thread)

    def _log_reason(self):
        for snooze in self:
            snooze._get_document()._message_log(
                body=self.env._(
                    "Put off until %(moment)s: %(reason)s",
                    moment=format_datetime(self.env, snooze.until, dt_format="short"),
                    reason=snooze.reason,
                )
            )

    @api.model
    def _get_snoozed_ids(self):
        """What the current user has put off until later than now.

        :returns: {model name: list of record ids}
        """
        waiting = Domain("user_id", "=", self.env.uid)
        waiting &= Domain("until", ">", fields.Datetime.now())
        snoozed = {}
        for snooze in self.search_fetch(waiting, ["res_model", "res_id"]):
            snoozed.setdefault(snooze.res_model, []).append(snooze.res_id)
        return snoozed

    def action_take_up(self):
        """Back on the board at once."""
        self.unlink()

    @api.autovacuum
    def _gc_passed(self):
        passed = fields.Datetime.now() - timedelta(days=KEPT_DAYS)
        self.search([("until", "<", passed)], limit=10_000).unlink()

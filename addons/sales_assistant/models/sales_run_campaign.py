# pylint: disable=consider-merging-classes-inherited
# Own file: one part of the desk.
from odoo import fields, models


class SalesRun(models.Model):
    """SA-05: invitations and reminders of a survey, in batches.

    What was sent is marked in the same transaction as the mail is queued: a run that
    stops goes on with those who are left, and nobody gets a letter twice.
    """

    _inherit = "sales.run"

    kind = fields.Selection(
        selection_add=[
            ("assistant_invitation", "Invitations to a Survey"),
            ("assistant_reminder", "Reminders of a Survey"),
        ],
        ondelete={
            "assistant_invitation": "cascade",
            "assistant_reminder": "cascade",
        },
    )

    def _get_run_campaign(self):
        campaign_id = (self.parameters or {}).get("campaign_id")
        return self.env["sales.assistant.campaign"].browse(campaign_id).exists()

    def _get_pending_assistant_invitation(self, limit):
        participants = self.env["sales.assistant.campaign.participant"]
        domain = self._get_run_campaign()._get_uninvited_domain()
        return participants.search(domain, order="id", limit=limit)

    def _do_assistant_invitation(self, participants):
        participants.lock_for_update()
        participants.invalidate_recordset()
        participants = participants.filtered(lambda one: one.state == "pending")
        participants._create_forms()
        participants._send("sales_assistant.mail_template_campaign_invite")
        participants.write({"state": "invited", "invited_at": fields.Datetime.now()})

    def _get_pending_assistant_reminder(self, limit):
        participants = self.env["sales.assistant.campaign.participant"]
        domain = self._get_run_campaign()._get_unreminded_domain()
        return participants.search(domain, order="id", limit=limit)

    def _do_assistant_reminder(self, participants):
        participants.lock_for_update()
        participants.invalidate_recordset()
        participants = participants.filtered(
            lambda one: one.state == "invited" and not one.reminded_at
        )
        participants._send("sales_assistant.mail_template_campaign_remind")
        participants.reminded_at = fields.Datetime.now()

# pylint: disable=consider-merging-classes-inherited
# Own file: how invitations leave.
from datetime import time, timedelta

from odoo import fields, models
from odoo.fields import Domain

#: so many leave at once, more in the background
AT_ONCE = 20


class SalesAssistantCampaign(models.Model):
    """SA-05: invitations and reminders leave when a person sends them, each once."""

    _inherit = "sales.assistant.campaign"

    def _get_deadline(self):
        """The first moment after the last day for answers."""
        return self.company_id._get_sales_moment(
            self.date_end + timedelta(days=1), time()
        )

    def _get_uninvited_domain(self):
        return (
            Domain("campaign_id", "in", self.ids)
            & Domain("campaign_id.state", "=", "running")
            & Domain("state", "=", "pending")
            & Domain("partner_id.email", "not in", [False, ""])
        )

    def _get_unreminded_domain(self):
        return (
            Domain("campaign_id", "in", self.ids)
            & Domain("campaign_id.state", "=", "running")
            & Domain("state", "=", "invited")
            & Domain("reminded_at", "=", False)
            & Domain("partner_id.email", "not in", [False, ""])
        )

    def _count_participants(self, domain):
        # sudo: how many letters wait, not to whom
        participants_sudo = self.env["sales.assistant.campaign.participant"].sudo()
        return participants_sudo.search_count(domain)

    def _get_invite_obstacle(self):
        if not self._count_participants(self._get_uninvited_domain()):
            return self.env._("nobody with an e-mail address is left to invite.")
        return self._get_over_obstacle()

    def _get_remind_obstacle(self):
        if not self._count_participants(self._get_unreminded_domain()):
            return self.env._("nobody is left to remind.")
        return self._get_over_obstacle()

    def _get_over_obstacle(self):
        if self.date_end < self.company_id._get_sales_today():
            return self.env._("the last day for answers is over.")
        return False

    def action_invite(self):
        self._check_can("invite")
        return self._start_sending("assistant_invitation", self._get_uninvited_domain())

    def action_remind(self):
        self._check_can("remind")
        return self._start_sending("assistant_reminder", self._get_unreminded_domain())

    def _start_sending(self, kind, domain):
        """Few letters leave at once, many in the background.

        :returns: a message to the user
        """
        count = self._count_participants(domain)
        at_once = count <= AT_ONCE
        runs = self.env["sales.run"]
        for campaign in self:
            runs.with_company(campaign.company_id)._start(
                kind, {"campaign_id": campaign.id}, at_once=at_once
            )
        if at_once:
            message = self.env._("%(count)s messages were sent.", count=count)
        else:
            message = self.env._(
                "%(count)s messages leave in the background.", count=count
            )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "message": message,
                "type": "success",
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }


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


class SalesAssistantCampaignParticipant(models.Model):
    _inherit = "sales.assistant.campaign.participant"

    def _send(self, template):
        """Queue the letter of each in his language.

        :param str template: external id of a template of forms
        """
        self.env.ref(template).send_mail_batch(self.user_input_id.ids)

# pylint: disable=consider-merging-classes-inherited
# Own file: how invitations leave.
from datetime import time, timedelta

from odoo import models
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

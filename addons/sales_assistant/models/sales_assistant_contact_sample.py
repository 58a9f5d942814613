# pylint: disable=consider-merging-classes-inherited
# Own file: samples and promises can be switched off, the contact log stays.
from datetime import timedelta

from odoo import api, fields, models

from odoo.addons.sales_base.models.sales_document_mixin import Step

from .sales_assistant_contact import SalesAssistantContact as Contact


class SalesAssistantContact(models.Model):
    """SA-03, SA-06, SA-15: a contact leads to a sample or a promise, too."""

    _inherit = "sales.assistant.contact"

    _steps = {
        **Contact._steps,
        "create_sample": Step({"open", "answered"}),
        "create_promise": Step({"open", "answered"}),
    }
    _closed_fields = Contact._closed_fields | {"sample_id", "promise_id"}

    sample_id = fields.Many2one(
        "sales.assistant.sample", readonly=True, copy=False, index="btree_not_null"
    )
    promise_id = fields.Many2one(
        "sales.assistant.promise", readonly=True, copy=False, index="btree_not_null"
    )
    can_create_sample = fields.Boolean(compute="_compute_can_steps")
    can_create_promise = fields.Boolean(compute="_compute_can_steps")

    @api.model
    def _get_turns(self):
        return {
            **super()._get_turns(),
            "create_sample": "sample_id",
            "create_promise": "promise_id",
        }

    def action_create_sample(self):
        return self._turn("create_sample")

    def action_create_promise(self):
        return self._turn("create_promise")

    def _get_create_sample_obstacle(self):
        return self._get_turn_obstacle("create_sample")

    def _get_create_promise_obstacle(self):
        return self._get_turn_obstacle("create_promise")

    def _prepare_people(self):
        return {
            "partner_id": self.partner_id.id,
            "user_id": (self.salesperson_id or self.user_id or self.env.user).id,
            "assistant_id": (self.assistant_id or self.env.user).id,
            "company_id": self.company_id.id,
        }

    def _prepare_sample_id(self):
        return {**self._prepare_people(), "note": self.note or self.subject}

    def _prepare_promise_id(self):
        """A draft: its kind and day are said by who promises."""
        today = self.company_id._get_sales_today()
        return {
            **self._prepare_people(),
            "subject": self._get_title(),
            "description": self.note,
            "kind": "payment" if self.wish == "payment" else "delivery",
            "date_due": today + timedelta(days=7),
        }

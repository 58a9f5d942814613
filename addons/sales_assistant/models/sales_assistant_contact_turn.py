# pylint: disable=consider-merging-classes-inherited
# Own file: what a contact leads to is a concept of its own.
from odoo import api, models


class SalesAssistantContact(models.Model):
    """SA-03: one click turns a contact into an opportunity, a quotation or a complaint,
    once each, linked both ways. Who may create one makes it for its salesperson."""

    _inherit = "sales.assistant.contact"

    @api.model
    def _get_turns(self):
        """Hook: what a contact can become.

        :returns: {verb: name of the link field}; ``_prepare_<link field>`` gives the
            values of what is created
        """
        return {
            "create_lead": "lead_id",
            "create_order": "order_id",
            "create_complaint": "complaint_id",
        }

    def action_create_lead(self):
        return self._turn("create_lead")

    def action_create_order(self):
        return self._turn("create_order")

    def action_create_complaint(self):
        return self._turn("create_complaint")

    def _get_create_lead_obstacle(self):
        return self._get_turn_obstacle("create_lead", is_customer_needed=False)

    def _get_create_order_obstacle(self):
        return self._get_turn_obstacle("create_order")

    def _get_create_complaint_obstacle(self):
        return self._get_turn_obstacle("create_complaint")

    def _get_turn_obstacle(self, verb, is_customer_needed=True):
        made = self[self._get_turns()[verb]]
        if made:
            return self.env._(
                "it has led to %(document)s already.",
                document=made.sudo().display_name,  # sudo: only its name
            )
        if is_customer_needed and not self.partner_id:
            return self.env._("name the customer first.")
        return False

    def _turn(self, verb):
        """Create what the contact leads to, link it and open it."""
        self.ensure_one()
        self._check_can(verb)
        made = self._do_turn(verb)
        return {
            "type": "ir.actions.act_window",
            "res_model": made._name,
            "res_id": made.id,
            "view_mode": "form",
            "views": [[False, "form"]],
        }

    def _do_turn(self, verb):
        link = self._get_turns()[verb]
        model = self.env[self._fields[link].comodel_name].with_company(self.company_id)
        model.check_access("create")
        # sudo: it belongs to the salesperson, the link lets who made it see it
        made_sudo = model.sudo().create(getattr(self, f"_prepare_{link}")())
        self._write_guarded({link: made_sudo.id})
        made = model.browse(made_sudo.id)
        made_sudo.message_post_with_source(
            "mail.message_origin_link",
            render_values={"self": made_sudo, "origin": self},
            subtype_xmlid="mail.mt_note",
        )
        return made

    def _prepare_lead_id(self):
        return {
            "type": "opportunity",
            "name": f"{self._get_who()}: {self._get_title()}",
            "partner_id": self.partner_id.id,
            "contact_name": False if self.partner_id else self.contact_name,
            "phone": self.phone or self.partner_id.phone,
            "email_from": self.email or self.partner_id.email,
            "description": self.note,
            "user_id": (self.salesperson_id or self.user_id or self.env.user).id,
            "company_id": self.company_id.id,
        }

    def _prepare_order_id(self):
        return {
            "partner_id": self.partner_id.id,
            "user_id": (self.salesperson_id or self.env.user).id,
            "origin": self.name,
            "company_id": self.company_id.id,
        }

    def _prepare_complaint_id(self):
        return {
            "subject": self._get_title(),
            "partner_id": self.partner_id.id,
            "channel": self.channel if self.channel != "fax" else "letter",
            "received_at": self.contact_at,
            "description": self.note,
            "company_id": self.company_id.id,
        }

    def action_open_made(self):
        """Open what the contact has led to; the button's context names the link."""
        self.ensure_one()
        link = self.env.context.get("sales_contact_link")
        made = self[link] if link in self._get_turns().values() else self.browse()
        return {
            "type": "ir.actions.act_window",
            "res_model": made._name,
            "res_id": made.id,
            "view_mode": "form",
            "views": [[False, "form"]],
        }

from odoo import fields, models

#: whoever else reads orders and opportunities reads none of the contacts
DESK = "sales_assistant.group_sales_assistant_contact"


class SalesAssistantContactLinkMixin(models.AbstractModel):
    """A document that contacts lead to: it shows them (SA-03, linked both ways).

    The document's model declares ``sales_contact_ids`` over its own link field.
    """

    _name = "sales.assistant.contact.link.mixin"
    _description = "Document Made from a Contact"

    sales_contact_count = fields.Integer(
        "Contact Count",
        compute="_compute_sales_contact_count",
        groups=DESK,
    )

    def _compute_sales_contact_count(self):
        for document in self:
            document.sales_contact_count = len(document.sales_contact_ids)

    def action_view_sales_contacts(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "sales_assistant.sales_assistant_contact_action"
        )
        return {
            **action,
            "domain": [("id", "in", self.sales_contact_ids.ids)],
            "context": {"create": False},
        }

# pylint: disable=consider-merging-classes-inherited
# Own file: what the company settles about letters and greetings.
from odoo import api, fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    sales_assistant_letter_reason_required = fields.Boolean(
        "Ask for a Reason",
        help="A message with findings is sent only with the reason why. Letters of the "
        "desk always ask for it.",
    )
    sales_assistant_greeting_enabled = fields.Boolean(
        "Holiday Greetings",
        help="Drafts of greetings are prepared for the holidays of each customer's "
        "country. They are sent by a person, never by themselves.",
    )
    sales_assistant_greeting_days = fields.Integer(
        "Greetings Prepared",
        default=14,
        help="Days before the holiday on which the draft is prepared.",
    )
    sales_assistant_greeting_send_days = fields.Integer(
        "Greetings Sent",
        default=3,
        help="Days before the holiday by which the greeting is sent.",
    )
    sales_assistant_greeting_both = fields.Boolean("Greetings in English and Chinese")
    sales_assistant_greeting_attachment_ids = fields.Many2many(
        "ir.attachment",
        "sales_assistant_greeting_attachment_rel",
        string="Product News and Catalogue",
        help="Go with every holiday greeting.",
    )

    _sales_assistant_greeting_days_positive = models.Constraint(
        "CHECK(sales_assistant_greeting_days >= 0"
        " AND sales_assistant_greeting_send_days >= 0)",
        "Days cannot be negative.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        companies = super().create(vals_list)
        companies._own_greeting_attachments()
        return companies

    def write(self, vals):
        result = super().write(vals)
        if "sales_assistant_greeting_attachment_ids" in vals:
            self._own_greeting_attachments()
        return result

    def _own_greeting_attachments(self):
        """Whoever may read the company may send its catalogue."""
        for company in self:
            # sudo: the uploader owns the file, the company's people send it
            files_sudo = company.sudo().sales_assistant_greeting_attachment_ids
            files_sudo.filtered(lambda one: one.res_model != "res.company").write(
                {"res_model": "res.company", "res_id": company.id}
            )

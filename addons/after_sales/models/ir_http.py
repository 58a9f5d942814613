from odoo import models


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _get_translation_frontend_modules_name(cls):
        """The texts of our portal scripts, and of the conversation below a claim, in
        the station's language."""
        return [
            *super()._get_translation_frontend_modules_name(),
            "mail",
            "after_sales",
        ]

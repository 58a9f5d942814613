from odoo import models


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _get_translation_frontend_modules_name(cls):
        """The texts of the shared portal scripts in the reader's language."""
        return [*super()._get_translation_frontend_modules_name(), "sales_base"]

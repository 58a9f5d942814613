from odoo import api, models


class IrModuleModule(models.Model):
    _inherit = "ir.module.module"

    @api.model
    def _load_module_terms(self, modules, langs, overwrite=False):
        """A language loaded later names the milestones that are there already, too."""
        result = super()._load_module_terms(modules, langs, overwrite=overwrite)
        if "sales_assistant" in modules:
            self.env["sales.assistant.milestone"]._take_new_languages()
        return result

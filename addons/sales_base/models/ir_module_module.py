from odoo import api, models


class IrModuleModule(models.Model):
    _inherit = "ir.module.module"

    @api.model
    def _load_module_terms(self, modules, langs, overwrite=False):
        """Options of the mixins' selections are the base's words on an app's models:
        their translations are loaded once the app has made these models."""
        apps = self.sudo().search_count(  # sudo: as the loading itself
            [("name", "in", modules), ("dependencies_id.name", "=", "sales_base")],
            limit=1,
        )
        if apps and "sales_base" not in modules:
            modules = ["sales_base", *modules]
        return super()._load_module_terms(modules, langs, overwrite=overwrite)

from odoo import api, fields, models


class AfterSalesAppraisalPhoto(models.Model):
    """The report of an appraiser, PDF or pictures, kept as it was received (AS-08)."""

    _name = "after.sales.appraisal.photo"
    _description = "Appraisal Report"
    _inherit = ["sales.photo.mixin"]
    _document_field = "appraisal_id"

    appraisal_id = fields.Many2one(
        "after.sales.appraisal",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
        bypass_search_access=True,
    )

    @api.model_create_multi
    def create(self, vals_list):
        photos = super().create(vals_list)
        if not self.env.su:
            photos.appraisal_id._check_open()
        return photos

    @api.ondelete(at_uninstall=False)
    def _unlink_except_finished(self):
        self.appraisal_id._check_open()

    def action_open(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self.attachment_id.id}",
            "target": "new",
        }

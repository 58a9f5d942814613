from urllib.parse import quote

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class SalesAssistantCourier(models.Model):
    """SA-15: who carries samples, and where a parcel is followed."""

    _name = "sales.assistant.courier"
    _description = "Courier"
    _order = "sequence, name, id"
    _check_company_auto = True

    name = fields.Char("Courier", required=True)
    sequence = fields.Integer(default=10)
    partner_id = fields.Many2one(
        "res.partner", "Vendor", check_company=True, index="btree_not_null"
    )
    account_ref = fields.Char("Our Account Number")
    tracking_url = fields.Char(
        "Tracking Page",
        help="Address of the page that follows a parcel, with {waybill} in place of "
        "its number.",
    )
    has_waybill = fields.Boolean(
        "Waybills", default=True, help="Off for samples that are handed over."
    )
    company_id = fields.Many2one("res.company", index="btree_not_null")
    active = fields.Boolean(default=True)

    @api.constrains("tracking_url")
    def _check_tracking_url(self):
        for courier in self:
            url = courier.tracking_url
            if url and not (
                url.startswith(("https://", "http://")) and "{waybill}" in url
            ):
                raise ValidationError(
                    self.env._(
                        "The tracking page of %(courier)s begins with https:// and "
                        "holds {waybill} in place of the number.",
                        courier=courier.name,
                    )
                )

    def _get_tracking_url(self, waybill):
        if not self.tracking_url or not waybill:
            return False
        return self.tracking_url.replace("{waybill}", quote(waybill, safe=""))

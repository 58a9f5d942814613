# pylint: disable=consider-merging-classes-inherited
# Own file: one part of the desk.
from odoo import api, fields, models
from odoo.exceptions import ValidationError


class SaleOrder(models.Model):
    """SA-15: an order names the sample it came of; its confirmation is the sample's
    outcome."""

    _inherit = "sale.order"

    sales_sample_id = fields.Many2one(
        "sales.assistant.sample",
        "Sample",
        copy=False,
        index="btree_not_null",
        check_company=True,
        domain="[('commercial_partner_id', 'parent_of', partner_id),"
        " ('state', 'in', ('sent', 'arrived', 'closed'))]",
        groups="sales_assistant.group_sales_assistant_user",
        help="The sample after which the customer ordered.",
    )

    @api.constrains("sales_sample_id", "partner_id")
    def _check_sales_sample(self):
        """A sample leads to orders of the customer who had it."""
        # sudo: the customers are compared, nothing is shown
        for order_sudo in self.sudo():
            sample_sudo = order_sudo.sales_sample_id
            customer_sudo = order_sudo.partner_id.commercial_partner_id
            if sample_sudo and sample_sudo.commercial_partner_id != customer_sudo:
                raise ValidationError(
                    self.env._(
                        "%(sample)s was for another customer than %(order)s.",
                        sample=sample_sudo.name,
                        order=order_sudo.name,
                    )
                )

    def _action_confirm(self):
        result = super()._action_confirm()
        # sudo: the sample is told whoever confirms
        samples_sudo = self.sudo().sales_sample_id
        samples_sudo.filtered(
            lambda sample: sample.state in ("sent", "arrived")
        )._do_close("accepted")
        return result

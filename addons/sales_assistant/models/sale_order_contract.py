# pylint: disable=consider-merging-classes-inherited
# Own file: one part of the desk.
from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class SaleOrder(models.Model):
    """SA-16: a contract groups orders; what it says is to be handed over is handed over
    before the shipment or the invoice."""

    _inherit = "sale.order"

    sales_contract_id = fields.Many2one(
        "sales.assistant.contract",
        "Contract",
        index="btree_not_null",
        check_company=True,
        tracking=True,
        domain="['|', ('commercial_partner_id', 'parent_of', partner_id), "
        "('party_ids', 'parent_of', partner_id), "
        "('state', 'in', ('approved', 'active'))]",
    )

    @api.constrains("sales_contract_id", "partner_id")
    def _check_sales_contract(self):
        # sudo: whose contract it is does not depend on who may read it
        for order in self.sudo().filtered("sales_contract_id"):
            contract = order.sales_contract_id
            parties = contract.partner_id | contract.party_ids
            if (
                order.partner_id.commercial_partner_id
                not in parties.commercial_partner_id
            ):
                raise ValidationError(
                    self.env._(
                        "%(contract)s is no contract of %(customer)s.",
                        contract=contract.name,
                        customer=order.partner_id.display_name,
                    )
                )

    def _check_handover(self, before):
        """Refuse a shipment or an invoice while the handover is not complete.

        :param tuple before: values of ``needed_before`` that must be done
        :raises UserError: naming what is missing
        """
        guarded = self.filtered(
            lambda order: order.company_id.sales_assistant_handover_enabled
        )
        # sudo: who ships or invoices has no right on contracts
        items_sudo = guarded.sudo().sales_contract_id.handover_ids
        missing_sudo = items_sudo.filtered(
            lambda one: not one.is_done and one.needed_before in before
        )
        if missing_sudo:
            raise UserError(
                self.env._(
                    "The handover of %(contracts)s is not complete: %(items)s.",
                    contracts=", ".join(missing_sudo.contract_id.mapped("name")),
                    items=", ".join(missing_sudo.mapped("name")),
                )
            )

# pylint: disable=consider-merging-classes-inherited
# Own file: where the customer's share goes, one concept.
from odoo import Command, models


class AfterSalesRepair(models.Model):
    """What a customer pays is the station's receipt; where the station is a branch of
    the company it is an invoice of ours (architecture.md 11)."""

    _inherit = "after.sales.repair"

    def _is_invoiced_by_us(self):
        """Whether the customer's share becomes our invoice."""
        if not self.amount_customer:
            return False
        # sudo: which partners are companies is asked by portal users too
        companies_sudo = self.env["res.company"].sudo()
        return self.station_id.is_branch or bool(
            companies_sudo.search_count(
                [("partner_id", "=", self.station_id.partner_id.id)], limit=1
            )
        )

    def _get_invoice_partner(self):
        """Who pays the customer's share; whom the unit was delivered to, unless that is
        a dealer of it: the branch itself."""
        # sudo: the customer of the unit, whoever hands the unit over
        repair_sudo = self.sudo()
        sold_sudo = repair_sudo.lot_id.sold_partner_id
        branch = repair_sudo.station_id.partner_id.commercial_partner_id
        own = branch | repair_sudo.company_id.partner_id
        if sold_sudo.commercial_partner_id in own:
            return self.customer_id
        return self.customer_id or sold_sudo

    def _create_customer_invoice(self):
        """Our invoice over the lines the customer pays, posted unless set to draft."""
        # sudo: who hands over the unit need not be an accountant
        repair_sudo = self.sudo().with_company(self.company_id)
        move_sudo = repair_sudo.env["account.move"].create(
            repair_sudo._prepare_invoice_values()
        )
        repair_sudo.invoice_id = move_sudo
        if not repair_sudo.company_id.after_sales_invoice_draft:
            move_sudo.action_post()

    def _prepare_invoice_values(self):
        lines = self.line_ids.filtered(lambda line: line.payer == "customer")
        return {
            "move_type": "out_invoice",
            "company_id": self.company_id.id,
            "partner_id": self._get_invoice_partner().id,
            "currency_id": self.currency_id.id,
            "invoice_date": self.company_id._get_sales_today(),
            "invoice_origin": self.name,
            "ref": self.name,
            "invoice_line_ids": [
                Command.create(
                    {
                        "product_id": self.env.ref(
                            f"after_sales.product_repair_{line.line_type}"
                        ).id,
                        "name": line.display_name,
                        "quantity": line.quantity,
                        "price_unit": line.price_unit,
                    }
                )
                for line in lines
            ],
        }

    def action_view_invoice(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "account.move",
            "res_id": self.invoice_id.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }

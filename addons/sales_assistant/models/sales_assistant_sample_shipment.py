# pylint: disable=consider-merging-classes-inherited
# Own file: one part of the desk.
from odoo import Command, models
from odoo.exceptions import UserError
from odoo.tools import format_date


class SalesAssistantSample(models.Model):
    """SA-15: what a sample moves and charges in Odoo: a transfer out of the sample
    room, one into it when something is short, and the sample invoice 样品发票."""

    _inherit = "sales.assistant.sample"

    # ----------------------------------------------------------------- transfers

    def _get_warehouse_sudo(self):
        self.ensure_one()
        # sudo: who asks for samples need not see warehouses
        warehouse_sudo = (
            self.env["stock.warehouse"]
            .sudo()
            .search([("company_id", "=", self.company_id.id)], limit=1)
        )
        room_sudo = self.company_id._get_sales_sample_room()
        if not warehouse_sudo or not room_sudo:
            raise UserError(
                self.env._(
                    "%(company)s has no sample room or no warehouse.",
                    company=self.company_id.name,
                )
            )
        return warehouse_sudo, room_sudo

    def _create_shipments(self):
        """The transfers that wait in the sample room for the approved samples."""
        for sample in self:
            warehouse_sudo, room_sudo = sample._get_warehouse_sudo()
            # sudo: the transfer is the sample's, whoever writes the sample
            customers_sudo = self.env.ref("stock.stock_location_customers").sudo()
            picking_sudo = sample._create_transfer(
                warehouse_sudo.out_type_id,
                room_sudo,
                customers_sudo,
                [(line.product_id, line.quantity) for line in sample.line_ids],
            )
            picking_sudo.action_assign()
            sample._write_guarded({"picking_id": picking_sudo.id})

    def _create_transfer(self, type_sudo, source_sudo, target_sudo, goods):
        """A confirmed transfer for one sample.

        :param goods: list of (product, quantity)
        """
        # sudo: see _create_shipments
        picking_sudo = (
            self.env["stock.picking"]
            .sudo()
            .create(
                {
                    "partner_id": (self.contact_id or self.partner_id).id,
                    "picking_type_id": type_sudo.id,
                    "location_id": source_sudo.id,
                    "location_dest_id": target_sudo.id,
                    "origin": self.name,
                    "company_id": self.company_id.id,
                    "user_id": False,
                    "move_ids": [
                        Command.create(
                            {
                                "product_id": product.id,
                                "product_uom_qty": quantity,
                                "product_uom": product.uom_id.id,
                                "location_id": source_sudo.id,
                                "location_dest_id": target_sudo.id,
                                "company_id": self.company_id.id,
                            }
                        )
                        for product, quantity in goods
                    ],
                }
            )
        )
        picking_sudo.action_confirm()
        return picking_sudo

    def _validate_shipments(self):
        """Send what is reserved in the sample room.

        :raises UserError: the room does not hold all of it
        """
        # sudo: the sample's steps move the sample's own transfer
        for sample_sudo in self.sudo():
            picking_sudo = sample_sudo.picking_id
            if not picking_sudo or picking_sudo.state in ("done", "cancel"):
                sample_sudo._create_shipments()
                picking_sudo = sample_sudo.picking_id
            picking_sudo.action_assign()
            sample_sudo._check_in_stock()
            picking_sudo.move_ids.picked = True
            picking_sudo.with_context(skip_sms=True)._action_done()

    def _check_may_leave(self):
        """Guard of the transfer itself, whoever validates it.

        :raises UserError: naming what a sample lacks
        """
        self._lock_for_step()
        reasons = self._get_cannot_reasons("send")
        refused = [
            f"{sample.display_name}: {reasons[sample.id]}"
            for sample in self
            if reasons[sample.id]
        ]
        if refused:
            raise UserError("\n".join(refused))
        for sample in self:
            sample._check_in_stock()

    def _check_in_stock(self):
        """:raises UserError: naming what is short in the sample room"""
        short = [
            self.env._(
                "%(product)s: %(wanted)g wanted, %(found)g there",
                product=move.product_id.display_name,
                wanted=move.product_uom_qty,
                found=move.quantity,
            )
            for move in self.picking_id.move_ids
            if move.state != "cancel"
            and move.product_uom.compare(move.quantity, move.product_uom_qty) < 0
        ]
        if short:
            raise UserError(
                self.env._(
                    "%(sample)s: the sample room is short of:\n%(products)s",
                    sample=self.display_name,
                    products="\n".join(short),
                )
            )

    def _cancel_shipments(self):
        # sudo: see _validate_shipments
        open_sudo = self.sudo().picking_id.filtered(
            lambda picking: picking.state not in ("done", "cancel")
        )
        open_sudo.action_cancel()

    def action_fetch(self):
        """Ask the warehouse to bring what is short into the sample room."""
        self.ensure_one()
        self.check_access("write")
        short = self.line_ids.filtered("is_short")
        if not short:
            raise UserError(self.env._("The sample room has all of it."))
        warehouse_sudo, room_sudo = self._get_warehouse_sudo()
        origin = self.env._("%(sample)s: to the sample room", sample=self.name)
        # sudo: see _create_shipments
        if (
            self.env["stock.picking"]
            .sudo()
            .search_count(
                [("origin", "=", origin), ("state", "not in", ("done", "cancel"))],
                limit=1,
            )
        ):
            raise UserError(self.env._("The warehouse has been asked already."))
        picking_sudo = self._create_transfer(
            warehouse_sudo.int_type_id,
            warehouse_sudo.lot_stock_id,
            room_sudo,
            [
                (line.product_id, line.quantity - line.available_quantity)
                for line in short
            ],
        )
        picking_sudo.origin = origin
        picking_sudo.action_assign()
        self.message_post(
            body=self.env._(
                "The warehouse was asked to bring the missing pieces: %(transfer)s.",
                transfer=picking_sudo.name,
            )
        )

    def action_open_shipment(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "stock.picking",
            "res_id": self.picking_id.id,
            "view_mode": "form",
        }

    # ------------------------------------------------------------------- invoice

    def action_invoice(self):
        """The customer's invoice of a charged sample, as a draft for the accountant."""
        self.ensure_one()
        self.check_access("write")
        self._lock_for_step()
        if self.state not in ("approved", "sent", "arrived", "closed"):
            raise UserError(self.env._("Only an approved sample is invoiced."))
        if self.charge != "charged":
            raise UserError(
                self.env._("This sample is free of charge: print its pro forma.")
            )
        if self.invoice_id:
            raise UserError(self.env._("This sample has its invoice already."))
        # sudo: as from an order, who sells makes the draft of the invoice
        invoice_sudo = (
            self.env["account.move"].sudo().create(self._prepare_invoice_values())
        )
        self._write_guarded({"invoice_id": invoice_sudo.id})
        return self.action_print_invoice()

    def _prepare_invoice_values(self):
        return {
            "move_type": "out_invoice",
            "partner_id": self.commercial_partner_id.id,
            "partner_shipping_id": (self.contact_id or self.partner_id).id,
            "company_id": self.company_id.id,
            "currency_id": self.currency_id.id,
            "invoice_origin": self.name,
            "invoice_user_id": self.user_id.id,
            "team_id": self.team_id.id,
            "narration": self.env._(
                "Sample %(sample)s of %(day)s",
                sample=self.name,
                day=format_date(self.env, self.date_request),
            ),
            "invoice_line_ids": [
                Command.create(
                    {
                        "product_id": line.product_id.id,
                        "quantity": line.quantity,
                        "price_unit": line.price_unit,
                        "discount": 100 - self.charge_percent,
                    }
                )
                for line in self.line_ids
            ],
        }

    def action_print_invoice(self):
        """The sample invoice that goes with the parcel: what it is worth for customs,
        and what the customer pays."""
        return self.env.ref("sales_assistant.report_sample_invoice").report_action(self)

    def action_open_invoice(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "account.move",
            "res_id": self.invoice_id.id,
            "view_mode": "form",
        }

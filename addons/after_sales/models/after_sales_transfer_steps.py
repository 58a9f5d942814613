# pylint: disable=consider-merging-classes-inherited
# Own file: the steps of a shipment's life, one table and what each does.
from odoo import SUPERUSER_ID, Command, api, fields, models
from odoo.exceptions import UserError

SHIPPER_VERBS, RECEIVER_VERBS = ("dispatch", "decline"), ("receive",)


class AfterSalesTransfer(models.Model):
    """The steps of a shipment (AS-11): the maker orders it, who ships dispatches or
    declines it, who gets it counts it, a clerk clears it."""

    _inherit = "after.sales.transfer"

    @api.depends("state", "way", "difference_bearer", "has_difference")
    @api.depends_context("uid")
    def _compute_can(self):
        return super()._compute_can()

    def _is_step_person(self, step):
        """A portal user dispatches what his company ships and receives what his
        station gets."""
        if self.env.uid == SUPERUSER_ID or not self.env.user._is_portal():
            return super()._is_step_person(step)
        if step in [self._steps[verb] for verb in SHIPPER_VERBS]:
            return all(transfer._is_shipper() for transfer in self)
        if step in [self._steps[verb] for verb in RECEIVER_VERBS]:
            return self.station_id <= self._get_portal_stations()
        return False

    def _is_shipper(self):
        """Whether the current portal user's company ships this."""
        self.ensure_one()
        if self.way == "station":
            return self.from_station_id <= self._get_portal_stations()
        # sudo: which supplier it is does not depend on what he may read
        supplier_sudo = self.sudo().supplier_id
        return self.way == "supplier" and supplier_sudo._is_portal_person(
            ("claims", "all")
        )

    def _get_portal_stations(self):
        # sudo: which stations are his does not depend on what he may read
        stations_sudo = self.env["after.sales.station"].sudo()
        return stations_sudo.search(stations_sudo._get_portal_domain(self.env.user))

    def _get_cannot_order(self):
        _ = self.env._
        return {
            transfer.id: not transfer.line_ids
            and _("add the parts to ship.")
            or transfer.claim_id.sudo().state != "approved"  # sudo: only its state
            and _("the part transfer is not approved.")
            for transfer in self
        }

    def _get_cannot_dispatch(self):
        _ = self.env._
        return {
            transfer.id: transfer.way == "own"
            and _("the warehouse ships it by its delivery.")
            for transfer in self
        }

    def _get_cannot_decline(self):
        return self._get_cannot_dispatch()

    def _get_cannot_clear(self):
        _ = self.env._
        return {
            transfer.id: transfer.has_difference
            and not transfer.difference_bearer
            and _("say who bears the difference.")
            for transfer in self
        }

    # -------------------------------------------------------------------- actions

    def action_order(self):
        """The shipper is asked; the maker's own warehouse gets a delivery."""
        self._check_can("order")
        self._take_step("order", ordered_at=fields.Datetime.now())
        for transfer in self.filtered(lambda record: record.way == "own"):
            transfer._make_picking()

    def action_dispatch(self):
        """All that was ordered is on its way."""
        self._check_can("dispatch")
        for transfer in self:
            transfer._do_dispatch(
                {line.id: line.quantity for line in transfer.line_ids}
            )

    def action_decline(self):
        return dict(self._ask_reason("decline"), name=self.env._("Decline Shipment"))

    def action_receive(self):
        """All that was sent has come."""
        self._check_can("receive")
        for transfer in self:
            lines = transfer.line_ids
            transfer._do_receive({line.id: line.sent_quantity for line in lines})

    def action_clear(self):
        """Costs between the parties are settled (AS-11)."""
        self._check_can("clear")
        self._do_clear()

    def action_cancel(self):
        return dict(self._ask_reason("cancel"), name=self.env._("Cancel Shipment"))

    def action_view_picking(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "stock.picking",
            "res_id": self.picking_id.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }

    # -------------------------------------------------------------------- effects

    def _do_dispatch(self, quantities):
        """What is sent, line by line.

        :param dict quantities: {line id: quantity}
        :raises UserError: nothing is sent, or more than was ordered
        """
        self.ensure_one()
        lines = self._write_quantities("sent_quantity", "quantity", quantities)
        if not any(lines.mapped("sent_quantity")):
            raise UserError(self.env._("Enter how many of the parts you send."))
        self._take_step("dispatch", dispatched_at=fields.Datetime.now())

    def _do_receive(self, quantities):
        """What has come, line by line; it may be nothing.

        :param dict quantities: {line id: quantity}
        """
        self.ensure_one()
        self._write_quantities("received_quantity", "sent_quantity", quantities)
        self._take_step(
            "receive", received_at=fields.Datetime.now(), received_by_id=self.env.uid
        )

    def _write_quantities(self, fname, most, quantities):
        # sudo: the step has asked the person; quantities are closed to all
        lines_sudo = self.sudo().line_ids
        for line in lines_sudo:
            number = quantities.get(line.id, 0)
            if number > line[most]:
                raise UserError(
                    self.env._(
                        "%(part)s: not more than %(quantity)s.",
                        part=line.product_id.display_name,
                        quantity=line[most],
                    )
                )
            line[fname] = number
        return lines_sudo

    def _do_decline(self, reason, note):
        self._take_step("decline", cancel_reason_id=reason.id, reason_note=note)

    def _do_cancel(self, reason, note):
        # sudo: the delivery of a shipment that is not wanted any more
        self.sudo().picking_id.action_cancel()
        self._take_step("cancel", cancel_reason_id=reason.id, reason_note=note)

    def _do_clear(self):
        self._take_step("clear", cleared_at=fields.Datetime.now())
        # sudo: the step has asked the person; the claim is over by itself
        self.sudo().claim_id._settle_transfers()

    # ------------------------------------------------------------------ own stock

    def _make_picking(self):
        """The delivery from the maker's stock to the station."""
        # sudo: who orders for after-sales need not hold rights on stock
        transfer_sudo = self.sudo()
        warehouse = transfer_sudo.env["stock.warehouse"].search(
            [("company_id", "=", self.company_id.id)], limit=1
        )
        if not warehouse:
            raise UserError(
                self.env._(
                    "%(company)s has no warehouse: ship on behalf instead.",
                    company=self.company_id.name,
                )
            )
        picking = transfer_sudo.env["stock.picking"].create(
            transfer_sudo._prepare_picking(warehouse.out_type_id)
        )
        picking.action_confirm()
        picking.action_assign()
        transfer_sudo._write_guarded({"picking_id": picking.id})

    def _prepare_picking(self, picking_type):
        partner = self.receiver_partner_id
        places = {
            "location_id": picking_type.default_location_src_id.id,
            "location_dest_id": partner.property_stock_customer.id,
        }
        return {
            **places,
            "picking_type_id": picking_type.id,
            "partner_id": partner.id,
            "company_id": self.company_id.id,
            "origin": self.name,
            "move_ids": [
                Command.create(
                    {
                        **places,
                        "company_id": self.company_id.id,
                        "product_id": line.product_id.id,
                        "product_uom": line.product_id.uom_id.id,
                        "product_uom_qty": line.quantity,
                        "after_sales_transfer_line_id": line.id,
                    }
                )
                for line in self.line_ids
            ],
        }

    def _follow_delivery(self):
        """The warehouse has shipped: what left the stock is on its way."""
        for transfer in self.filtered(lambda record: record.state == "ordered"):
            moves = transfer.picking_id.move_ids.filtered(
                lambda move: move.state == "done"
            )
            sent = {}
            for move in moves:
                line = move.after_sales_transfer_line_id
                sent[line.id] = sent.get(line.id, 0) + move.quantity
            transfer.carrier = transfer.carrier or transfer.picking_id.name
            transfer._do_dispatch(sent)
            # what did not leave with it is shipped anew, from where it is then
            rest = transfer.picking_id.backorder_ids.filtered(
                lambda picking: picking.state not in ("done", "cancel")
            )
            rest.action_cancel()

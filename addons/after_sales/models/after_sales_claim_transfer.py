# pylint: disable=consider-merging-classes-inherited
# Own file: the urgent part transfer, one kind of claim.
from odoo import Command, api, fields, models
from odoo.exceptions import UserError

#: shipments that are over
CLOSED = ("cleared", "declined", "cancelled")
MAKER = (
    "after_sales.group_after_sales_auditor,after_sales.group_after_sales_clerk,"
    "after_sales.group_after_sales_quality"
)


class AfterSalesClaim(models.Model):
    """An urgent part transfer 紧急调件单 (AS-06, AS-11): the parts a station needs for
    a unit that waits in its bay. Approved, they are shipped from the maker's stock or
    on its behalf; when all have come and are cleared between the parties, it is
    settled. It claims no money and is in no settlement."""

    _inherit = "after.sales.claim"

    request_ids = fields.One2many(
        "after.sales.claim.request", "claim_id", "Parts Asked For", copy=True
    )
    transfer_ids = fields.One2many("after.sales.transfer", "claim_id", "Shipments")
    transfer_count = fields.Integer(compute="_compute_transfer_count")
    has_open_requests = fields.Boolean(compute="_compute_has_open_requests")

    def _compute_transfer_count(self):
        counts = dict(
            self.env["after.sales.transfer"]._read_group(
                [("claim_id", "in", self.ids)], ["claim_id"], ["__count"]
            )
        )
        for claim in self:
            claim.transfer_count = counts.get(claim, 0)

    @api.depends("state", "request_ids.open_quantity")
    def _compute_has_open_requests(self):
        for claim in self:
            claim.has_open_requests = claim.state == "approved" and any(
                request.open_quantity > 0 for request in claim.request_ids
            )

    def _get_kind_lack(self):
        if self.kind != "part_transfer":
            return super()._get_kind_lack()
        if not self.request_ids:
            return self.env._("add the parts you need.")
        if self.line_ids:
            return self.env._("a part transfer claims no costs: remove the lines.")
        return False

    def _do_submit(self):
        for request in self.sudo().request_ids:  # sudo: granted by the maker only
            request.granted_quantity = request.quantity
        return super()._do_submit()

    def _do_approve(self, day=None):
        for claim in self.filtered(lambda record: record.kind == "part_transfer"):
            if not any(request.granted_quantity for request in claim.request_ids):
                raise UserError(
                    self.env._(
                        "%(claim)s: nothing is granted. Reject the claim instead.",
                        claim=claim.name,
                    )
                )
        return super()._do_approve(day)

    # ------------------------------------------------------------------ shipments

    def action_ship(self):
        """A new shipment of what is still to be shipped, from where it is nearest."""
        self.ensure_one()
        transfer = self._make_transfer()
        return {
            "type": "ir.actions.act_window",
            "res_model": "after.sales.transfer",
            "res_id": transfer.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }

    def action_view_transfers(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "after_sales.after_sales_transfer_action"
        )
        return dict(action, domain=[("claim_id", "in", self.ids)], context={})

    def _make_transfer(self):
        """:raises UserError: nothing is left to ship"""
        self._lock_for_step()
        waiting = self.request_ids.filtered(lambda request: request.open_quantity > 0)
        if self.state != "approved" or not waiting:
            raise UserError(
                self.env._("%(claim)s: nothing is left to ship.", claim=self.name)
            )
        transfer = self.env["after.sales.transfer"].create(
            {
                "claim_id": self.id,
                "company_id": self.company_id.id,
                "line_ids": [
                    Command.create(
                        {
                            "request_id": request.id,
                            "product_id": request.product_id.id,
                            "quantity": request.open_quantity,
                        }
                    )
                    for request in waiting
                ],
            }
        )
        transfer._propose_source()
        return transfer

    def _settle_transfers(self):
        """A claim whose parts have all come and are cleared is over."""
        done = self.filtered(
            lambda claim: (
                claim.state == "approved"
                and claim.kind == "part_transfer"
                and not any(request.open_quantity for request in claim.request_ids)
                and all(transfer.state in CLOSED for transfer in claim.transfer_ids)
            )
        )
        done._write_guarded({"state": "settled", "settled_at": fields.Datetime.now()})

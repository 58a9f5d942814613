from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError

from odoo.addons.sales_base.models.sales_document_mixin import Step

from .after_sales_old_part import MAKER

USER = "after_sales.group_after_sales_user"
SHIPMENT_STATES = [
    ("draft", "Being Packed"),
    ("sent", "Sent"),
    ("received", "Received"),
    ("cancelled", "Cancelled"),
]
DESTINATIONS = [("maker", "Maker"), ("supplier", "Supplier")]
STATION_VERBS = ("send", "unpack")


class AfterSalesPartShipment(models.Model):
    """Replaced parts on their way from a station (AS-10).

    The station packs parts, prints labels and packing list and hands them to a carrier.
    The maker inspects part by part what has arrived; what is missing is owed by the
    station again. A shipment straight to the supplier ends there, and the maker writes
    down what the supplier reports.
    """

    _name = "after.sales.part.shipment"
    _description = "Shipment of Replaced Parts"
    _inherit = ["sales.document.mixin"]
    _order = "id desc"
    _check_company_auto = True
    _mail_post_access = "read"

    _steps = {
        "send": Step({"draft"}, "sent", f"{USER},base.group_portal"),
        "receive": Step({"sent"}, "received", MAKER),
        "unpack": Step({"draft"}, "cancelled", f"{USER},base.group_portal"),
    }
    _closed_fields = frozenset("partner_id sent_at received_at received_by_id".split())
    _frozen_states = frozenset({"sent", "received", "cancelled"})
    _open_when_frozen = frozenset({"line_ids"})

    state = fields.Selection(
        SHIPMENT_STATES,
        required=True,
        readonly=True,
        copy=False,
        default="draft",
        index=True,
        tracking=True,
    )
    station_id = fields.Many2one(
        "after.sales.station",
        required=True,
        index=True,
        check_company=True,
        ondelete="restrict",
    )
    partner_id = fields.Many2one(
        related="station_id.partner_id",
        string="Station Partner",
        store=True,
        index=True,
    )
    destination = fields.Selection(DESTINATIONS, required=True, default="maker")
    supplier_id = fields.Many2one(
        "res.partner", index="btree_not_null", ondelete="restrict"
    )
    carrier = fields.Char(size=80, tracking=True)
    waybill = fields.Char(size=80, tracking=True)
    package_count = fields.Integer("Packages", default=1)
    line_ids = fields.One2many(
        "after.sales.part.shipment.line", "shipment_id", "Parts Packed"
    )
    part_count = fields.Integer(compute="_compute_part_count")
    sent_at = fields.Datetime(readonly=True, copy=False)
    received_at = fields.Datetime(readonly=True, copy=False)
    received_by_id = fields.Many2one(
        "res.users", readonly=True, copy=False, index="btree_not_null"
    )
    can_send = fields.Boolean(compute="_compute_can")
    can_receive = fields.Boolean(compute="_compute_can")
    can_unpack = fields.Boolean(compute="_compute_can")

    _name_uniq = models.UniqueIndex(
        "(name, company_id)", "Another shipment has this number."
    )
    _supplier_named = models.Constraint(
        "CHECK (destination != 'supplier' OR supplier_id IS NOT NULL)",
        "A shipment to the supplier names him.",
    )
    _packages_positive = models.Constraint(
        "CHECK (package_count > 0)", "There is at least one package."
    )

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_can(self):
        return super()._compute_can()

    @api.depends("line_ids")
    def _compute_part_count(self):
        counts = dict(
            self.env["after.sales.part.shipment.line"]._read_group(
                [("shipment_id", "in", self.ids)], ["shipment_id"], ["__count"]
            )
        )
        for shipment in self:
            shipment.part_count = counts.get(shipment, 0)

    # ---------------------------------------------------------------------- steps

    def _is_step_person(self, step):
        """A portal user takes the station's steps, for his own stations."""
        if self.env.uid == SUPERUSER_ID or not self.env.user._is_portal():
            return super()._is_step_person(step)
        if step not in [self._steps[verb] for verb in STATION_VERBS]:
            return False
        # sudo: which stations are his does not depend on what he may read
        stations_sudo = self.env["after.sales.station"].sudo()
        domain = stations_sudo._get_portal_domain(self.env.user)
        own = stations_sudo.search([("id", "in", self.station_id.ids), *domain])
        return self.station_id <= own

    def _get_cannot_reasons(self, verb):
        reasons = super()._get_cannot_reasons(verb)
        _ = self.env._
        for shipment in self.filtered(lambda record: not reasons[record.id]):
            # sudo: the lines of a document that was found
            lines_sudo = shipment.sudo().line_ids
            if verb == "send" and not lines_sudo:
                reasons[shipment.id] = _("put at least one part in.")
            elif verb == "send" and not (shipment.carrier and shipment.waybill):
                reasons[shipment.id] = _("enter carrier and waybill number.")
        return reasons

    def action_send(self):
        self._check_can("send")
        # sudo: the guard has asked person and state
        parts_sudo = self.sudo().line_ids.part_id
        parts_sudo._check_can("ship")
        for shipment in self.sudo():  # sudo: as above
            parts = shipment.line_ids.part_id
            parts.write({"shipment_id": shipment.id, "acceptance": False})
            parts._move("in_transit", shipment_id=shipment.id)
        self._take_step("send", sent_at=fields.Datetime.now())

    def action_receive(self):
        """What was inspected moves on; what is missing is at the station again."""
        self._check_can("receive")
        for shipment in self:
            if not all(shipment.line_ids.mapped("result")):
                text = self.env._(
                    "say for each part whether it was accepted, refused or missing."
                )
                message = f"{shipment.name}: {text}"
                raise UserError(message)
        # sudo: the guard has asked person and state
        self.sudo().line_ids.part_id._check_can("arrive")
        for shipment in self:
            shipment._do_receive()
        self._take_step(
            "receive", received_at=fields.Datetime.now(), received_by_id=self.env.uid
        )

    def _do_receive(self):
        self.ensure_one()
        lines_sudo = self.sudo().line_ids  # sudo: the step has asked person and state
        missing = lines_sudo.filtered(lambda line: line.result == "missing")
        arrived = lines_sudo - missing
        for result, lines in arrived.grouped("result").items():
            lines.part_id.write({"acceptance": result})
        to_supplier = self.destination == "supplier"
        holder = self.supplier_id if to_supplier else self.company_id.partner_id
        arrived.part_id._move(
            "forwarded" if to_supplier else "received",
            partner_id=holder.id,
            shipment_id=self.id,
            condition={line.part_id: line.condition for line in arrived},
            note={line.part_id: line.note for line in arrived},
        )
        missing.part_id._move(
            "at_station",
            partner_id=self.partner_id.id,
            shipment_id=self.id,
            note={
                line.part_id: line.note or self.env._("Missing at receipt")
                for line in missing
            },
        )

    def action_unpack(self):
        """The parts stay at the station and can be packed again."""
        self._check_can("unpack")
        self._take_step("unpack")

    def action_miss_rest(self):
        """What was not scanned is missing."""
        self.check_access("write")
        rest = self.line_ids.filtered(lambda line: not line.result)
        rest.write({"result": "missing"})

    # ------------------------------------------------------------------- business

    def _scan(self, code):
        """Take one part: into the parcel while it is packed, out of it when received.

        Called with the user's rights; a part he may not see does not exist for him.

        :param str code: number or QR code of the tag
        :returns: dict ``ok``, ``message``, ``done`` and ``total``
        """
        self.ensure_one()
        parts = self.env["after.sales.old.part"]
        number, head = parts._split_tag(code)
        part = parts.search(
            [("name", "=", number), ("company_id", "=", self.company_id.id)], limit=1
        )
        _ = self.env._
        if not part or not number:
            answer = (False, _("There is no part with the number %s.", number))
        elif not part._has_head(head):
            answer = (
                False,
                _("%s: this tag does not belong to the part's chain.", part.name),
            )
        else:
            try:
                with self.env.cr.savepoint():
                    self._take_part(part)
                # sudo: the name of a part that was found
                product_name = part.sudo().product_id.display_name
                answer = (True, f"{part.name} · {product_name}")
            except UserError as error:
                answer = (False, str(error))
        # sudo: only counted
        lines_sudo = self.sudo().line_ids
        done = lines_sudo.filtered("result") if self.state == "sent" else lines_sudo
        return {
            "ok": answer[0],
            "message": answer[1],
            "done": len(done),
            "total": len(lines_sudo),
        }

    def _take_part(self, part):
        """:raises UserError: why the part cannot be taken now"""
        if self.state == "draft":
            self._pack(part)
            return
        lines = self.line_ids.filtered(lambda line: line.part_id == part)
        if self.state != "sent":
            raise UserError(self.env._("%s is closed.", self.name))
        if not lines:
            raise UserError(
                self.env._(
                    "%(part)s is not on packing list %(shipment)s.",
                    part=part.name,
                    shipment=self.name,
                )
            )
        if lines.result:
            raise UserError(self.env._("%s is counted already.", part.name))
        lines.write({"result": "accepted", "condition": "good"})

    def _pack(self, parts):
        """Put parts into a shipment that is being packed.

        :raises UserError: one of them is packed already or goes elsewhere
        """
        self.ensure_one()
        # sudo: portal users pack through this method only; found with their rights
        shipment_sudo = self.sudo()
        shipment_sudo._lock_for_step()
        if shipment_sudo.state != "draft":
            raise UserError(self.env._("%s is closed.", self.name))
        again = parts & shipment_sudo.line_ids.part_id
        if again:
            raise UserError(self.env._("%s is packed already.", again[0].name))
        # sudo: as above
        lines_sudo = self.env["after.sales.part.shipment.line"].sudo()
        lines_sudo.create(
            [{"shipment_id": self.id, "part_id": part.id} for part in parts]
        )

    @api.model
    def _get_destinations(self, parts):
        """Parts by the parcel they go in.

        :returns: {(station, destination, supplier): parts}
        """
        return parts.grouped(
            lambda part: (
                part.station_id,
                "supplier" if part.disposal == "supplier" else "maker",
                part.supplier_id
                if part.disposal == "supplier"
                else part.supplier_id.browse(),
            )
        )

    @api.model
    def _pack_parts(self, parts):
        """A new shipment for each place these parts go to.

        :param parts: ``after.sales.old.part`` in sudo, found with the user's rights
        :returns: shipments in sudo
        """
        shipments_sudo = self.sudo()  # sudo: portal users pack through this method only
        created = shipments_sudo.browse()
        for (station, destination, supplier), own in self._get_destinations(
            parts
        ).items():
            shipment = shipments_sudo.create(
                {
                    "company_id": station.company_id.id,
                    "station_id": station.id,
                    "destination": destination,
                    "supplier_id": supplier.id,
                }
            )
            shipment._pack(own)
            created |= shipment
        return created

    def action_open_scanner(self):
        self.ensure_one()
        return {
            "type": "ir.actions.client",
            "tag": "after_sales.part_scanner",
            "name": self.env._("Scan Parts"),
            "params": {"shipment_id": self.id},
            "context": {"active_id": self.id},
        }

    def scan(self, code):
        """Called by the scanning screen: see ``_scan``."""
        self.check_access("write")
        return self._scan(code)

    def get_scan_state(self):
        """What the scanning screen shows when it opens.

        :returns: dict ``name``, ``is_receipt``, ``done``, ``total``
        """
        self.ensure_one()
        self.check_access("read")
        is_receipt = self.state == "sent"
        lines = self.line_ids
        return {
            "name": self.name,
            "is_receipt": is_receipt,
            "done": len(lines.filtered("result") if is_receipt else lines),
            "total": len(lines),
        }

    def _get_report_base_filename(self):
        self.ensure_one()
        return self.name

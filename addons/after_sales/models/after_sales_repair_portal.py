# pylint: disable=consider-merging-classes-inherited
# Own file: what comes in from the portal is hostile until proven, one concept.
from datetime import datetime, timedelta

from odoo import Command, api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import consteq

from .after_sales_evidence import PHOTO_KINDS
from .after_sales_repair import PAYERS, SLOT_HOURS
from .after_sales_repair_line import REPAIR_LINE_TYPES

TEXT_MAX = 4000
LINES_MAX, PHOTOS_MAX = 50, 30
#: calls a window of the consumer's page allows, and its seconds
LINK_LIMITS = {"token": 40, "address": 60}
LINK_WINDOW = 600


class AfterSalesRepair(models.Model):
    """What a station's people may put into a repair in the portal (AS-05, AS-20).

    These methods run as the portal user, on a repair found with his rights; they take
    only the fields named here and write in sudo once all of it is proven.
    """

    _inherit = "after.sales.repair"

    @api.model
    def _portal_text(self, value, size):
        return self.env["after.sales.claim"]._portal_text(value, size)

    @api.model
    def _portal_record(self, model, record_id):
        return self.env["after.sales.claim"]._portal_record(model, record_id)

    @api.model
    def _portal_number(self, value, label):
        return self.env["after.sales.claim"]._portal_number(value or 0, label)

    @api.model
    def _portal_book(self, values):
        """A new appointment; the same ``client_key`` gives the same one.

        :param dict values: texts ``station_id``, ``serial``, ``customer_name``,
            ``customer_phone``, ``complaint``, ``fault_id``, ``begin``, ``hours``,
            ``bay_id``, ``client_key`` as received
        :returns: the repair in sudo
        :raises UserError: what is wrong and what to do; nothing is kept then
        """
        claims = self.env["after.sales.claim"]
        station = claims._portal_pick_station(values.get("station_id"))
        key = self._portal_text(values.get("client_key"), 64)
        # sudo: portal users create through this method only
        repairs_sudo = self.sudo()
        known = repairs_sudo.search(
            [("station_id", "=", station.id), ("client_key", "=", key)], limit=1
        )
        if key and known:
            return known
        lot_sudo = claims._portal_find_unit(values.get("serial"), station.company_id)
        if not lot_sudo:
            raise ValidationError(
                self.env._(
                    "This serial number is unknown or not sold yet. Check the plate."
                )
            )
        name = self._portal_text(values.get("customer_name"), 120)
        if not name:
            raise ValidationError(self.env._("Write down the customer's name."))
        begin_at = self._portal_moment(values.get("begin"), station.company_id)
        hours = self._portal_number(
            values.get("hours") or SLOT_HOURS, self.env._("Hours")
        )
        if not 0 < hours <= 240:
            raise ValidationError(self.env._("An appointment lasts up to 240 hours."))
        return repairs_sudo.create(
            {
                "station_id": station.id,
                "company_id": station.company_id.id,
                "client_key": key,
                "lot_id": lot_sudo.id,
                "customer_name": name,
                "customer_phone": self._portal_text(values.get("customer_phone"), 40),
                "complaint": self._portal_text(values.get("complaint"), TEXT_MAX),
                "fault_id": self._portal_fault(values.get("fault_id")).id,
                "bay_id": self._portal_bay(values.get("bay_id"), station).id,
                "begin_at": begin_at,
                "end_at": begin_at + timedelta(hours=hours),
            }
        )

    @api.model
    def _portal_moment(self, value, company):
        """Wall clock of the company as typed on the phone."""
        try:
            local = datetime.strptime(str(value or "")[:16], "%Y-%m-%dT%H:%M")
        except ValueError as error:
            text = self.env._("Enter day and time of the appointment.")
            raise ValidationError(text) from error
        # sudo: the company's clock is no secret
        moment = company.sudo()._to_sales_utc(local)
        if abs(moment - fields.Datetime.now()) > timedelta(days=366):
            raise ValidationError(
                self.env._("The appointment is more than a year away.")
            )
        return moment

    @api.model
    def _portal_fault(self, value):
        fault = self.env["after.sales.fault"]
        if value:
            fault = self._portal_record("after.sales.fault", value)
            if not fault.is_selectable:
                raise ValidationError(self.env._("Choose a fault code from the list."))
        return fault

    @api.model
    def _portal_bay(self, value, station):
        bays = self.env["after.sales.bay"].search([("station_id", "=", station.id)])
        bay = bays.filtered(lambda record: str(record.id) == str(value or ""))
        if value and not bay:
            raise ValidationError(self.env._("Choose one of your bays."))
        return bay

    # ---------------------------------------------------------------------- steps

    def _portal_step(self, step, values, lines=(), photos=()):
        """One form of the repair's page.

        :param str step: button pressed
        :param dict values: texts as received
        :param list lines: dicts as received, see ``_portal_prepare_line``
        :param list photos: dicts ``kind``, ``name``, ``content``
        :raises UserError: what is wrong; nothing is kept then
        """
        self.ensure_one()
        repair_sudo = self.sudo()  # sudo: found as the user, closed to his writes
        work = {
            "receive": repair_sudo._portal_receive,
            "lines": repair_sudo._portal_write_lines,
            "start": repair_sudo._portal_start,
            "accept": repair_sudo._portal_accept,
            "call": repair_sudo._portal_call,
            "cancel": repair_sudo._portal_cancel,
        }.get(step)
        if not work:
            raise UserError(self.env._("There is no such step."))
        repair_sudo._lock_for_step()
        if photos:
            repair_sudo._portal_add_photos(photos)
        work(values, lines)

    def _portal_receive(self, values, lines):
        self._portal_check_open()
        self.write(
            {
                "usage": int(
                    self._portal_number(values.get("usage"), self.env._("Usage"))
                ),
                "fault_id": self._portal_fault(values.get("fault_id")).id,
                "inspection": self._portal_text(values.get("inspection"), TEXT_MAX),
                "complaint": self._portal_text(values.get("complaint"), TEXT_MAX),
            }
        )
        self.action_receive()

    def _portal_write_lines(self, values, lines):
        """The estimate; after the consent it needs a new one."""
        self._portal_check_open()
        if len(lines) > LINES_MAX:
            raise ValidationError(
                self.env._("A repair has at most %(count)s lines.", count=LINES_MAX)
            )
        known = {str(line.id): line for line in self.line_ids}
        commands, kept = [], set()
        for sequence, received in enumerate(lines, 1):
            vals = {**self._portal_prepare_line(received), "sequence": sequence * 10}
            line = known.get(str(received.get("id") or ""))
            if line:
                kept.add(line.id)
                commands.append(Command.update(line.id, vals))
            else:
                commands.append(Command.create(vals))
        gone = [line.id for line in self.line_ids if line.id not in kept]
        self.write({"line_ids": [Command.delete(id_) for id_ in gone] + commands})
        if self.state == "received":
            self.action_estimate()

    def _portal_prepare_line(self, received):
        """Values of one line.

        :param dict received: texts ``line_type``, ``ref``, ``name``, ``quantity``,
            ``price_unit``, ``payer``, ``part_lot``, ``is_causal``
        """
        _ = self.env._
        line_type, payer = received.get("line_type"), received.get("payer")
        if line_type not in dict(REPAIR_LINE_TYPES) or payer not in dict(PAYERS):
            raise ValidationError(_("Choose the type of each line and who pays it."))
        product = labor = None
        if line_type == "part":
            product = self._portal_record("product.product", received.get("ref"))
            if not product.is_spare_part:
                raise ValidationError(_("Choose a spare part from the list."))
        if line_type == "labor" and received.get("ref"):
            labor = self._portal_record("after.sales.labor", received["ref"])
        quantity = self._portal_number(received.get("quantity"), _("Quantity"))
        if not quantity:
            raise ValidationError(_("A line is for more than zero."))
        price = self._portal_number(received.get("price_unit"), _("Unit Price"))
        if line_type == "labor" and (payer != "customer" or not price):
            price = self.station_id.labor_rate
        return {
            "line_type": line_type,
            "product_id": product.id if product else False,
            "labor_id": labor.id if labor else False,
            "name": self._portal_text(received.get("name"), 200),
            "quantity": quantity,
            "price_unit": price,
            "payer": payer,
            **self.env["after.sales.claim"]._portal_prepare_part(
                received, product, self.company_id
            ),
        }

    def _portal_start(self, values, lines):
        people = self._portal_get_mechanics()
        chosen = people.filtered(
            lambda person: str(person.id) == str(values.get("mechanic_id") or "")
        )
        if not chosen:
            raise ValidationError(self.env._("Choose who does the work."))
        self._portal_check_open()
        self.mechanic_id = chosen
        self.action_start()

    def _portal_get_mechanics(self):
        """People of the station, in sudo."""
        # sudo: a station sees its own people's names
        return (
            self.env["res.partner"]
            .sudo()
            .search(
                [
                    ("id", "child_of", self.station_id.partner_id.id),
                    ("is_company", "=", False),
                ],
                limit=100,
            )
        )

    def _portal_accept(self, values, lines):
        self._portal_check_open()
        self.write(
            {
                name: self._portal_text(values.get(name), TEXT_MAX)
                for name in ("cause", "correction")
            }
        )
        self.action_accept()

    def _portal_call(self, values, lines):
        score = self._portal_number(values.get("score"), self.env._("Score"))
        self._rate(int(score), self._portal_text(values.get("note"), TEXT_MAX))

    def _portal_cancel(self, values, lines):
        # sudo: the station says why in words, the reason is always the same
        reason_sudo = self.env.ref("after_sales.reason_repair_3").sudo()
        note = self._portal_text(values.get("note"), 500)
        if not note:
            raise ValidationError(self.env._("Say why."))
        self._do_with_reason("cancel", reason_sudo, note)

    def _portal_check_open(self):
        """In sudo a frozen repair would take changes: it is asked here."""
        if self.state in self._frozen_states:
            raise UserError(
                self.env._("%(repair)s is closed for changes.", repair=self.name)
            )

    def _portal_add_photos(self, photos):
        self._portal_check_open()
        if len(self.photo_ids) + len(photos) > PHOTOS_MAX:
            raise ValidationError(
                self.env._("A repair has at most %(count)s photos.", count=PHOTOS_MAX)
            )
        for photo in photos:
            if photo["kind"] not in dict(PHOTO_KINDS):
                raise ValidationError(self.env._("Say what each photo shows."))
            self.env["after.sales.repair.photo"]._add_photo(
                self,
                photo["name"],
                photo["content"],
                kind=photo["kind"],
                taken_at=fields.Datetime.now(),
            )

    # ------------------------------------------------------------ consumer's link

    @api.model
    def _find_by_token(self, repair_id, token, address):
        """The repair a consumer's link opens.

        :param int repair_id: from the link
        :param str token: from the link
        :param str address: where the call comes from
        :returns: the repair in sudo, nothing if id and token do not fit, or ``None``
            once there were too many calls
        """
        # sudo: everybody's calls are counted, nobody reads the counts
        limits_sudo = self.env["sales.rate.limit"].sudo()
        within = limits_sudo._hit(
            {
                f"repair:{repair_id}": LINK_LIMITS["token"],
                f"repair-address:{address}": LINK_LIMITS["address"],
            },
            LINK_WINDOW,
        )
        if not within:
            return None
        # sudo: the token is the key, compared below
        repair_sudo = self.sudo().search([("id", "=", repair_id)])
        if not repair_sudo or not consteq(
            repair_sudo.access_token or "", str(token or "")
        ):
            return repair_sudo.browse()
        return repair_sudo

# pylint: disable=consider-merging-classes-inherited
# Own file: what comes in from the portal is hostile until proven, one concept.
import math

from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from .after_sales_claim_line import CLAIM_LINE_TYPES
from .after_sales_evidence import PHOTO_KINDS

TEXT_MAX = 4000
LINES_MAX = 50
PHOTOS_MAX = 30
NUMBER_MAX = 10_000_000
EDITABLE = ("draft", "returned")
#: what the maker decides and measures: the pages show it once the claim is decided
CLOSED_TO_STATION = frozenset(
    "amount_approved approved_labor approved_part approved_travel approved_purchase"
    " approved_other approved_goodwill is_partly_approved auditor_id our_hours"
    " their_hours".split()
)
TEXTS = {
    "customer_name": 120,
    "customer_phone": 40,
    "complaint": TEXT_MAX,
    "cause": TEXT_MAX,
    "correction": TEXT_MAX,
}


class AfterSalesClaim(models.Model):
    """What a station's portal user may put into a claim (AS-20).

    These methods run as the portal user: they look everything up with his rights, take
    only the fields named here, and write in sudo once all of it is proven.
    """

    _inherit = "after.sales.claim"

    def _has_field_access(self, field, operation):
        if (
            operation == "read"
            and field.name in CLOSED_TO_STATION
            and not self.env.su
            and self.env.user._is_portal()
        ):
            return False
        return super()._has_field_access(field, operation)

    @api.model
    def _portal_get_stations(self):
        """Stations the current portal user acts for, as he may read them."""
        stations = self.env["after.sales.station"]
        return stations.search(stations._get_portal_domain(self.env.user))

    @api.model
    def _portal_find_unit(self, serial, company):
        """The sold unit with exactly this serial number; no part of one is enough, so
        that nobody reads the list of units.

        :param str serial: as typed or scanned
        :param res.company company: of the station
        :returns: ``stock.lot`` in sudo, or an empty recordset
        """
        serial = str(serial or "").strip()
        if not serial or len(serial) > 100:
            return self.env["stock.lot"]
        # sudo: any station repairs any sold unit; the exact number is the key to it
        lots_sudo = self.env["stock.lot"].sudo()
        return lots_sudo.search(
            [
                ("name", "=", serial),
                ("company_id", "in", [company.id, False]),
                ("date_sold", "!=", False),
            ],
            limit=1,
        )

    @api.model
    def _portal_save(self, values, lines, photos, claim=None):
        """Create or change a claim of the current portal user.

        The same ``client_key`` gives the same claim: a second click or a phone that
        sends again makes no second one.

        :param dict values: texts as received, see ``_portal_prepare_values``
        :param list lines: dicts as received, see ``_portal_prepare_line``
        :param list photos: dicts ``kind``, ``name``, ``content``, ``client_key``
        :param claim: claim to change, found with the user's rights; none: a new one
        :returns: the claim in sudo
        :raises UserError: what is wrong and what to do; nothing is kept then
        """
        if claim:
            claim_sudo = claim.sudo()  # sudo: found as the user, closed to his writes
            claim_sudo._lock_for_step()
            if claim_sudo.state not in EDITABLE:
                raise UserError(
                    self.env._("%(claim)s is with the maker now.", claim=claim.name)
                )
            prepared = self._portal_prepare_values(values, claim_sudo.station_id)
            claim_sudo.write(prepared)
        else:
            station = self._portal_pick_station(values.get("station_id"))
            key = self._portal_text(values.get("client_key"), 64)
            # sudo: portal users create through this method only
            claim_sudo = self.sudo().search(
                [("station_id", "=", station.id), ("client_key", "=", key)], limit=1
            )
            if key and claim_sudo:
                return claim_sudo
            prepared = self._portal_prepare_values(values, station)
            # sudo: portal users create through this method only
            claim_sudo = self.sudo().create(
                {
                    **prepared,
                    "station_id": station.id,
                    "company_id": station.company_id.id,
                    "client_key": key or False,
                }
            )
        claim_sudo._portal_write_lines(lines)
        claim_sudo._portal_add_photos(photos)
        return claim_sudo

    @api.model
    def _portal_pick_station(self, station_id):
        stations = self._portal_get_stations()
        if not stations:
            raise AccessError(self.env._("You do not act for a service station."))
        if len(stations) == 1 and not station_id:
            return stations
        station = stations.filtered(lambda record: str(record.id) == str(station_id))
        if not station:
            raise ValidationError(self.env._("Choose one of your stations."))
        return station

    @api.model
    def _portal_prepare_values(self, values, station):
        """Values of the claim's own fields, each proven."""
        _ = self.env._
        lot = self._portal_find_unit(values.get("serial"), station.company_id)
        if not lot:
            raise ValidationError(
                _("This serial number is unknown or not sold yet. Check the plate.")
            )
        fault = self.env["after.sales.fault"]
        if values.get("fault_id"):
            fault = self._portal_record("after.sales.fault", values["fault_id"])
            if not fault.is_selectable:
                raise ValidationError(_("Choose a fault code from the list."))
        day = self._portal_date(values.get("date_repair"))
        return {
            "lot_id": lot.id,
            "fault_id": fault.id,
            "date_repair": day,
            "usage": int(self._portal_number(values.get("usage") or 0, _("Usage"))),
            **{
                name: self._portal_text(values.get(name), size)
                for name, size in TEXTS.items()
            },
        }

    def _portal_write_lines(self, lines):
        """Replace the lines by those received; a known line keeps its id."""
        if len(lines) > LINES_MAX:
            raise ValidationError(
                self.env._("A claim has at most %(count)s lines.", count=LINES_MAX)
            )
        own = self.line_ids.filtered(lambda line: not line.is_trip)
        known = {str(line.id): line for line in own}
        commands, kept = [], set()
        for sequence, received in enumerate(lines, 1):
            vals = {**self._portal_prepare_line(received), "sequence": sequence * 10}
            line = known.get(str(received.get("id") or ""))
            if line:
                kept.add(line.id)
                commands.append(Command.update(line.id, vals))
            else:
                commands.append(Command.create(vals))
        gone = [line.id for line in own if line.id not in kept]
        self.write({"line_ids": [Command.delete(id_) for id_ in gone] + commands})

    def _portal_prepare_line(self, received):
        """Values of one line.

        :param dict received: texts ``line_type``, ``product_id``, ``labor_id``,
            ``name``, ``quantity``, ``price_unit``, ``part_lot``, ``is_causal``
        """
        _ = self.env._
        line_type = received.get("line_type")
        if line_type not in dict(CLAIM_LINE_TYPES):
            raise ValidationError(_("Choose the type of each line."))
        product = labor = None
        if line_type in ("part", "purchase") and received.get("product_id"):
            product = self._portal_record("product.product", received["product_id"])
            if not product.is_spare_part:
                raise ValidationError(_("Choose a spare part from the list."))
        if line_type == "labor" and received.get("labor_id"):
            labor = self._portal_record("after.sales.labor", received["labor_id"])
        quantity = self._portal_number(received.get("quantity"), _("Quantity"))
        if not quantity:
            raise ValidationError(_("A line claims more than zero."))
        price = self._portal_number(received.get("price_unit") or 0, _("Unit Price"))
        if line_type == "labor":
            price = self.station_id.labor_rate
        return {
            "line_type": line_type,
            "product_id": product.id if product else False,
            "labor_id": labor.id if labor else False,
            "name": self._portal_text(received.get("name"), 200),
            "quantity": quantity,
            "price_unit": price,
            **self._portal_prepare_part(received, product, self.company_id),
        }

    def _portal_add_photos(self, photos):
        if len(self.photo_ids) + len(photos) > PHOTOS_MAX:
            raise ValidationError(
                self.env._("A claim has at most %(count)s photos.", count=PHOTOS_MAX)
            )
        model = self.env["after.sales.claim.photo"]
        for photo in photos:
            if photo["kind"] not in dict(PHOTO_KINDS):
                raise ValidationError(self.env._("Say what each photo shows."))
            model._add_photo(
                self,
                photo["name"],
                photo["content"],
                kind=photo["kind"],
                client_key=photo.get("client_key") or False,
                taken_at=fields.Datetime.now(),
            )

    # ------------------------------------------------------------ proving of input

    @api.model
    def _portal_record(self, model, record_id):
        """A catalogue record of the station's company by its id as received."""
        # sudo: catalogues are offered in the portal, not read through RPC
        records_sudo = self.env[model].sudo()
        text = str(record_id)
        if text.isdecimal() and len(text) < 10:
            found = records_sudo.search(
                [
                    ("id", "=", int(text)),
                    ("company_id", "in", [*self.env.companies.ids, False]),
                ]
            )
            if found:
                return found
        raise ValidationError(
            self.env._("A choice is not in its list any more. Choose again.")
        )

    @api.model
    def _portal_number(self, value, label):
        try:
            number = float(str(value).replace(",", "."))
        except ValueError:
            number = math.nan
        if not math.isfinite(number) or not 0 <= number <= NUMBER_MAX:
            raise ValidationError(
                self.env._(
                    "%(label)s: enter a number from 0 to %(most)s.",
                    label=label,
                    most=NUMBER_MAX,
                )
            )
        return number

    @api.model
    def _portal_date(self, value):
        try:
            day = fields.Date.to_date(str(value or "")[:10])
        except ValueError:
            day = None
        if not day:
            raise ValidationError(self.env._("Enter the day of the repair."))
        return day

    @api.model
    def _portal_text(self, value, size):
        text = str(value or "").replace("\x00", "").strip()
        if len(text) > size:
            raise ValidationError(
                self.env._(
                    "A text is too long: at most %(size)s characters.", size=size
                )
            )
        return text or False

# pylint: disable=consider-merging-classes-inherited
# Own file: the section of a claim's kind, as it comes in from the portal.
from datetime import datetime, timedelta

import pytz

from odoo import Command, api, fields, models
from odoo.exceptions import ValidationError

from .after_sales_claim_kind import CLAIM_KINDS

#: longest way a trip is told back in time
TRIP_DAYS = 366
TRIP_MOMENTS = ("departed_at", "arrived_at", "returned_at")


class AfterSalesClaim(models.Model):
    """What a station's portal user may put into the section of a kind (AS-06, AS-20):
    only the fields of that kind, each proven."""

    _inherit = "after.sales.claim"

    @api.model
    def _portal_save(self, values, lines, photos, claim=None):
        """The kind of a claim is chosen once, with its number."""
        kind = claim.kind if claim else values.get("kind") or "appraisal"
        if kind not in dict(CLAIM_KINDS):
            raise ValidationError(self.env._("Choose one of the kinds of claims."))
        return super()._portal_save({**values, "kind": kind}, lines, photos, claim)

    @api.model
    def _portal_prepare_values(self, values, station):
        prepare = getattr(self, f"_portal_prepare_{values['kind']}", None)
        return {
            **super()._portal_prepare_values(values, station),
            "kind": values["kind"],
            **(prepare(values, station) if prepare else {}),
        }

    @api.model
    def _portal_prepare_rescue(self, values, station):
        company = station.company_id
        return {
            "rescue_place": self._portal_text(values.get("rescue_place"), 200),
            "rescue_distance": self._portal_whole(
                values.get("rescue_distance"), self.env._("Distance (km)")
            ),
            **{
                name: self._portal_moment(values.get(name), company)
                for name in TRIP_MOMENTS
            },
        }

    @api.model
    def _portal_prepare_purchase(self, values, station):
        day = values.get("date_invoice")
        return {
            "vendor_name": self._portal_text(values.get("vendor_name"), 120),
            "purchase_reason": self._portal_text(values.get("purchase_reason"), 1000),
            "invoice_number": self._portal_text(values.get("invoice_number"), 60),
            "date_invoice": self._portal_date(day) if day else False,
            "invoice_amount": self._portal_number(
                values.get("invoice_amount") or 0, self.env._("Invoice Amount")
            ),
        }

    @api.model
    def _portal_prepare_running_in(self, values, station):
        day = values.get("date_card")
        return {
            "card_number": self._portal_text(values.get("card_number"), 40),
            "date_card": self._portal_date(day) if day else False,
            "has_defect": values.get("has_defect") == "1",
        }

    @api.model
    def _portal_prepare_major_assembly(self, values, station):
        product = self.env["product.product"]
        if values.get("assembly_product_id"):
            product = self._portal_record(
                "product.product", values["assembly_product_id"]
            )
            if not (product.is_spare_part and product.is_main_part):
                raise ValidationError(self.env._("Choose an assembly from the list."))
        return {
            "assembly_product_id": product.id,
            "assembly_old_serial": self._portal_text(
                values.get("assembly_old_serial"), 60
            ),
            "assembly_new_serial": self._portal_text(
                values.get("assembly_new_serial"), 60
            ),
        }

    def _portal_write_lines(self, lines):
        """The lines of a part transfer are the parts asked for."""
        if self.kind != "part_transfer":
            super()._portal_write_lines(lines)
            self._sync_trip_line()
            return
        wanted = {}
        for received in lines:
            vals = self._portal_prepare_line({**received, "price_unit": 0})
            if vals["line_type"] != "part" or not vals["product_id"]:
                raise ValidationError(self.env._("Choose a spare part from the list."))
            product_id = vals["product_id"]
            wanted[product_id] = wanted.get(product_id, 0) + vals["quantity"]
        commands = []
        for request in self.request_ids:
            quantity = wanted.pop(request.product_id.id, None)
            commands.append(
                Command.update(request.id, {"quantity": quantity})
                if quantity
                else Command.delete(request.id)
            )
        commands += [
            Command.create({"product_id": product_id, "quantity": quantity})
            for product_id, quantity in wanted.items()
        ]
        self.write({"request_ids": commands})

    def _portal_get_moments(self):
        """Times of a trip as the form shows them: wall clock of the company.

        :returns: {field: text for an input of day and time}
        """
        moments = {}
        for name in TRIP_MOMENTS:
            moment = self[name]
            if moment:
                local = pytz.utc.localize(moment).astimezone(
                    self.company_id._get_sales_tz()
                )
                moments[name] = local.strftime("%Y-%m-%dT%H:%M")
        return moments

    @api.model
    def _portal_whole(self, value, label):
        return int(self._portal_number(value or 0, label))

    @api.model
    def _portal_moment(self, value, company):
        """Wall clock of the company as typed on the phone; empty: not known yet."""
        if not value:
            return False
        try:
            local = datetime.strptime(str(value)[:16], "%Y-%m-%dT%H:%M")
        except ValueError as error:
            text = self.env._("Enter day and time of the trip.")
            raise ValidationError(text) from error
        # sudo: the company's clock is no secret
        moment = company.sudo()._to_sales_utc(local)
        now = fields.Datetime.now()
        if not now - timedelta(days=TRIP_DAYS) < moment <= now:
            raise ValidationError(
                self.env._("The trip lies in the future or more than a year back.")
            )
        return moment

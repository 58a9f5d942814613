# pylint: disable=consider-merging-classes-inherited
# Own file: the roadside rescue, one kind of claim.
from odoo import Command, api, fields, models
from odoo.tools import SQL

from .after_sales_claim_adjudication import NOT_COUNTED

TRIP_FIELDS = {"kind", "station_id", "rescue_distance", "rescue_place"}


class AfterSalesClaim(models.Model):
    """A roadside rescue 外出急救单 (AS-06): where, how far, when; the trip there and
    back is a travel line at the station's rate per km."""

    _inherit = "after.sales.claim"

    rescue_place = fields.Char("Place of the Breakdown", size=200)
    rescue_distance = fields.Integer("Distance (km)", help="From the station, one way.")
    departed_at = fields.Datetime("Departure")
    arrived_at = fields.Datetime("Arrival")
    returned_at = fields.Datetime("Back at the Station")

    _rescue_distance_positive = models.Constraint(
        "CHECK (rescue_distance >= 0)", "A distance cannot be negative."
    )
    _rescue_idx = models.Index("(station_id, departed_at) WHERE kind = 'rescue'")

    @api.model_create_multi
    def create(self, vals_list):
        claims = super().create(vals_list)
        claims._sync_trip_line()
        return claims

    def write(self, vals):
        result = super().write(vals)
        if TRIP_FIELDS & set(vals):
            self._sync_trip_line()
        return result

    def _sync_trip_line(self):
        """The trip as a line: there and back at the station's rate per km. It follows
        the distance as long as the claim is with the station."""
        for claim in self.filtered(lambda record: record.kind == "rescue"):
            if claim.state not in ("draft", "returned"):
                continue
            # sudo: the line of the trip is closed to all, it follows the distance
            claim_sudo = claim.sudo()
            line = claim_sudo.line_ids.filtered("is_trip")
            if not claim.rescue_distance:
                line.unlink()
                continue
            vals = claim_sudo._prepare_trip_line()
            command = Command.update(line.id, vals) if line else Command.create(vals)
            claim_sudo.write({"line_ids": [command]})

    def _prepare_trip_line(self):
        place = self.rescue_place or self.lot_id.name
        return {
            "is_trip": True,
            "line_type": "travel",
            "sequence": 5,
            "name": self.env._("Rescue trip to %(place)s and back", place=place)[:200],
            "quantity": 2 * self.rescue_distance,
            "price_unit": self.station_id.km_rate,
        }

    def _get_kind_lack(self):
        if self.kind != "rescue":
            return super()._get_kind_lack()
        if not self.rescue_place:
            return self.env._("write down the place of the breakdown.")
        if not self.rescue_distance:
            return self.env._("enter the distance.")
        if not (self.departed_at and self.arrived_at and self.returned_at):
            return self.env._("enter departure, arrival and return.")
        return False

    def _do_submit(self):
        self._sync_trip_line()  # the rate may have changed since the draft
        return super()._do_submit()

    # ---------------------------------------------------------------------- facts

    def _get_rule_facts(self):
        facts = super()._get_rule_facts()
        rescues = self.filtered(lambda claim: claim.kind == "rescue")
        overlaps = rescues._get_overlaps()
        for claim in rescues:
            day = claim.departed_at and claim.company_id._get_sales_day(
                claim.departed_at
            )
            facts[claim.id]["rescue"] = {
                "departed": claim.departed_at or None,
                "arrived": claim.arrived_at or None,
                "returned": claim.returned_at or None,
                "distance": claim.rescue_distance,
                "day": day or None,
                "overlaps": overlaps.get(claim.id, []),
            }
        return facts

    def _get_overlaps(self):
        """Other rescues of the same station at the same time.

        :returns: {claim id: [(claim number, day)]}
        """
        if not self:
            return {}
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT claim.id, other.name, other.departed_at
                  FROM after_sales_claim claim
                  JOIN after_sales_claim other ON other.station_id = claim.station_id
                   AND other.kind = 'rescue' AND other.id != claim.id
                   AND other.state NOT IN %(not_counted)s
                   AND other.departed_at < claim.returned_at
                   AND other.returned_at > claim.departed_at
                 WHERE claim.id IN %(ids)s
                """,
                not_counted=NOT_COUNTED,
                ids=tuple(self.ids),
            )
        )
        found = {}
        for claim_id, number, moment in rows:
            company = self.browse(claim_id).company_id
            day = company._get_sales_day(moment)
            found.setdefault(claim_id, []).append((number, day))
        return found

# pylint: disable=consider-merging-classes-inherited
# Own file: where the phone was at a rescue.
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.sales_base.tools import geo


class AfterSalesClaim(models.Model):
    """Where the phone was at the unit (AS-06, rescue): taken with one tap if the
    mechanic wants to, never by itself, and set against the distance claimed."""

    _inherit = "after.sales.claim"

    rescue_latitude = fields.Float("Latitude", digits=(10, 7), copy=False)
    rescue_longitude = fields.Float("Longitude", digits=(10, 7), copy=False)
    rescue_position = fields.Char(
        "Position of the Phone", compute="_compute_rescue_position"
    )
    rescue_air_distance = fields.Float(
        "Straight Line (km)",
        compute="_compute_rescue_air_distance",
        digits=(16, 1),
        help="From the station to the position of the phone, as the crow flies.",
    )

    _rescue_position_valid = models.Constraint(
        "CHECK (rescue_latitude BETWEEN -90 AND 90"
        " AND rescue_longitude BETWEEN -180 AND 180)",
        "A latitude lies between -90 and 90 degrees, a longitude between -180 and 180.",
    )

    @api.depends("rescue_latitude", "rescue_longitude")
    def _compute_rescue_position(self):
        for claim in self:
            place = geo.position(claim.rescue_latitude, claim.rescue_longitude)
            claim.rescue_position = place and f"{place[0]:.5f}, {place[1]:.5f}"

    @api.depends(
        "rescue_latitude",
        "rescue_longitude",
        "station_id.latitude",
        "station_id.longitude",
    )
    def _compute_rescue_air_distance(self):
        for claim in self:
            claim.rescue_air_distance = claim._get_air_km() or 0

    def _get_air_km(self):
        """Kilometres as the crow flies, None where a position is not known."""
        place = geo.position(self.rescue_latitude, self.rescue_longitude)
        if not place or not self.station_id:
            return None
        metres = geo.distance(self.station_id._get_position(), place)
        return None if metres is None else round(metres / 1000, 1)

    def _get_rule_facts(self):
        facts = super()._get_rule_facts()
        for claim in self:
            if claim.kind == "rescue":
                facts[claim.id]["rescue"]["air_km"] = claim._get_air_km()
        return facts

    @api.model
    def _portal_prepare_rescue(self, values, station):
        return {
            **super()._portal_prepare_rescue(values, station),
            **self._portal_prepare_position(values),
        }

    @api.model
    def _portal_prepare_position(self, values):
        """The position as the phone sent it; both degrees or none.

        :raises ValidationError: no place on earth
        """
        texts = [
            str(values.get(name) or "")
            for name in ("rescue_latitude", "rescue_longitude")
        ]
        if not any(texts):
            return {"rescue_latitude": 0, "rescue_longitude": 0}
        try:
            latitude, longitude = map(float, texts)
        except ValueError:
            latitude = longitude = 999.0
        # a comparison with what is not a number is false
        if not (abs(latitude) <= 90 and abs(longitude) <= 180):
            raise ValidationError(
                self.env._("The position of the phone cannot be read. Take it again.")
            )
        return {"rescue_latitude": latitude, "rescue_longitude": longitude}

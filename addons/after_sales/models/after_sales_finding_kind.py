# pylint: disable=consider-merging-classes-inherited
# Own file: the wording of the rules that concern one kind of claim.
from odoo import api, models
from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

#: {(rule, cause): sentence}
KIND_SENTENCES = {
    ("rescue_times", "pass"): _lt(
        "Out on %(trip_date)s for %(trip_hours)s h, in a plausible order."
    ),
    ("rescue_times", "unknown"): _lt("Departure, arrival or return is missing."),
    ("rescue_times", "order"): _lt(
        "Departure, arrival and return on %(trip_date)s do not follow each other."
    ),
    ("rescue_times", "day"): _lt(
        "The trip was on %(trip_date)s, after the repair on %(repair_date)s."
    ),
    ("rescue_speed", "pass"): _lt(
        "%(distance)s km in %(minutes)s minutes is %(speed)s km/h; %(limit_speed)s "
        "are plausible."
    ),
    ("rescue_speed", "unknown"): _lt("Departure, arrival or return is missing."),
    ("rescue_speed", "no_time"): _lt("%(distance)s km took no time at all."),
    ("rescue_speed", "breach"): _lt(
        "%(distance)s km in %(minutes)s minutes would be %(speed)s km/h; at most "
        "%(limit_speed)s are plausible."
    ),
    ("rescue_distance", "pass"): _lt(
        "%(distance)s km one way are within the limit of %(limit_distance)s km."
    ),
    ("rescue_distance", "breach"): _lt(
        "%(distance)s km one way are over the limit of %(limit_distance)s km."
    ),
    ("rescue_position", "pass"): _lt(
        "The phone was %(air_km)s km from the station in a straight line; %(distance)s "
        "km by road are plausible."
    ),
    ("rescue_position", "breach"): _lt(
        "The phone was %(air_km)s km from the station in a straight line; %(distance)s "
        "km are claimed, at most %(most_km)s km by road are plausible."
    ),
    ("rescue_position", "short"): _lt(
        "The phone was %(air_km)s km from the station in a straight line, farther away "
        "than the %(distance)s km claimed."
    ),
    ("rescue_overlap", "pass"): _lt("The station was on no other rescue then."),
    ("rescue_overlap", "breach"): _lt(
        "At the same time the station was out on %(number)s, %(other_date)s "
        "(%(count)s trips overlap)."
    ),
    ("purchase_request", "pass"): _lt(
        "%(granted_amount)s were granted on %(granted_date)s; %(claimed_amount)s are "
        "claimed."
    ),
    ("purchase_request", "none"): _lt(
        "%(claimed_amount)s were bought without the maker's consent."
    ),
    ("purchase_request", "before"): _lt(
        "The invoice is of %(invoice_date)s, the consent of %(granted_date)s."
    ),
    ("purchase_request", "over"): _lt(
        "%(claimed_amount)s are claimed, only %(granted_amount)s were granted on "
        "%(granted_date)s."
    ),
    ("invoice_twice", "pass"): _lt("The invoice stands on no other claim."),
    ("invoice_twice", "breach"): _lt(
        "Invoice %(invoice)s already stands on %(number)s (%(count)s in all)."
    ),
    ("invoice_amount", "pass"): _lt(
        "%(claimed_amount)s are claimed of an invoice over %(invoice_amount)s."
    ),
    ("invoice_amount", "breach"): _lt(
        "%(claimed_amount)s are claimed, the invoice is over %(invoice_amount)s only."
    ),
    ("running_in", "pass"): _lt(
        "Done %(days)s days after the warranty began, at %(usage)s."
    ),
    ("running_in", "none"): _lt("The coverage of this unit asks for no running-in."),
    ("running_in", "done"): _lt(
        "The running-in service was already done on %(other_date)s (%(number)s)."
    ),
    ("running_in", "days"): _lt(
        "Done %(days)s days after the warranty began; only %(limit_days)s are allowed."
    ),
    ("running_in", "usage"): _lt("Done at %(usage)s; it is due until %(limit_usage)s."),
    ("assembly_serial", "pass"): _lt("%(part)s: %(old)s out, %(new)s in."),
    ("assembly_serial", "same"): _lt(
        "%(part)s: the serial number %(new)s was taken out and put in."
    ),
    ("assembly_serial", "other"): _lt("%(part)s: the unit had %(known)s, not %(old)s."),
    ("assembly_serial", "elsewhere"): _lt(
        "%(part)s: %(new)s is in unit %(unit)s already."
    ),
}
#: what another station is told when the earlier claim is not its own
FOREIGN_INVOICE = _lt("This invoice already stands on another claim.")
#: units of others are not named to a station
FOREIGN_ASSEMBLY = _lt("%(part)s: %(new)s is in another unit already.")


class AfterSalesFinding(models.Model):
    """Findings on what one kind of claim tells."""

    _inherit = "after.sales.finding"

    @api.model
    def _get_sentences(self):
        return {**super()._get_sentences(), **KIND_SENTENCES}

    def _get_portal_sentence(self):
        facts = self.facts or {}
        station = self.claim_id.station_id
        if (
            self.key == "invoice_twice"
            and facts.get("other_station_id", station.id) != station.id
        ):
            return self._word(FOREIGN_INVOICE)
        if self.key == "assembly_serial" and facts.get("cause") == "elsewhere":
            return self._word(FOREIGN_ASSEMBLY) % self._get_words()
        return super()._get_portal_sentence()

# pylint: disable=consider-merging-classes-inherited
# Own file: the sentences of one family of rules.
from odoo import api, models
from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

SENTENCES = {
    ("foreign_unit", "pass"): _lt("The unit is the station's own."),
    ("foreign_unit", "region"): _lt("The unit was sold in the station's region."),
    ("foreign_unit", "known"): _lt("The station repaired this unit before."),
    ("foreign_unit", "breach"): _lt(
        "The unit was sold by %(selling_station)s, in another region, and was never "
        "with this station."
    ),
    ("repeated", "pass"): _lt("This fault was not repaired within %(days)s days."),
    ("repeated", "breach"): _lt(
        "“%(fault)s” was repaired on %(other_date)s already (%(number)s), "
        "%(between)s days from this repair."
    ),
    ("two_stations", "pass"): _lt("No other station had the unit at that time."),
    ("two_stations", "breach"): _lt(
        "Another station repaired the unit on %(other_date)s (%(number)s)."
    ),
    ("split", "pass"): _lt("The visit is claimed in one document."),
    ("split", "breach"): _lt(
        "%(count)s claims of the same visit (%(number)s) come to %(total_amount)s; the "
        "station's authority is %(authority_amount)s."
    ),
    ("usage_rate", "pass"): _lt(
        "%(per_day)s a day since %(before_date)s is plausible."
    ),
    ("usage_rate", "breach"): _lt(
        "%(usage)s in %(days)s days since %(before_date)s is %(per_day)s a day; at "
        "most %(most)s is plausible."
    ),
    ("usage_after", "pass"): _lt("The reading %(usage)s fits those after."),
    ("usage_after", "breach"): _lt(
        "The reading %(usage)s is higher than %(after)s on %(after_date)s."
    ),
    ("cost_outlier", "pass"): _lt(
        "Parts and labour of %(claimed_amount)s are usual for “%(fault)s” (median "
        "%(median_amount)s of %(cases)s cases)."
    ),
    ("cost_outlier", "breach"): _lt(
        "Parts and labour of %(claimed_amount)s are unusual for “%(fault)s”: median "
        "%(median_amount)s of %(cases)s cases, at most %(most_amount)s is usual."
    ),
}
#: what the station is told; figures and names of others stay with the maker
PORTAL_SENTENCES = {
    ("foreign_unit", "breach"): _lt("The unit was sold by another station."),
    ("repeated", "breach"): _lt("This fault of the unit was repaired shortly before."),
    ("two_stations", "breach"): _lt(
        "Another station repaired the unit at the same time."
    ),
    ("cost_outlier", "pass"): _lt("The cost is usual for this fault."),
    ("cost_outlier", "breach"): _lt("The cost is unusual for this fault."),
}


class AfterSalesFinding(models.Model):
    """Sentences of the rules that compare a claim with others of its unit and its fault
    (AS-08)."""

    _inherit = "after.sales.finding"

    @api.model
    def _get_sentences(self):
        return {**super()._get_sentences(), **SENTENCES}

    @api.model
    def _get_portal_sentences(self):
        return {**super()._get_portal_sentences(), **PORTAL_SENTENCES}

    @api.model
    def _get_name_facts(self):
        return super()._get_name_facts() | {"selling_station", "fault"}

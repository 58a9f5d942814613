# pylint: disable=consider-merging-classes-inherited
# Own file: the sentences of one family of rules.
from odoo import api, models
from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

SENTENCES = {
    ("part_price", "pass"): _lt("No part is dearer than its price limit."),
    ("part_price", "unknown"): _lt("%(part)s has neither a price limit nor a cost."),
    ("part_price", "breach"): _lt(
        "%(part)s: %(claimed_amount)s claimed, at most %(limit_amount)s is paid."
    ),
    ("part_quantity", "pass"): _lt("The quantities are those of one repair."),
    ("part_quantity", "breach"): _lt(
        "%(part)s: %(quantity)s claimed, one repair takes %(most)s at most."
    ),
    ("labor_rate", "pass"): _lt("%(rate_amount)s an hour is the agreed rate or less."),
    ("labor_rate", "unknown"): _lt(
        "No labour rate is agreed with the station; %(rate_amount)s an hour claimed."
    ),
    ("labor_rate", "breach"): _lt(
        "%(rate_amount)s an hour claimed, %(agreed_amount)s is agreed."
    ),
    ("extra_cost", "pass"): _lt(
        "Extra costs of %(extra_amount)s are within the limit."
    ),
    ("extra_cost", "breach"): _lt(
        "%(extra_amount)s claimed without a catalogue price; over %(limit_amount)s is "
        "looked at."
    ),
    ("operation", "pass"): _lt("The operations are those of the product."),
    ("operation", "breach"): _lt("“%(operation)s” is not done on %(product)s."),
    ("fault_part", "pass"): _lt("Fault and parts match."),
    ("fault_part", "breach"): _lt("%(part)s does not belong to the fault “%(fault)s”."),
}


class AfterSalesFinding(models.Model):
    """Sentences of the rules that compare a claim with the catalogues (AS-08)."""

    _inherit = "after.sales.finding"

    @api.model
    def _get_sentences(self):
        return {**super()._get_sentences(), **SENTENCES}

    @api.model
    def _get_name_facts(self):
        return super()._get_name_facts() | {"fault", "product"}

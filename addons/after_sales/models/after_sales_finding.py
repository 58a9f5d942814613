import json

from odoo import api, fields, models
from odoo.exceptions import MissingError
from odoo.tools import SQL, LazyTranslate

from odoo.addons.sales_base.models.sales_finding_mixin import VERDICTS
from odoo.addons.sales_base.tools import fact

from .after_sales_evidence import PHOTO_KINDS

_lt = LazyTranslate(__name__)

#: {(rule, cause): sentence}
SENTENCES = {
    ("coverage", "pass"): _lt(
        "Covered by “%(coverage)s” until %(last_date)s; repaired on %(repair_date)s."
    ),
    ("coverage", "none"): _lt("The unit has no sale date or no coverage."),
    ("coverage", "early"): _lt(
        "Repaired on %(repair_date)s, before the warranty began on %(first_date)s."
    ),
    ("coverage", "date"): _lt(
        "The warranty “%(coverage)s” ended on %(last_date)s, %(days)s days before the "
        "repair on %(repair_date)s."
    ),
    ("coverage", "usage"): _lt(
        "Usage %(usage)s is %(over)s over the limit of %(usage_limit)s of "
        "“%(coverage)s”."
    ),
    ("coverage", "part_date"): _lt(
        "%(part)s: the warranty ended on %(last_date)s, %(days)s days before the "
        "repair on %(repair_date)s."
    ),
    ("coverage", "part_usage"): _lt(
        "%(part)s: usage %(usage)s is %(over)s over the limit of %(usage_limit)s."
    ),
    ("coverage", "excluded"): _lt("%(part)s is not covered by “%(coverage)s”."),
    ("coverage", "labor"): _lt("“%(coverage)s” does not cover labour."),
    ("coverage", "parts"): _lt("“%(coverage)s” does not cover parts."),
    ("coverage", "running_in"): _lt(
        "The running-in service was not done in time: “%(coverage)s” does not pay."
    ),
    ("coverage", "goodwill"): _lt(
        "The warranty ended on %(last_date)s or at %(usage_limit)s; goodwill pays "
        "%(share_percent)s %%."
    ),
    ("duplicate", "pass"): _lt(
        "No part was claimed for this unit within %(days)s days before."
    ),
    ("duplicate", "breach"): _lt(
        "%(part)s was already claimed on %(number)s, repaired on %(other_date)s "
        "(%(count)s within %(days)s days)."
    ),
    ("labor_time", "pass"): _lt(
        "%(claimed_hours)s h of labour are within standard time."
    ),
    ("labor_time", "unknown"): _lt("“%(operation)s” has no standard time."),
    ("labor_time", "breach"): _lt(
        "“%(operation)s”: %(claimed_hours)s h claimed, standard time is "
        "%(standard_hours)s h; %(excess_hours)s h over in all."
    ),
    ("authority", "pass"): _lt("%(claimed_amount)s is within the station's authority."),
    ("authority", "breach"): _lt(
        "%(claimed_amount)s is over the station's authority of %(authority_amount)s."
    ),
    ("evidence", "pass"): _lt("All evidence asked for is there."),
    ("evidence", "breach"): _lt("Evidence is missing: %(missing_kinds)s."),
    ("late", "pass"): _lt(
        "Submitted %(days)s days after the repair; %(limit_days)s are allowed."
    ),
    ("late", "breach"): _lt(
        "Submitted %(days)s days after the repair on %(repair_date)s; only "
        "%(limit_days)s are allowed."
    ),
    ("usage_backwards", "pass"): _lt("The reading %(usage)s fits those before."),
    ("usage_backwards", "breach"): _lt(
        "The reading %(usage)s is lower than %(before)s on %(before_date)s."
    ),
}
#: facts that name a record
NAME_FACTS = frozenset({"coverage", "operation", "part"})
#: what the station is told instead of a sentence that names another station's affairs
PORTAL_SENTENCES = {
    ("duplicate", "breach"): _lt(
        "A part of this claim was already claimed for this unit."
    ),
}


class AfterSalesFinding(models.Model):
    """A rule's verdict on one submission of a claim (AS-08): key and figures are
    stored, the sentence is made when it is read."""

    _name = "after.sales.finding"
    _description = "Finding"
    _inherit = ["sales.finding.mixin"]
    _order = "claim_id, is_current desc, revision desc, sequence, id"

    claim_id = fields.Many2one(
        "after.sales.claim",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
        bypass_search_access=True,
    )
    # Declared again: labels of a mixin's selection are translated where they are made.
    verdict = fields.Selection(VERDICTS)
    rule_id = fields.Many2one(
        "after.sales.rule", readonly=True, index="btree_not_null", ondelete="set null"
    )
    sequence = fields.Integer(readonly=True)
    revision = fields.Integer("Submission", readonly=True)
    is_current = fields.Boolean(default=True, readonly=True)
    rule_name = fields.Char("Checked", compute="_compute_rule_name")

    _current_idx = models.Index("(key, verdict, claim_id) WHERE is_current")

    @api.model
    def _record(self, values):
        """Store findings in one statement: nothing is computed or tracked on them, and
        a claim has some twenty of them.

        :param list values: dicts with ``claim_id``, ``rule_id``, ``sequence``, ``key``,
            ``verdict``, ``facts`` and ``revision``, in the order of the ids to be
        """
        self.flush_model()
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO after_sales_finding
                       (claim_id, rule_id, sequence, key, verdict, facts, revision,
                        is_current, create_uid, write_uid, create_date, write_date)
                SELECT claim_id, rule_id, sequence, key, verdict, facts, revision,
                       true, %(uid)s, %(uid)s, %(now)s, %(now)s
                  FROM jsonb_to_recordset(%(values)s::jsonb)
                    AS row(claim_id int, rule_id int, sequence int, key text,
                           verdict text, facts jsonb, revision int)
                """,
                uid=self.env.uid,
                now=self.env.cr.now(),
                values=json.dumps(values),
            )
        )
        self.env["after.sales.claim"].invalidate_model(["finding_ids"])

    @api.depends("rule_id", "key")
    @api.depends_context("lang")
    def _compute_rule_name(self):
        for finding in self:
            finding.rule_name = finding.rule_id.name or finding.key

    def _compute_sentence(self):
        self._prefetch_names()
        return super()._compute_sentence()

    def _prefetch_names(self):
        """Read the records that facts name in one query a model."""
        named, keys = {}, self._get_name_facts()
        for finding in self:
            facts = finding.facts or {}
            for key in keys & set(facts):
                if isinstance(facts[key], list):
                    model, record_id, _text = facts[key]
                    named.setdefault(model, set()).add(record_id)
        for model, ids in named.items():
            # sudo: the name was shown to whoever reads the finding
            records_sudo = self.env[model].sudo().with_context(active_test=False)
            records_sudo.search_fetch([("id", "in", ids)], ["display_name"])

    @api.model
    def _get_sentences(self):
        return SENTENCES

    @api.model
    def _get_name_facts(self):
        """Hook: keys of the facts that name a record, ``[model, id, text]``."""
        return NAME_FACTS

    def _get_cause(self):
        """A rule may fail in more than one way."""
        facts = self.facts or {}
        if facts.get("cause"):
            return facts["cause"]
        return "pass" if self.verdict == "pass" else "breach"

    def _get_words(self):
        """Facts as texts; kinds of evidence by their labels, records by their names in
        the reader's language."""
        facts = dict(self.facts or {})
        keys = facts.pop("missing_kinds", None)
        for key in self._get_name_facts() & set(facts):
            facts[key] = self._get_name(facts[key])
        words = fact.worded(self.env, facts)
        if keys is not None:
            photos = self.env["after.sales.claim.photo"]
            labels = dict(photos._fields["kind"]._description_selection(self.env))
            shown = [labels.get(key, key) for key, _label in PHOTO_KINDS if key in keys]
            words["missing_kinds"] = ", ".join(shown)
        return words

    @api.model
    def _get_name(self, value):
        """Name of a record that a fact points at; of a deleted one, as it was."""
        if not isinstance(value, list):
            return value
        model, record_id, text = value
        # sudo: the name was shown to whoever reads the finding
        record_sudo = self.env[model].sudo().browse(record_id)
        try:
            return record_sudo.display_name or text
        except MissingError:
            return text

    @api.model
    def _get_portal_sentences(self):
        """Hook: sentences for the station where the rule's own tells too much."""
        return PORTAL_SENTENCES

    def _get_portal_sentence(self):
        """The sentence for the station: another station's claim is not named."""
        own_id = self.claim_id.station_id.id
        text = self._get_portal_sentences().get((self.key, self._get_cause()))
        if text is None or (self.facts or {}).get("other_station_id") == own_id:
            return self.sentence
        return self._word(text)

# pylint: disable=consider-merging-classes-inherited
# Own file: one part of the desk.
from odoo import api, models


class SalesAssistantSample(models.Model):
    """SA-15: what the rules say about charge and courier, and what makes a sample a
    special case for the manager."""

    _inherit = "sales.assistant.sample"

    @api.depends("partner_id", "purpose", "line_ids.amount", "company_id")
    def _compute_rule_id(self):
        open_ones = self.filtered(lambda one: one.state == "draft" and one.partner_id)
        rules = open_ones._find_policy()
        for sample in self:
            sample.rule_id = rules.get(sample.id, sample.rule_id)

    @api.depends("rule_id")
    def _compute_charge(self):
        for sample in self:
            # sudo: a rule counts for who may not read the catalogue, too
            rule_sudo = sample.rule_id.sudo()
            if not rule_sudo:
                sample.charge = sample.charge
                sample.charge_percent = sample.charge_percent
                sample.courier_terms = sample.courier_terms
                continue
            sample.charge = rule_sudo.charge
            sample.charge_percent = rule_sudo.percent
            sample.courier_terms = rule_sudo.courier_terms

    def _find_policy(self):
        """The rule that fits each sample, looked up for all at once.

        :returns: {sample id: rule, empty where none fits}
        """
        known = self._get_known_customers()
        facts = {}
        for sample in self:
            # sudo: grade and country decide, whoever asks
            customer_sudo = sample.commercial_partner_id.sudo()
            company = sample.company_id
            country = customer_sudo.country_id
            is_export = country and country != company.country_id
            facts[sample.id] = (
                company,
                {
                    "customer": "known"
                    if (company.id, customer_sudo.id) in known
                    else "new",
                    "grade_id": customer_sudo.with_company(company).sales_grade_id.id,
                    "market": "export" if is_export else "domestic",
                    "purpose": sample.purpose,
                    "amount": sample._get_company_amount(
                        sum(sample.line_ids.mapped("amount"))
                    ),
                },
            )
        return self.env["sales.assistant.sample.rule"]._find_rules(facts)

    def _get_known_customers(self):
        """Customers with a confirmed order: {(company id, partner id)}."""
        # sudo: a colleague's order counts, too
        groups = (
            self.env["sale.order"]
            .sudo()
            ._read_group(
                [
                    ("state", "=", "sale"),
                    ("company_id", "in", self.company_id.ids),
                    (
                        "partner_id.commercial_partner_id",
                        "in",
                        self.commercial_partner_id.ids,
                    ),
                ],
                ["company_id", "partner_id"],
            )
        )
        return {
            (company.id, partner.commercial_partner_id.id)
            for company, partner in groups
        }

    def _get_company_amount(self, amount):
        """An amount of the sample in its company's currency."""
        self.ensure_one()
        company = self.company_id
        return self.currency_id._convert(
            amount, company.currency_id, company, self.date_request
        )

    # ------------------------------------------------------------------- verdict

    def _judge(self):
        """What makes each sample special when it is submitted.

        :returns: {sample id: facts, or False for a normal one}; the rules are asked
            again, customers and rules have changed since the sample was written
        """
        rules = self._find_policy()
        verdicts = {}
        for sample in self:
            rule_sudo = rules[sample.id].sudo()  # sudo: see _compute_charge
            facts = {}
            if not rule_sudo:
                facts["no_rule"] = True
            elif rule_sudo.is_special:
                facts["special_rule_id"] = rule_sudo.id
            if rule_sudo:
                changed = sample._get_deviations(rule_sudo)
                if changed:
                    facts["changed"] = changed
            verdicts[sample.id] = facts or False
        return verdicts

    def _get_deviations(self, rule):
        """Where a sample differs from its rule: {field: [rule's value, sample's]}."""
        pairs = {
            "charge": (rule.charge, self.charge),
            "courier_terms": (rule.courier_terms, self.courier_terms),
        }
        if rule.charge == self.charge == "charged":
            pairs["charge_percent"] = (rule.percent, self.charge_percent)
        return {name: list(pair) for name, pair in pairs.items() if pair[0] != pair[1]}

    @api.depends("special_facts")
    @api.depends_context("lang")
    def _compute_special_reason(self):
        for sample in self:
            sample.special_reason = sample._get_special_sentence()

    def _get_special_sentence(self):
        """Why the manager is asked, in the reader's language."""
        facts, _ = self.special_facts or {}, self.env._
        parts = []
        if facts.get("no_rule"):
            parts.append(_("no rule fits"))
        if facts.get("special_rule_id"):
            # sudo: see _compute_charge
            rule_sudo = self.env["sales.assistant.sample.rule"].sudo()
            rule_sudo = rule_sudo.browse(facts["special_rule_id"]).exists()
            parts.append(_("special case: %(rule)s", rule=rule_sudo.name or "–"))
        for name, (wanted, value) in facts.get("changed", {}).items():
            parts.append(
                _(
                    "%(field)s: %(value)s instead of %(wanted)s",
                    field=self._fields[name]._description_string(self.env),
                    value=self._get_charge_word(name, value),
                    wanted=self._get_charge_word(name, wanted),
                )
            )
        return "; ".join(parts)

    def _get_charge_word(self, name, value):
        if name == "charge_percent":
            return f"{value:g} %"
        labels = dict(self._fields[name]._description_selection(self.env))
        return labels.get(value) or self.env._("not said")

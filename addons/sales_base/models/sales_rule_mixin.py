from odoo import api, fields, models


class SalesRuleMixin(models.AbstractModel):
    """A rule as a record: which check, its limit, and whether it is on.

    The check itself is a pure function in ``tools/`` from facts to a verdict; ``key``
    names it. Models declare ``key`` as a selection, so that an addon adds a rule by
    ``selection_add`` and one function.
    """

    _name = "sales.rule.mixin"
    _description = "Rule"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    limit = fields.Float(help="What the rule compares with; its unit is in the name.")
    company_id = fields.Many2one("res.company", index="btree_not_null")
    active = fields.Boolean(default=True)

    @api.model
    def _get_company_rules(self, company):
        """Active rules of a company; its own rule wins over a shared one of that key.

        :param res.company company: one company
        :returns: {key: rule record}, in the order of the rules
        :rtype: dict
        """
        rules = self.search(
            [("company_id", "in", [company.id, False])], order="sequence, id"
        )
        by_key = {}
        for rule in rules:
            if rule.key not in by_key or rule.company_id:
                by_key[rule.key] = rule
        return by_key

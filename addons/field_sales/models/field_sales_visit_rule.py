from odoo import api, fields, models
from odoo.exceptions import ValidationError


class FieldSalesVisitRule(models.Model):
    """How often a store is visited (FS-06).

    Source: S1, 一、每周计划: 重点门店一周拜访次数不得少于3次,应隔一天拜访一次;
    一般门店每周拜访不得少于一次.

    The most particular rule wins: the store's own, then chain, channel and grade, then
    one for all; every criterion that is set must fit.
    """

    _name = "field.sales.visit.rule"
    _description = "Visit Rule"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    grade_id = fields.Many2one(
        "sales.grade",
        domain=[("kind", "=", "store")],
        index="btree_not_null",
        ondelete="cascade",
    )
    channel_id = fields.Many2one(
        "field.sales.channel", index="btree_not_null", ondelete="cascade"
    )
    chain_id = fields.Many2one(
        "res.partner",
        domain=[("is_company", "=", True), ("is_store", "=", False)],
        index="btree_not_null",
        ondelete="cascade",
    )
    store_id = fields.Many2one(
        "res.partner",
        domain=[("is_store", "=", True)],
        index="btree_not_null",
        ondelete="cascade",
    )
    visits_per_week = fields.Integer("Visits a Week", required=True, default=1)
    is_every_other_day = fields.Boolean(
        "Every Other Day", help="A free day lies between two visits."
    )
    weeks_between = fields.Integer(
        "Every … Weeks", required=True, default=1, help="1 is every week."
    )
    company_id = fields.Many2one("res.company", index="btree_not_null")
    active = fields.Boolean(default=True)

    @api.constrains("visits_per_week", "is_every_other_day", "weeks_between")
    def _check_frequency(self):
        for rule in self:
            most = 4 if rule.is_every_other_day else 7
            if not 1 <= rule.visits_per_week <= most:
                raise ValidationError(
                    self.env._(
                        "Rule “%(rule)s”: a week has room for 1 to %(most)s visits.",
                        rule=rule.name,
                        most=most,
                    )
                )
            if rule.weeks_between < 1:
                raise ValidationError(
                    self.env._(
                        "Rule “%(rule)s”: the interval is at least one week.",
                        rule=rule.name,
                    )
                )
            if rule.weeks_between > 1 and rule.visits_per_week > 1:
                raise ValidationError(
                    self.env._(
                        "Rule “%(rule)s”: with an interval of several weeks there is "
                        "one visit in the week that is due.",
                        rule=rule.name,
                    )
                )

    @api.constrains("grade_id")
    def _check_grade(self):
        if any(rule.grade_id and rule.grade_id.kind != "store" for rule in self):
            raise ValidationError(self.env._("A visit rule is for a grade of stores."))

    @api.model_create_multi
    def create(self, vals_list):
        rules = super().create(vals_list)
        rules._update_stores()
        return rules

    def write(self, vals):
        result = super().write(vals)
        if set(vals) - {"name", "sequence"}:
            self._update_stores()
        return result

    def _update_stores(self):
        """When a rule changes, so does the day by which stores are due."""
        stores = self.env["res.partner"].search(
            [("is_store", "=", True), ("field_sales_last_visit_date", "!=", False)]
        )
        stores._update_field_sales_due()

    @api.model
    def _get_rules(self, stores, company):
        """The rule of each store.

        :param res.partner stores: stores
        :param res.company company: whose rules and grades count
        :returns: {store id: rule}; stores without a rule are left out
        :rtype: dict
        """
        # sudo: the frequency of a store follows all rules, whoever asks
        rules_sudo = self.sudo().search([("company_id", "in", [company.id, False])])
        ranked = sorted(rules_sudo, key=lambda rule: rule._get_rank(), reverse=True)
        found = {}
        for store in stores.with_company(company):
            for rule in ranked:
                if rule._fits(store):
                    found[store.id] = rule
                    break
        return found

    def _get_rank(self):
        """The more particular the higher; a company's own rule beats a shared one."""
        criteria = (self.store_id, self.chain_id, self.channel_id, self.grade_id)
        return (*map(bool, criteria), bool(self.company_id), -self.sequence, -self.id)

    def _fits(self, store):
        return (
            self.store_id in (store, self.store_id.browse())
            and self.chain_id in (store.chain_id, self.chain_id.browse())
            and self.channel_id
            in (store.field_sales_channel_id, self.channel_id.browse())
            and self.grade_id in (store.sales_grade_id, self.grade_id.browse())
        )

    @api.model
    def get_import_templates(self):
        """F-10: visit rules come in by a template."""
        return [
            {
                "label": self.env._("Import Template for Visit Rules"),
                "template": "/field_sales/static/xls/visit_rules.xlsx",
            }
        ]

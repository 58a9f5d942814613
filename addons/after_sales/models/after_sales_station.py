from odoo import api, fields, models
from odoo.exceptions import ValidationError

LEVELS = [("1", "Level 1"), ("2", "Level 2"), ("3", "Level 3")]


class AfterSalesStation(models.Model):
    """A service station of the network and the terms the company has with it (AS-03).

    A station is a partner; its terms live here because many people may edit partners.
    """

    _name = "after.sales.station"
    _description = "Service Station"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "code, id"
    _rec_names_search = ["code", "name"]
    _check_company_auto = True

    name = fields.Char(related="partner_id.name", store=True, index="trigram")
    code = fields.Char(required=True, index="trigram", copy=False, tracking=True)
    partner_id = fields.Many2one(
        "res.partner", required=True, index=True, ondelete="restrict", tracking=True
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    active = fields.Boolean(default=True, tracking=True)
    # terms
    level = fields.Selection(LEVELS, required=True, default="2", tracking=True)
    region_id = fields.Many2one(
        "sales.region", index="btree_not_null", tracking=True, check_company=True
    )
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        default=lambda self: self.env.company.currency_id,
        help="Claims and settlements of the station are in this currency.",
    )
    labor_rate = fields.Monetary("Labour Rate per Hour", tracking=True)
    km_rate = fields.Monetary(
        "Rate per km", tracking=True, help="What the trip of a rescue is paid."
    )
    authority_amount = fields.Monetary(
        "Authority",
        tracking=True,
        help="A claim over this amount needs the maker's look. 0: no limit.",
    )
    kind_ids = fields.Many2many(
        "after.sales.claim.kind",
        string="Claim Kinds",
        default=lambda self: self._default_kinds(),
        help="Kinds of claims this station may submit.",
    )
    is_branch = fields.Boolean(
        "Branch of the Company",
        tracking=True,
        help="What its customers pay for repairs becomes an invoice of ours.",
    )
    bay_ids = fields.One2many("after.sales.bay", "station_id", "Bays")
    # contacts
    contact_ids = fields.One2many(related="partner_id.child_ids", string="Contacts")
    phone = fields.Char(related="partner_id.phone")
    email = fields.Char(related="partner_id.email")
    city = fields.Char(related="partner_id.city")
    # documents
    lot_ids = fields.One2many("stock.lot", "sold_station_id", "Sold Units")
    lot_count = fields.Integer("Sold Unit Count", compute="_compute_lot_count")
    claim_count = fields.Integer(compute="_compute_claim_counts")
    returned_count = fields.Integer("Returned Claims", compute="_compute_claim_counts")
    settlement_count = fields.Integer(compute="_compute_settlement_count")

    _code_uniq = models.Constraint(
        "UNIQUE (code, company_id)", "Another station of the company has this code."
    )
    _partner_uniq = models.Constraint(
        "UNIQUE (partner_id, company_id)",
        "This partner is already a station of the company.",
    )
    _terms_positive = models.Constraint(
        "CHECK (labor_rate >= 0 AND km_rate >= 0 AND authority_amount >= 0)",
        "Rates and authority cannot be negative.",
    )

    @api.model
    def _default_kinds(self):
        return self.env["after.sales.claim.kind"].search([("is_offered", "=", True)])

    @api.depends("code", "name")
    def _compute_display_name(self):
        for station in self:
            station.display_name = " ".join(filter(None, (station.code, station.name)))

    def _compute_lot_count(self):
        counts = self._count_by_station("stock.lot", "sold_station_id")
        for station in self:
            station.lot_count = counts.get(station, 0)

    def _compute_claim_counts(self):
        counts = self._count_by_station("after.sales.claim", "station_id")
        returned = self._count_by_station(
            "after.sales.claim", "station_id", [("state", "=", "returned")]
        )
        for station in self:
            station.claim_count = counts.get(station, 0)
            station.returned_count = returned.get(station, 0)

    def _compute_settlement_count(self):
        counts = self._count_by_station("after.sales.settlement", "station_id")
        for station in self:
            station.settlement_count = counts.get(station, 0)

    def _count_by_station(self, model, fname, domain=()):
        groups = self.env[model]._read_group(
            [(fname, "in", self.ids), *domain], [fname], ["__count"]
        )
        return dict(groups)

    @api.constrains("partner_id", "company_id")
    def _check_partner_company(self):
        for station in self:
            company = station.partner_id.company_id
            if company and company != station.company_id:
                raise ValidationError(
                    self.env._(
                        "The partner of station %(code)s belongs to another company.",
                        code=station.code,
                    )
                )

    @api.model
    def _get_portal_domain(self, user, roles=("claims", "all")):
        """Stations a portal user acts for: those of his company and its branches.

        :param res.users user: the portal user
        :param roles: portal roles, any of which is enough
        """
        return [("partner_id", "child_of", user._get_after_sales_partner_ids(roles))]

    @api.model
    def get_import_templates(self):
        return [
            {
                "label": self.env._("Import Template for Service Stations"),
                "template": "/after_sales/static/xls/after_sales_station.xlsx",
            }
        ]

    def action_view_claims(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "after_sales.after_sales_claim_action_all"
        )
        return dict(action, domain=[("station_id", "in", self.ids)], context={})

    def action_view_lots(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "after_sales.stock_lot_action_sold"
        )
        return dict(action, domain=[("sold_station_id", "in", self.ids)], context={})

    def action_view_settlements(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "after_sales.after_sales_settlement_action"
        )
        return dict(action, domain=[("station_id", "in", self.ids)], context={})

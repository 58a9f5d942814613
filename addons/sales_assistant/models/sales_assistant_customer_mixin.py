from odoo import api, fields, models


class SalesAssistantCustomerMixin(models.AbstractModel):
    """A document about a customer and those who look after him: salesperson, assistant
    (the customer's, else the team's) and team, which records and boards go by."""

    _name = "sales.assistant.customer.mixin"
    _inherit = ["sales.document.mixin", "sales.board.source.mixin"]
    _description = "Document of a Customer"

    _board_user_fields = ("user_id", "assistant_id")

    partner_id = fields.Many2one(
        "res.partner",
        "Customer",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        tracking=True,
    )
    commercial_partner_id = fields.Many2one(
        related="partner_id.commercial_partner_id",
        store=True,
        precompute=True,
        index=True,
        string="Commercial Customer",
    )
    user_id = fields.Many2one(
        "res.users",
        "Salesperson",
        required=True,
        index=True,
        default=lambda self: self.env.user,
        domain=[("share", "=", False)],
        tracking=True,
    )
    assistant_id = fields.Many2one(
        "res.users",
        compute="_compute_assistant_id",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
        domain=[("share", "=", False)],
    )
    team_id = fields.Many2one(
        "crm.team",
        "Sales Team",
        compute="_compute_team_id",
        store=True,
        readonly=False,
        precompute=True,
        index="btree_not_null",
        check_company=True,
    )

    @api.depends("partner_id", "team_id")
    def _compute_assistant_id(self):
        for document in self:
            # sudo: a customer's assistant is no secret to who sells to him
            partner_sudo = document.partner_id.sudo()
            document.assistant_id = (
                document.assistant_id
                or partner_sudo.assistant_id
                or partner_sudo.commercial_partner_id.assistant_id
                or document.team_id.sudo().assistant_id  # sudo: see above
            )

    @api.depends("user_id")
    def _compute_team_id(self):
        for document in self:
            # sudo: in which team a colleague sells is no secret
            team_sudo = document.user_id.sudo().sale_team_id
            fits = team_sudo.company_id in (
                self.env["res.company"],
                document.company_id,
            )
            document.team_id = fits and team_sudo.id

    @api.onchange("partner_id")
    def _onchange_partner_people(self):
        """Who looks after the customer; whoever writes stays with the document."""
        # sudo: see above
        partner_sudo = self.partner_id.sudo()
        owner_sudo = partner_sudo | partner_sudo.commercial_partner_id
        salesperson = owner_sudo.user_id[:1]
        if not salesperson:
            return
        self.user_id = salesperson
        self.assistant_id = owner_sudo.assistant_id[:1]
        if self.env.user not in (salesperson, self.assistant_id):
            self.assistant_id = self.env.user

    @api.model
    def _get_own_domain(self):
        acting = self.env.user._get_sales_acting_ids()
        return fields.Domain("user_id", "in", acting) | fields.Domain(
            "assistant_id", "in", acting
        )

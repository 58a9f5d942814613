# pylint: disable=consider-merging-classes-inherited
# Own file: the outside purchase, one kind of claim.
from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL

from ..tools.typed import get_typed_key
from .after_sales_claim_adjudication import NOT_COUNTED

PURCHASE_REQUESTS = [
    ("none", "Not Asked For"),
    ("asked", "Asked For"),
    ("granted", "Granted"),
    ("refused", "Refused"),
]
#: states of a request in which it is not rewritten
BOUND = ("asked", "granted")


class AfterSalesClaim(models.Model):
    """An outside purchase 外购申请单 (AS-06): the station asks first, buys what the
    maker agreed to, and claims it with the vendor's invoice."""

    _inherit = "after.sales.claim"

    vendor_name = fields.Char("Bought From", size=120)
    purchase_reason = fields.Text(
        help="Why the part is bought outside and not ordered from the maker."
    )
    purchase_request = fields.Selection(
        PURCHASE_REQUESTS,
        required=True,
        readonly=True,
        copy=False,
        default="none",
        tracking=True,
    )
    purchase_asked_at = fields.Datetime("Asked On", readonly=True, copy=False)
    purchase_granted_at = fields.Datetime("Granted On", readonly=True, copy=False)
    purchase_granted_by_id = fields.Many2one(
        "res.users", "Granted By", readonly=True, copy=False, index="btree_not_null"
    )
    purchase_granted_amount = fields.Monetary(
        "Granted Amount", readonly=True, copy=False
    )
    invoice_number = fields.Char(size=60, copy=False)
    invoice_key = fields.Char(compute="_compute_invoice_key", store=True)
    date_invoice = fields.Date("Invoice Date", copy=False)
    invoice_amount = fields.Monetary(copy=False)
    can_ask = fields.Boolean(compute="_compute_can")
    can_grant = fields.Boolean(compute="_compute_can")
    can_withdraw = fields.Boolean(compute="_compute_can")
    can_refuse = fields.Boolean(compute="_compute_can")

    _invoice_amount_positive = models.Constraint(
        "CHECK (invoice_amount >= 0)", "The amount of an invoice is not negative."
    )
    _invoice_key_idx = models.Index("(invoice_key) WHERE invoice_key IS NOT NULL")
    _asked_idx = models.Index(
        "(company_id, id) WHERE purchase_request = 'asked' AND state = 'draft'"
    )

    @api.model
    def _get_closed_fields(self):
        return super()._get_closed_fields() | {
            "purchase_request",
            "purchase_asked_at",
            "purchase_granted_at",
            "purchase_granted_by_id",
            "purchase_granted_amount",
            "invoice_key",
        }

    @api.depends("invoice_number")
    def _compute_invoice_key(self):
        for claim in self:
            claim.invoice_key = get_typed_key(claim.invoice_number) or False

    @api.constrains("date_invoice")
    def _check_date_invoice(self):
        for claim in self.filtered("date_invoice"):
            if claim.date_invoice > claim.company_id._get_sales_today():
                raise ValidationError(
                    self.env._("The day of the invoice lies in the future.")
                )

    # ---------------------------------------------------------------------- steps

    def _get_cannot_ask(self):
        _ = self.env._
        reasons = {}
        for claim in self:
            if claim.kind != "purchase":
                text = _("only an outside purchase is asked for.")
            elif claim.purchase_request in BOUND:
                text = _("it was asked for already.")
            elif not claim.line_ids.filtered(lambda row: row.line_type == "purchase"):
                text = _("add what you want to buy as a purchase.")
            elif not claim.purchase_reason:
                text = _("say why it is bought outside.")
            else:
                text = False
            reasons[claim.id] = text
        return reasons

    def _get_cannot_grant(self):
        return {
            claim.id: claim.purchase_request != "asked"
            and self.env._("no purchase is asked for.")
            for claim in self
        }

    def _get_cannot_withdraw(self):
        return {
            claim.id: claim.purchase_request not in BOUND
            and self.env._("no purchase is asked for.")
            for claim in self
        }

    def _get_cannot_refuse(self):
        return self._get_cannot_grant()

    def action_ask(self):
        """The station asks before it buys."""
        self._check_can("ask")
        self._write_guarded(
            {
                "purchase_request": "asked",
                "purchase_asked_at": fields.Datetime.now(),
                "cancel_reason_id": False,
                "reason_note": False,
            }
        )

    def action_grant(self):
        """The maker agrees to the purchase lines as they stand: who has looked at an
        earlier request looks again."""
        self._check_can("grant")
        self._check_request_seen(self.env.context.get("purchase_seen_at"))
        self._check_manager_amount()
        for claim in self:
            claim._write_guarded(
                {
                    "purchase_request": "granted",
                    "purchase_granted_at": fields.Datetime.now(),
                    "purchase_granted_by_id": self.env.uid,
                    "purchase_granted_amount": claim._get_purchase_sum(),
                }
            )

    def _check_request_seen(self, seen_at):
        """:param str seen_at: when what the form shows was asked for, if it says so"""
        seen = fields.Datetime.to_datetime(seen_at) if seen_at else None
        newer = self.filtered(lambda claim: seen and claim.purchase_asked_at != seen)
        if newer:
            raise UserError(
                self.env._(
                    "%(claims)s: the station has asked again in the meantime. Reload "
                    "and look at the new request.",
                    claims=", ".join(newer.mapped("name")),
                )
            )

    def action_withdraw(self):
        """The station has changed its mind: nothing is asked for or granted any
        more."""
        self._check_can("withdraw")
        self._write_guarded(
            {
                "purchase_request": "none",
                "purchase_asked_at": False,
                "purchase_granted_at": False,
                "purchase_granted_by_id": False,
                "purchase_granted_amount": 0,
            }
        )

    def action_refuse(self):
        return dict(self._ask_reason("refuse"), name=self.env._("Refuse the Purchase"))

    def _do_refuse(self, reason, note):
        self._write_guarded(
            {
                "purchase_request": "refused",
                "cancel_reason_id": reason.id,
                "reason_note": note,
            }
        )

    def _check_manager_amount(self):
        """Who may not approve an amount does not promise it either.

        :raises UserError: naming the claims
        """
        if self.env.uid == SUPERUSER_ID:
            return
        reasons = self._get_cannot_approve()
        refused = [f"{claim.name}: {reasons[claim.id]}" for claim in self]
        if any(reasons.values()):
            raise UserError("\n".join(refused))

    def _get_purchase_sum(self):
        """Sum of the purchase lines, in the claim's currency."""
        lines = self.line_ids.filtered(lambda line: line.line_type == "purchase")
        return self.currency_id.round(sum(lines.mapped("amount")))

    def _get_kind_lack(self):
        if self.kind != "purchase":
            return super()._get_kind_lack()
        if self.purchase_request == "asked":
            return self.env._("wait for the maker's answer to your request.")
        if not (self.vendor_name and self.invoice_key and self.date_invoice):
            return self.env._("enter vendor, number and day of the invoice.")
        if not self.invoice_amount:
            return self.env._("enter the amount of the invoice.")
        return False

    # ---------------------------------------------------------------------- facts

    def _get_rule_facts(self):
        facts = super()._get_rule_facts()
        purchases = self.filtered(lambda claim: claim.kind == "purchase")
        twins = purchases._get_invoice_twins()
        for claim in purchases:
            granted_at = claim.purchase_granted_at
            company = claim.company_id
            facts[claim.id]["purchase"] = {
                "request": claim.purchase_request,
                "granted": claim.purchase_granted_amount,
                "granted_day": company._get_sales_day(granted_at)
                if granted_at
                else None,
                "invoice_day": claim.date_invoice or None,
                "invoice": claim.invoice_amount,
                "claimed": claim._get_purchase_sum(),
                "currency_id": claim.currency_id.id,
                "twins": twins.get(claim.id, []),
            }
        return facts

    def _get_invoice_twins(self):
        """Other claims with the same invoice: its number, and the same vendor or day.

        :returns: {claim id: [(claim number, invoice number, station id)]}
        """
        if not self:
            return {}
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT claim.id, other.name, other.invoice_number, other.station_id
                  FROM after_sales_claim claim
                  JOIN after_sales_claim other
                    ON other.invoice_key = claim.invoice_key AND other.id != claim.id
                   AND other.company_id = claim.company_id
                   AND other.state NOT IN %(not_counted)s
                   AND (other.date_invoice = claim.date_invoice
                        OR lower(trim(other.vendor_name))
                           = lower(trim(claim.vendor_name)))
                 WHERE claim.id IN %(ids)s
                """,
                not_counted=NOT_COUNTED,
                ids=tuple(self.ids),
            )
        )
        twins = {}
        for claim_id, *twin in rows:
            twins.setdefault(claim_id, []).append(tuple(twin))
        return twins

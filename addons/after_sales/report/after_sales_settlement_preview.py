from odoo import api, fields, models
from odoo.tools import SQL, format_date

from odoo.addons.sales_base.tools.period import month_of
from odoo.addons.sales_base.tools.sheet import Column

from ..models.after_sales_old_part import RETURNED
from ..models.after_sales_settlement_line import (
    CHARGE_OFFSET,
    LINE_KINDS,
    PART_OFFSET,
)

#: the last day of the month looked at, an ISO date
UNTIL_KEY = "after_sales_settle_until"
STATUSES = [
    ("ready", "Would Be Settled"),
    ("held", "On Hold"),
    ("sent", "Month Was Sent Already"),
    ("later", "After the Month"),
]


class AfterSalesSettlementPreview(models.Model):
    """What a month would settle if it were settled now (AS-12): approved claims, parts
    that stations keep and open charges, each with what it waits for. It only reads.

    The month is the one in which the day of the context key lies, else last month.
    """

    _name = "after.sales.settlement.preview"
    _description = "Preview of the Settlement"
    _inherit = ["sales.sheet.mixin"]
    _auto = False
    _order = "station_id, id"
    _rec_name = "claim_id"
    _depends = {
        "after.sales.claim": [
            "state",
            "settlement_id",
            "station_id",
            "lot_id",
            "date_approved",
            "currency_id",
            "company_id",
            "amount_approved",
        ],
        "after.sales.charge": [
            "state",
            "station_id",
            "kind",
            "date",
            "claim_id",
            "currency_id",
            "company_id",
            "amount",
        ],
        "after.sales.old.part": [
            "state",
            "disposal",
            "date_due",
            "residual_settlement_id",
            "residual_amount",
            "station_id",
            "claim_id",
            "currency_id",
            "company_id",
        ],
        "after.sales.settlement": ["state", "station_id", "currency_id", "date_from"],
    }

    kind = fields.Selection(LINE_KINDS, readonly=True)
    status = fields.Selection(STATUSES, readonly=True)
    claim_id = fields.Many2one("after.sales.claim", readonly=True)
    charge_id = fields.Many2one("after.sales.charge", readonly=True)
    old_part_id = fields.Many2one(
        "after.sales.old.part", "Replaced Part", readonly=True
    )
    company_id = fields.Many2one("res.company", readonly=True)
    station_id = fields.Many2one("after.sales.station", readonly=True)
    lot_id = fields.Many2one("stock.lot", "Serial Number", readonly=True)
    date = fields.Date("Approved or Charged", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    amount = fields.Monetary(readonly=True)
    hold_part_id = fields.Many2one(
        "after.sales.old.part", "Overdue Part", readonly=True
    )
    settlement_id = fields.Many2one(
        "after.sales.settlement", "Settlement of the Month", readonly=True
    )
    sentence = fields.Char("Why It Waits", compute="_compute_sentence")

    @api.model
    def _get_month(self):
        """The month looked at, as ``Period``."""
        until = self.env.context.get(UNTIL_KEY)
        if until:
            return month_of(fields.Date.to_date(until))
        first = month_of(self.env.company._get_sales_today()).first
        return month_of(fields.Date.subtract(first, days=1))

    @property
    def _table_query(self):
        month = self._get_month()
        companies = self.env.companies
        days = SQL(", ").join(
            SQL("(%s, %s::date)", company.id, company._get_sales_today())
            for company in companies
        )
        return SQL(
            """
            WITH today (company_id, day) AS (VALUES %(days)s),
            -- the part that holds a claim: the one due first
            hold AS (
                SELECT DISTINCT ON (part.claim_id) part.claim_id, part.id AS part_id
                  FROM after_sales_old_part part
                  JOIN today ON today.company_id = part.company_id
                 WHERE part.state = 'at_station' AND part.disposal IN %(returned)s
                   AND part.date_due < today.day
                 ORDER BY part.claim_id, part.date_due, part.id
            ),
            month AS (
                SELECT id, station_id, currency_id, state
                  FROM after_sales_settlement
                 WHERE date_from = %(first)s AND state != 'cancelled'
            ),
            waiting AS (
                SELECT claim.id, claim.id AS claim_id, NULL::integer AS charge_id,
                       NULL::integer AS old_part_id, 'claim' AS kind,
                       claim.company_id, claim.station_id, claim.lot_id,
                       claim.date_approved AS date, claim.currency_id,
                       claim.amount_approved AS amount, hold.part_id AS hold_part_id
                  FROM after_sales_claim claim
                  LEFT JOIN hold ON hold.claim_id = claim.id
                 WHERE claim.state = 'approved' AND claim.settlement_id IS NULL
                   AND claim.kind != 'part_transfer'
                UNION ALL
                SELECT charge.id + %(charge_offset)s, charge.claim_id, charge.id,
                       NULL, charge.kind,
                       charge.company_id, charge.station_id, NULL,
                       charge.date, charge.currency_id,
                       charge.amount, NULL
                  FROM after_sales_charge charge
                 WHERE charge.state = 'open' AND charge.station_id IS NOT NULL
                UNION ALL
                SELECT part.id + %(part_offset)s, part.claim_id, NULL,
                       part.id, 'residual',
                       part.company_id, part.station_id, claim.lot_id,
                       CASE WHEN claim.settlement_id IS NULL
                            THEN claim.date_approved END, part.currency_id,
                       -part.residual_amount,
                       CASE WHEN claim.settlement_id IS NULL
                            THEN hold.part_id END
                  FROM after_sales_old_part part
                  JOIN after_sales_claim claim ON claim.id = part.claim_id
                  LEFT JOIN hold ON hold.claim_id = claim.id
                 WHERE part.residual_amount > 0
                   AND part.residual_settlement_id IS NULL
            )
            SELECT waiting.*, month.id AS settlement_id,
                   CASE WHEN waiting.date > %(last)s THEN 'later'
                        WHEN waiting.hold_part_id IS NOT NULL THEN 'held'
                        WHEN month.state != 'draft' THEN 'sent'
                        ELSE 'ready' END AS status
              FROM waiting
              LEFT JOIN month ON month.station_id = waiting.station_id
                             AND month.currency_id = waiting.currency_id
            """,
            days=days,
            returned=RETURNED,
            first=month.first,
            last=month.last,
            charge_offset=CHARGE_OFFSET,
            part_offset=PART_OFFSET,
        )

    @api.depends("status", "hold_part_id", "settlement_id")
    @api.depends_context(UNTIL_KEY)
    def _compute_sentence(self):
        month = format_date(self.env, self._get_month().first, date_format="MM/yyyy")
        for row in self:
            # sudo: a clerk reads which part holds the claim
            part_sudo = row.hold_part_id.sudo()
            if row.status == "held":
                row.sentence = self.env._(
                    "Replaced part %(part)s was to be sent back until %(date)s.",
                    part=part_sudo.name,
                    date=format_date(self.env, part_sudo.date_due),
                )
            elif row.status == "sent":
                row.sentence = self.env._(
                    "%(settlement)s of %(month)s was sent already; the next takes it.",
                    settlement=row.settlement_id.name,
                    month=month,
                )
            elif row.status == "later":
                row.sentence = self.env._(
                    "Dated %(date)s, after %(month)s.",
                    date=format_date(self.env, row.date),
                    month=month,
                )
            else:
                row.sentence = False

    def _get_sentences(self):
        return {row.id: row.sentence for row in self}

    @api.model
    def _get_sheet_title(self):
        return self.env._("Preview of the Settlement")

    @api.model
    def _get_sheet_columns(self):
        _ = self.env._
        return [
            Column("station_id.name", label=_("Station")),
            Column("kind"),
            Column("claim_id.name", label=_("Claim")),
            Column("charge_id.name", label=_("Charge")),
            Column("lot_id.name", label=_("Serial Number")),
            Column("date"),
            Column("amount", total=True),
            Column("status"),
            Column("sentence", label=_("Why It Waits"), getter="_get_sentences"),
        ]

from odoo import fields, models
from odoo.tools import SQL

from odoo.addons.sales_base.tools.sheet import Column


class SalesAssistantControlledDocumentBalance(models.Model):
    """SA-17b, F-13: what each hand had at the beginning of a month, what came, what
    went, what is left: opening + received + taken over - given away - used - voided =
    closing. A month without a movement has no row."""

    _name = "sales.assistant.controlled.document.balance"
    _inherit = ["sales.sheet.mixin"]
    _description = "Balance of Controlled Documents"
    _auto = False
    _order = "month desc, document_id, holder_id"

    _depends = {
        "sales.assistant.controlled.document.move": [
            "company_id",
            "date_done",
            "document_id",
            "from_id",
            "kind",
            "quantity",
            "state",
            "to_id",
        ],
    }

    document_id = fields.Many2one("sales.assistant.controlled.document", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    holder_id = fields.Many2one("res.users", "In the Hand of", readonly=True)
    month = fields.Date(readonly=True)
    opening = fields.Integer(readonly=True, aggregator=None)
    received = fields.Integer(readonly=True)
    taken = fields.Integer("Taken Over", readonly=True)
    given = fields.Integer("Given Away", readonly=True)
    used = fields.Integer(readonly=True)
    voided = fields.Integer(readonly=True)
    closing = fields.Integer(readonly=True, aggregator=None)

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT MIN(entry.id) AS id,
                   entry.document_id, entry.company_id, entry.holder_id, entry.month,
                   SUM(entry.received) AS received,
                   SUM(entry.taken) AS taken,
                   SUM(entry.given) AS given,
                   SUM(entry.used) AS used,
                   SUM(entry.voided) AS voided,
                   SUM(SUM(entry.net)) OVER hand - SUM(entry.net) AS opening,
                   SUM(SUM(entry.net)) OVER hand AS closing
              FROM (
                    SELECT 2 * move.id + side.place AS id,
                           move.document_id,
                           move.company_id,
                           CASE side.place WHEN 0 THEN move.from_id ELSE move.to_id END
                               AS holder_id,
                           date_trunc('month', move.date_done)::date AS month,
                           CASE WHEN side.place = 1 AND move.kind = 'receive'
                                THEN move.quantity ELSE 0 END AS received,
                           CASE WHEN side.place = 1 AND move.kind <> 'receive'
                                THEN move.quantity ELSE 0 END AS taken,
                           CASE WHEN side.place = 0
                                 AND move.kind NOT IN ('use', 'void', 'void_stock')
                                THEN move.quantity ELSE 0 END AS given,
                           CASE WHEN side.place = 0 AND move.kind = 'use'
                                THEN move.quantity ELSE 0 END AS used,
                           CASE WHEN side.place = 0
                                 AND move.kind IN ('void', 'void_stock')
                                THEN move.quantity ELSE 0 END AS voided,
                           CASE side.place WHEN 0
                                THEN -move.quantity ELSE move.quantity END AS net
                      FROM sales_assistant_controlled_document_move move
                CROSS JOIN (VALUES (0), (1)) side (place)
                     WHERE move.state = 'done'
                   ) entry
             WHERE entry.holder_id IS NOT NULL
             GROUP BY entry.document_id, entry.company_id, entry.holder_id, entry.month
            WINDOW hand AS (
                PARTITION BY entry.document_id, entry.holder_id ORDER BY entry.month)
            """
        )

    def _get_sheet_title(self):
        return self.env._("Balance of Controlled Documents")

    def _get_sheet_columns(self):
        return [
            Column("month"),
            Column("document_id"),
            Column("holder_id"),
            Column("opening"),
            Column("received", total=True),
            Column("taken", total=True),
            Column("given", total=True),
            Column("used", total=True),
            Column("voided", total=True),
            Column("closing"),
        ]

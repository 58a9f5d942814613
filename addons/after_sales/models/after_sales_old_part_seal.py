from odoo import api, fields, models
from odoo.tools import SQL

from ..tools.custody import GENESIS, SEAL_FIELDS, hash_link

#: parts sealed by one row; a bigger day has several
SEAL_SIZE = 5000


class AfterSalesOldPartSeal(models.Model):
    """The daily seal over the chains of a company (B-02).

    It lists the heads that have changed since the seal before; together the seals hold
    the last head of every part. So a cut tail shows, and a part that is gone with all
    its moves. The seals are a chain themselves.
    """

    _name = "after.sales.old.part.seal"
    _description = "Daily Seal of Replaced Parts"
    _inherit = ["after.sales.sealed.mixin"]
    _order = "company_id, sequence desc"
    _sealed_columns = (
        "company_id",
        "sequence",
        "date",
        "sealed_at",
        "entries",
        "part_count",
        "previous_hash",
        "hash",
    )

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, ondelete="restrict"
    )
    sequence = fields.Integer(required=True, readonly=True)
    date = fields.Date(required=True, readonly=True)
    sealed_at = fields.Datetime(required=True, readonly=True)
    part_count = fields.Integer("Parts Sealed", readonly=True)
    entries = fields.Json(readonly=True, required=True)
    previous_hash = fields.Char(required=True, readonly=True)
    hash = fields.Char(required=True, readonly=True)

    _sequence_uniq = models.UniqueIndex(
        "(company_id, sequence)", "This seal exists already."
    )

    @api.depends("date", "sequence")
    def _compute_display_name(self):
        for seal in self:
            seal.display_name = f"{seal.sequence} · {seal.date}"

    @api.model
    def _cron_seal(self):
        """Seal what has moved in every company."""
        for company in self.env["res.company"].search([]):
            while self._seal(company):
                self.env["ir.cron"]._commit_progress()

    @api.model
    def _seal(self, company):
        """Seal the heads that changed since the last seal.

        :returns: the new seal; empty when nothing has moved
        """
        # sudo: the system seals; nobody else writes what it writes
        parts_sudo = (
            self.env["after.sales.old.part"]
            .sudo()
            .search(
                [("company_id", "=", company.id), ("is_sealed", "=", False)],
                order="id",
                limit=SEAL_SIZE,
            )
        )
        parts_sudo = parts_sudo.try_lock_for_update()
        if not parts_sudo:
            return self.browse()
        last = self.search([("company_id", "=", company.id)], limit=1)
        now = fields.Datetime.now()
        vals = {
            "company_id": company.id,
            "sequence": last.sequence + 1,
            "date": company._get_sales_day(now),
            "sealed_at": now,
            "part_count": len(parts_sudo),
            "entries": [
                [part.id, part.name, part.chain_length, part.chain_head]
                for part in parts_sudo
            ],
            "previous_hash": last.hash or GENESIS,
        }
        vals["hash"] = hash_link(
            self._get_sealed_values(vals), SEAL_FIELDS, vals["previous_hash"]
        )
        for part in parts_sudo:
            part.sealed_length = part.chain_length
        return self.create(vals)

    @api.model
    def _get_sealed_values(self, vals):
        return {
            **vals,
            "sealed_at": fields.Datetime.to_string(vals["sealed_at"]),
            "date": fields.Date.to_string(vals["date"]),
        }

    @api.model
    def _fetch_seals(self, company):
        """Seals as they lie in the database, in their order."""
        self.flush_model()
        rows = self.env.execute_query_dict(
            SQL(
                """
                SELECT company_id, sequence, date, sealed_at, entries, previous_hash,
                       hash
                  FROM after_sales_old_part_seal
                 WHERE company_id = %s
                 ORDER BY sequence, id
                """,
                company.id,
            )
        )
        return [
            {**self._get_sealed_values(row), "name": fields.Date.to_string(row["date"])}
            for row in rows
        ]

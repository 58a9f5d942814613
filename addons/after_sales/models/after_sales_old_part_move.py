from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ..tools.custody import GENESIS, MOVE_FIELDS, hash_link
from .after_sales_old_part import CONDITIONS, PART_STATES


class AfterSalesOldPartMove(models.Model):
    """A link of a part's chain of custody (AS-10, B-02): who, when, from, to, in which
    condition. It is added by a step of the part and never changed; it carries the hash
    of the link before."""

    _name = "after.sales.old.part.move"
    _description = "Move of a Replaced Part"
    _inherit = ["after.sales.sealed.mixin"]
    _order = "part_id, sequence"
    _rec_name = "part_id"
    _sealed_columns = (
        "part_id",
        "sequence",
        "moved_at",
        "date",
        "user_id",
        "from_state",
        "to_state",
        "partner_id",
        "shipment_id",
        "condition",
        "note",
        "quantity",
        "station_id",
        "product_id",
        "previous_hash",
        "hash",
    )

    part_id = fields.Many2one(
        "after.sales.old.part",
        required=True,
        readonly=True,
        index=True,
        ondelete="restrict",
    )
    sequence = fields.Integer(required=True, readonly=True)
    moved_at = fields.Datetime("When", required=True, readonly=True)
    date = fields.Date(required=True, readonly=True)
    user_id = fields.Many2one("res.users", "Who", required=True, readonly=True)
    from_state = fields.Selection(PART_STATES, "From", readonly=True)
    to_state = fields.Selection(PART_STATES, "To", required=True, readonly=True)
    partner_id = fields.Many2one(
        "res.partner", "In the Hands Of", readonly=True, ondelete="restrict"
    )
    shipment_id = fields.Many2one(
        "after.sales.part.shipment",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    condition = fields.Selection(CONDITIONS, required=True, readonly=True)
    note = fields.Char(readonly=True)
    # what moves: repeated here, so that the chain seals it
    quantity = fields.Float(digits="Product Unit", required=True, readonly=True)
    station_id = fields.Many2one(
        "after.sales.station", required=True, readonly=True, ondelete="restrict"
    )
    product_id = fields.Many2one(
        "product.product", required=True, readonly=True, ondelete="restrict"
    )
    previous_hash = fields.Char(required=True, readonly=True)
    hash = fields.Char(required=True, readonly=True)

    _sequence_uniq = models.UniqueIndex(
        "(part_id, sequence)", "This part has moved already. Reload and look again."
    )
    _ledger_idx = models.Index("(date, station_id, product_id)")

    @api.model
    def _add(self, parts, to_state, moved_on=None, **values):
        """Add a link to the chain of each part, and its head to the part.

        The caller has locked the parts.

        :param parts: ``after.sales.old.part`` in sudo
        :param str to_state: where they go
        :param date moved_on: the day, for histories that are taken over; default: now
        :param values: ``condition``, ``note``, ``partner_id``, ``shipment_id``, each a
            value for all or a dict by part
        """
        moment = fields.Datetime.now()
        if moved_on:
            moment = fields.Datetime.to_datetime(moved_on) + timedelta(hours=4)
        vals_list = []
        for part in parts:
            own = {
                key: value.get(part) if isinstance(value, dict) else value
                for key, value in values.items()
            }
            vals = {
                "part_id": part.id,
                "sequence": part.chain_length + 1,
                "moved_at": moment,
                "date": part.company_id._get_sales_day(moment),
                "user_id": self.env.uid,
                "from_state": part.chain_length and part.state or False,
                "to_state": to_state,
                "partner_id": own.get("partner_id") or False,
                "shipment_id": own.get("shipment_id") or False,
                "condition": own.get("condition") or part.condition,
                "note": own.get("note") or False,
                "quantity": part.quantity,
                "station_id": part.station_id.id,
                "product_id": part.product_id.id,
                "previous_hash": part.chain_head or GENESIS,
            }
            vals["hash"] = hash_link(
                self._get_sealed_values(part.name, vals),
                MOVE_FIELDS,
                vals["previous_hash"],
            )
            vals_list.append(vals)
        for part, vals in zip(parts, vals_list, strict=True):
            part.write(
                {
                    "chain_head": vals["hash"],
                    "chain_length": vals["sequence"],
                    "state": to_state,
                    "condition": vals["condition"],
                    "holder_id": vals["partner_id"],
                    "moved_at": moment,
                }
            )
        return self.create(vals_list)

    @api.model
    def _get_sealed_values(self, part_name, vals):
        """Values of a move as they are hashed: the same from Python and from SQL."""
        return {
            **{name: vals.get(name) or None for name in MOVE_FIELDS},
            "part_name": part_name,
            "quantity": f"{float(vals['quantity']):.6f}",
            "moved_at": fields.Datetime.to_string(vals["moved_at"]),
            "date": fields.Date.to_string(vals["date"]),
        }

    @api.model
    def _fetch_chains(self, part_ids):
        """Moves as they lie in the database, past every cache.

        :param list part_ids: ids, of parts that may be gone
        :returns: {part id: list of dicts as ``tools.custody`` takes them}
        """
        self.flush_model()
        rows = self.env.execute_query_dict(
            SQL(
                """
                SELECT move.*, part.name AS part_name
                  FROM after_sales_old_part_move move
                  LEFT JOIN after_sales_old_part part ON part.id = move.part_id
                 WHERE move.part_id IN %s
                 ORDER BY move.part_id, move.sequence, move.id
                """,
                tuple(part_ids),
            )
        )
        chains = {}
        for row in rows:
            chains.setdefault(row["part_id"], []).append(
                {
                    **self._get_sealed_values(row["part_name"], row),
                    "previous_hash": row["previous_hash"],
                    "hash": row["hash"],
                }
            )
        return chains

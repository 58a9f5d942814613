# pylint: disable=consider-merging-classes-inherited
# Own file: finding what was changed past the application is one concept.
from odoo import api, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

from ..tools.custody import (
    Break,
    find_break,
    find_seal_break,
    find_sealed_break,
    replay_seals,
)

#: chains read at a time
CHUNK = 2000
#: columns of the part that its last move knows too
MIRRORED = {
    "state": "to_state",
    "station_id": "station_id",
    "product_id": "product_id",
    "quantity": "quantity",
}


class AfterSalesOldPart(models.Model):
    """The verifier of the chains (B-02): it reads the rows as they lie in the database
    and names the first broken link of each chain."""

    _inherit = "after.sales.old.part"

    def action_verify(self):
        """Button of the form: these chains."""
        self.check_access("read")
        breaks = []
        for company, parts in self.grouped("company_id").items():
            breaks += self._find_breaks(company, parts.ids)
        return self._get_verdict(breaks, len(self))

    @api.model
    def action_verify_all(self):
        """Button of the list: every chain and every seal of the company."""
        if not self.env.user.has_group("after_sales.group_after_sales_user"):
            raise AccessError(self.env._("Only the maker verifies all chains."))
        company = self.env.company
        # sudo: only a count
        count = self.sudo().search_count([("company_id", "=", company.id)])
        return self._get_verdict(self._find_breaks(company), count)

    @api.model
    def _get_verdict(self, breaks, count):
        if breaks:
            first = self._get_break_sentence(breaks[0])
            text = self.env._(
                "%(sentence)s Broken chains in all: %(count)s.",
                sentence=first,
                count=len(breaks),
            )
        else:
            text = self.env._("All chains are whole: %(count)s.", count=count)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "danger" if breaks else "success",
                "title": self.env._("Chain of Custody"),
                "message": text,
                "sticky": bool(breaks),
            },
        }

    @api.model
    def _get_break_sentence(self, broken):
        """What is wrong and where, in the reader's language."""
        _ = self.env._
        values = {"name": broken.name, "sequence": broken.sequence}
        return {
            "changed": lambda: _("%(name)s: move %(sequence)s was changed.", **values),
            "deleted": lambda: _("%(name)s: move %(sequence)s is missing.", **values),
            "inserted": lambda: _(
                "%(name)s: move %(sequence)s was put in afterwards.", **values
            ),
            "head": lambda: _(
                "%(name)s: the head of the chain does not fit move %(sequence)s.",
                **values,
            ),
            "part_changed": lambda: _(
                "%(name)s: the part does not fit its last move, %(sequence)s.", **values
            ),
            "part_deleted": lambda: _(
                "%(name)s: the part is gone with all its moves; sealed were "
                "%(sequence)s.",
                **values,
            ),
            "seal_changed": lambda: _(
                "Daily seal %(sequence)s of %(name)s was changed.", **values
            ),
            "seal_deleted": lambda: _(
                "%(name)s: daily seal %(sequence)s is missing.", **values
            ),
        }[broken.kind]()

    @api.model
    def _find_breaks(self, company, part_ids=None):
        """The first broken link of every chain that is broken.

        :param company: whose parts
        :param list part_ids: only these parts; default: all, those that are gone too
        :returns: list of ``tools.custody.Break``, seals first, then in order of parts
        """
        self.flush_model()
        # sudo: whoever may see a part may have its chain checked
        seals = self.env["after.sales.old.part.seal"].sudo()._fetch_seals(company)
        seal_break = find_seal_break(seals)
        sealed = replay_seals(seals)
        parts = self._fetch_parts(company, part_ids)
        ids = sorted(part_ids or parts.keys() | sealed.keys())
        breaks = [seal_break] if seal_break else []
        moves_sudo = self.env["after.sales.old.part.move"].sudo()  # sudo: as above
        for start in range(0, len(ids), CHUNK):
            chunk = ids[start : start + CHUNK]
            chains = moves_sudo._fetch_chains(chunk)
            for part_id in chunk:
                broken = self._find_part_break(
                    parts.get(part_id), chains.get(part_id, []), sealed.get(part_id)
                )
                if broken:
                    breaks.append(broken)
        return breaks

    @api.model
    def _find_part_break(self, part, moves, entry):
        """:param dict part: its row, None if it is gone
        :param list moves: its chain
        :param dict entry: what the seals say of it, None if nothing
        """
        if part is None:
            return Break("part_deleted", entry["name"], entry["length"])
        broken = find_break(
            part["name"], moves, part["chain_length"], part["chain_head"]
        )
        if broken:
            return broken
        if entry:
            broken = find_sealed_break(entry, moves)
            if broken:
                return broken
        if part["sealed_length"] > (entry["length"] if entry else 0):
            return Break("seal_deleted", part["name"], part["sealed_length"])
        last = moves[-1]
        if any(part[own] != last[theirs] for own, theirs in MIRRORED.items()):
            return Break("part_changed", part["name"], len(moves))
        return None

    @api.model
    def _fetch_parts(self, company, part_ids):
        condition = SQL("company_id = %s", company.id)
        if part_ids:
            condition = SQL("%s AND id IN %s", condition, tuple(part_ids))
        rows = self.env.execute_query_dict(
            SQL(
                """
                SELECT id, name, state, station_id, product_id, quantity,
                       COALESCE(chain_length, 0) AS chain_length, chain_head,
                       COALESCE(sealed_length, 0) AS sealed_length
                  FROM after_sales_old_part
                 WHERE %s
                """,
                condition,
            )
        )
        for row in rows:
            row["quantity"] = f"{float(row['quantity']):.6f}"
        return {row["id"]: row for row in rows}

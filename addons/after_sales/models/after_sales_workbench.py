from odoo import api, models
from odoo.exceptions import AccessError, UserError

from .after_sales_board_persona import WORKBENCH
from .after_sales_claim import REVIEWED
from .after_sales_claim_steps import AUDITOR

#: claims the queue at the left names; the rest is one list away
QUEUE_ROWS = 60
#: steps that are taken from here, and the usage of their reasons
REASON_USAGES = {
    "cut": "after_sales_cut",
    "return": "after_sales_return",
    "reject": "after_sales_reject",
}


class AfterSalesWorkbench(models.AbstractModel):
    """Where auditors decide claims one after another (AS-08): the queue, the claim with
    its verdicts beside photos and history, a decision per line and on the whole, and
    the next claim at once.

    It decides nothing itself: every step is the claim's own, with its guards. Whoever
    decides names the submission he has seen, so that nobody approves what has changed.
    """

    _name = "after.sales.workbench"
    _description = "Auditor's Workbench"

    @api.model
    @api.readonly
    def open_workbench(self, lane="review", claim_id=False):
        """Everything the page shows first.

        :param str lane: a lane of the board
        :param int claim_id: the claim to begin with; else the first of the queue
        :returns: ``{"queue": see get_queue, "claim": see get_claim, "reasons"}``
        """
        queue = self.get_queue(lane)
        ids = [row["id"] for row in queue["rows"]]
        first = claim_id or (ids[0] if ids else False)
        return {
            "queue": queue,
            "claim": self.get_claim(first) if first else False,
            "reasons": self._get_reasons(),
        }

    @api.model
    @api.readonly
    def get_queue(self, lane="review"):
        """Claims that wait, as on the board's lane, most urgent first.

        :returns: ``{"lane", "lanes": [{"key", "title", "count"}], "rows": [...]}``
        """
        self._check_auditor()
        board = self.env["after.sales.board"]
        lanes = self._get_queue_lanes(board)
        chosen = lanes.get(lane) or lanes["review"]
        claims = self.env["after.sales.claim"]
        found = claims.search_fetch(
            chosen["domain"],
            [*chosen["fields"], "auditor_id"],
            order=chosen["order"],
            limit=QUEUE_ROWS,
        )
        return {
            "lane": chosen["key"],
            "lanes": [
                {
                    "key": key,
                    "title": row["title"],
                    "count": claims.search_count(row["domain"]),
                }
                for key, row in lanes.items()
            ],
            "rows": [self._get_queue_row(board, claim) for claim in found],
        }

    @api.model
    def _get_queue_lanes(self, board):
        """Lanes of the board that are worked through here."""
        return {
            row["key"]: row
            for row in board._get_shown_lanes()
            if row.get("row_action") == WORKBENCH
        }

    @api.model
    def _check_auditor(self):
        if not self.env.user.has_group(AUDITOR):
            raise AccessError(self.env._("The workbench is the auditors'."))

    @api.model
    def _get_queue_row(self, board, claim):
        """A row as on the board; who has taken the claim into review is named."""
        in_review = claim.state == "in_review" and claim.auditor_id
        return {
            "id": claim.id,
            "verdict": claim.verdict,
            "auditor": in_review.name if in_review else False,
            "is_mine": in_review == self.env.user if in_review else False,
            **board._get_claim_row(claim),
        }

    @api.model
    def _get_reasons(self):
        """``{step: [{"id", "name", "is_note_required"}]}``"""
        reasons = self.env["sales.reason"].search_fetch(
            [
                ("usage", "in", list(REASON_USAGES.values())),
                ("company_id", "in", [*self.env.companies.ids, False]),
            ],
            ["name", "usage", "is_note_required"],
        )
        return {
            step: [
                {
                    "id": reason.id,
                    "name": reason.name,
                    "is_note_required": reason.is_note_required,
                }
                for reason in reasons
                if reason.usage == usage
            ]
            for step, usage in REASON_USAGES.items()
        }

    # ------------------------------------------------------------------- decisions

    @api.model
    def decide_line(self, line_id, revision, decision, values=None):
        """Decide one line; the claim is taken into review by it, so that other auditors
        see who is at it.

        :param int line_id: line of a claim in review
        :param int revision: submission that was seen
        :param str decision: approved, cut, rejected, or False for undecided
        :param dict values: ``amount``, ``reason_id``, ``note`` of a cut or a rejection
        :returns: see ``get_claim``
        :raises UserError: why not
        """
        line = self.env["after.sales.claim.line"].browse(line_id).exists()
        claim = self._get_seen_claim(line.claim_id, revision)
        if claim.state == "submitted":
            claim.action_review()
        line.write(self._prepare_decision(line, decision, values or {}))
        line._check_decisions()
        return self.get_claim(claim.id)

    @api.model
    def _prepare_decision(self, line, decision, values):
        vals = {"decision": decision or False, "cut_reason_id": False}
        if decision in ("cut", "rejected"):
            vals["cut_reason_id"] = values.get("reason_id") or False
        if decision == "cut":
            vals["approved_amount"] = values.get("amount") or 0.0
        if "note" in values:
            vals["decision_note"] = values["note"] or False
        return vals

    @api.model
    def take_step(self, claim_id, revision, verb, values=None):
        """Approve, return or reject a claim as a whole, and go on to the next.

        :param int claim_id: the claim
        :param int revision: submission that was seen
        :param str verb: approve, return or reject
        :param dict values: ``lane`` that is worked through, ``then`` the claim to go on
            with if it still waits; ``reason_id`` and ``note`` of a return or rejection
        :returns: ``queue`` and ``claim`` as of ``open_workbench``
        :raises UserError: why not
        """
        values = values or {}
        claim = self._get_seen_claim(
            self.env["after.sales.claim"].browse(claim_id).exists(), revision
        )
        if verb == "approve":
            claim.action_approve()
        elif verb in ("return", "reject"):
            self._take_with_reason(claim, verb, values)
        else:
            raise UserError(self.env._("There is no such step."))
        queue = self.get_queue(values.get("lane"))
        ids = [row["id"] for row in queue["rows"]]
        then = values.get("then")
        next_id = then if then in ids else (ids[0] if ids else False)
        return {"queue": queue, "claim": self.get_claim(next_id) if next_id else False}

    @api.model
    def _take_with_reason(self, claim, verb, values):
        wizards = self.env["sales.step.reason"]
        wizards.create(
            {
                "res_model": claim._name,
                "res_ids": claim.ids,
                "verb": verb,
                "usage": REASON_USAGES[verb],
                "reason_id": values.get("reason_id"),
                "note": values.get("note"),
            }
        ).action_apply()

    @api.model
    def _get_seen_claim(self, claim, revision):
        """The claim, locked, if it still is what the auditor has before him.

        :raises UserError: decided, returned or submitted again in the meantime
        """
        self._check_auditor()
        if not claim:
            raise UserError(self.env._("This claim does not exist any more."))
        claim.check_access("write")
        claim._lock_for_step()
        states = dict(claim._fields["state"]._description_selection(self.env))
        if claim.state not in REVIEWED:
            raise UserError(
                self.env._(
                    "%(claim)s is not in review any more: %(state)s by %(person)s.",
                    claim=claim.name,
                    state=states[claim.state],
                    person=claim.auditor_id.name or claim.write_uid.name,
                )
            )
        if claim.revision != revision:
            raise UserError(
                self.env._(
                    "%s was submitted again since you opened it. Look at it anew.",
                    claim.name,
                )
            )
        return claim

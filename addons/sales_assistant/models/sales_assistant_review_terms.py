# pylint: disable=consider-merging-classes-inherited
# Showing the terms and their difference is a concept of its own beside the data.
from markupsafe import Markup

from odoo import api, models

from odoo.addons.sales_base.tools import snapshot


class SalesAssistantReview(models.Model):
    """SA-11: the terms that were reviewed, and what differs from the review before
    (根据合同更改记录重新进行合同评审, S0 职责三), in the reader's language."""

    _inherit = "sales.assistant.review"

    @api.depends("terms", "previous_id.terms")
    @api.depends_context("lang")
    def _compute_terms_html(self):
        for review in self:
            review.terms_html = review._render_terms()
            review.changes_html = review._render_changes()

    def _render_terms(self):
        if not self.terms:
            return False
        # sudo: who may read the review may read the labels of what was reviewed
        order_sudo = self.order_id.sudo()
        rows = [
            (order_sudo._fields[name]._description_string(self.env), value["shown"])
            for name, value in self.terms["fields"].items()
            if value["shown"]
        ]
        head = Markup("").join(
            Markup("<tr><th class='text-muted fw-normal pe-4'>%s</th><td>%s</td></tr>")
            % row
            for row in rows
        )
        lines = self.terms["lines"]["order_line"]
        names = list(lines[0]["fields"]) if lines else []
        line_fields = self.env["sale.order.line"]._fields
        labels = [line_fields[name]._description_string(self.env) for name in names]
        titles = Markup("").join(Markup("<th>%s</th>") % label for label in labels)
        body = Markup("").join(
            Markup("<tr>%s</tr>")
            % Markup("").join(
                Markup("<td>%s</td>") % line["fields"][name]["shown"] for name in names
            )
            for line in lines
        )
        return Markup(
            "<table class='table table-sm table-borderless w-auto mb-3'>%s</table>"
            "<table class='table table-sm'><thead><tr>%s</tr></thead>"
            "<tbody>%s</tbody></table>"
        ) % (head, titles, body)

    def _render_changes(self):
        """What differs from the terms reviewed before."""
        before = self.previous_id.sudo().terms  # sudo: as for this review's own terms
        if not before or not self.terms:
            return False
        order_sudo = self.order_id.sudo()  # sudo: only the labels of its fields
        rows = self._get_change_rows(order_sudo, before, self.terms)
        if not rows:
            return False
        _ = self.env._
        head = Markup("<tr><th>%s</th><th>%s</th><th>%s</th></tr>") % (
            _("Term"),
            _("Before"),
            _("Now"),
        )
        body = Markup("").join(
            Markup("<tr><td>%s</td><td class='text-muted'>%s</td><td>%s</td></tr>")
            % row
            for row in rows
        )
        return Markup(
            "<table class='table table-sm'><thead>%s</thead><tbody>%s</tbody></table>"
        ) % (head, body)

    @api.model
    def _get_change_rows(self, order, before, now):
        """Differences in words.

        :returns: list of (label, shown before, shown now)
        """
        names = {
            line["key"]: line["shown"]
            for terms in (before, now)
            for line in terms["lines"]["order_line"]
        }
        rows = []
        for change in snapshot.compare(before, now):
            label = order._get_snapshot_label(change)
            if change["list"] and change["field"]:
                label = f"{names.get(change['key'], '')} · {label}"
            rows.append((label, change["before"] or "–", change["after"] or "–"))
        return rows

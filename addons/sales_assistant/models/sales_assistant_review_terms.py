# pylint: disable=consider-merging-classes-inherited
# Showing the terms and their difference is a concept of its own beside the data.
from markupsafe import Markup

from odoo import api, models
from odoo.tools import format_date

from odoo.addons.sales_base.tools import snapshot

from ..tools.terms import LINE_TERMS, ORDER_TERMS


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
        return self._render_contents(self.terms) if self.terms else False

    @api.model
    def _render_contents(self, terms):
        """Terms of an order, in their order: JSON does not keep it."""
        return Markup(
            "<table class='table table-sm table-borderless w-auto mb-3'>%s</table>"
            "<table class='table table-sm'>%s</table>"
        ) % (
            self._render_order_terms(terms["fields"]),
            self._render_line_terms(terms["lines"]["order_line"]),
        )

    def _render_order_terms(self, values):
        order_fields = self.env["sale.order"]._fields
        row = Markup(
            "<tr><th class='text-muted fw-normal pe-4'>%s</th><td>%s</td></tr>"
        )
        return Markup("").join(
            row
            % (
                order_fields[name]._description_string(self.env),
                self._show(order_fields[name], values[name]["shown"]),
            )
            for name in ORDER_TERMS
            if values.get(name, {}).get("shown")
        )

    def _render_line_terms(self, lines):
        line_fields = self.env["sale.order.line"]._fields
        columns = [
            (name, "text-end" if line_fields[name].type == "float" else "text-start")
            for name in LINE_TERMS
        ]
        titles = Markup("").join(
            Markup("<th class='%s'>%s</th>")
            % (side, line_fields[name]._description_string(self.env))
            for name, side in columns
        )
        body = Markup("").join(
            Markup("<tr>%s</tr>")
            % Markup("").join(
                Markup("<td class='%s'>%s</td>") % (side, line["fields"][name]["shown"])
                for name, side in columns
            )
            for line in lines
        )
        return Markup("<thead><tr>%s</tr></thead><tbody>%s</tbody>") % (titles, body)

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
            label, field = order._get_snapshot_label(change), None
            if change["list"] and change["field"]:
                label = f"{names.get(change['key'], '')} · {label}"
            elif not change["list"]:
                field = order._fields.get(change["field"])
            shown = [self._show(field, change[side]) for side in ("before", "after")]
            rows.append((label, *shown))
        return rows

    @api.model
    def _show(self, field, shown):
        """A term as the reader writes it."""
        if not shown:
            return "–"
        if field and field.type == "boolean":
            return self.env._("Yes")
        return format_date(self.env, shown) if field and field.type == "date" else shown

# pylint: disable=consider-merging-classes-inherited
# The check of a document set is a concept of its own beside that of an order.
from markupsafe import Markup

from odoo import api, fields, models

from .sales_assistant_document_set_check import GOODS_TERMS, ITEM_TERMS, SET_TERMS


class SalesAssistantCheck(models.Model):
    """SA-13, SA-17a: a document set is checked before it is handed in."""

    _inherit = "sales.assistant.check"

    document_set_id = fields.Many2one(
        "sales.assistant.document.set",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="cascade",
    )

    _current_set_uniq = models.UniqueIndex(
        "(document_set_id) WHERE state <> 'superseded' AND document_set_id IS NOT NULL",
        "This document has a check already.",
    )

    @api.model
    def _get_closed_fields(self):
        return super()._get_closed_fields() | {"document_set_id"}

    @api.depends("document_set_id.name")
    def _compute_display_name(self):
        result = super()._compute_display_name()
        for check in self.filtered("document_set_id"):
            set_sudo = check.document_set_id.sudo()  # sudo: a number is no secret
            check.display_name = f"{check.name} ({set_sudo.name})"
        return result

    def _get_document(self):
        # sudo: a checker may be asked from elsewhere
        return self.document_set_id.sudo() or super()._get_document()

    def _render_content(self):
        if self.kind != "document_set":
            return super()._render_content()
        sets = self.env["sales.assistant.document.set"]
        values = self.content["fields"]
        row = Markup(
            "<tr><th class='text-muted fw-normal pe-4'>%s</th>"
            "<td style='white-space: pre-line'>%s</td></tr>"
        )
        head = Markup("").join(
            row
            % (sets._fields[name]._description_string(self.env), values[name]["shown"])
            for name in SET_TERMS
            if values.get(name, {}).get("shown")
        )
        return Markup(
            "<table class='table table-sm table-borderless w-auto mb-3'>%s</table>%s%s"
        ) % (
            head,
            self._render_lines("line_ids", GOODS_TERMS),
            self._render_lines("item_ids", ITEM_TERMS, shown=True),
        )

    def _render_lines(self, name, terms, shown=False):
        """:param bool shown: the name of each line stands before its terms"""
        lines = self.content["lines"].get(name)
        if not lines:
            return ""
        field = self.env["sales.assistant.document.set"]._fields[name]
        line_fields = self.env[field.comodel_name]._fields
        titles = [line_fields[term]._description_string(self.env) for term in terms]
        if shown:
            titles.insert(0, field._description_string(self.env))
        head = Markup("").join(Markup("<th>%s</th>") % title for title in titles)
        body = Markup("").join(
            Markup("<tr>%s</tr>")
            % Markup("").join(
                Markup("<td>%s</td>") % cell
                for cell in (
                    *([line["shown"]] if shown else []),
                    *(self._show_term(line_fields[term], line) for term in terms),
                )
            )
            for line in lines
        )
        return Markup(
            "<table class='table table-sm'><thead><tr>%s</tr></thead>"
            "<tbody>%s</tbody></table>"
        ) % (head, body)

    def _show_term(self, field, line):
        """A kept value in the reader's language."""
        kept = line["fields"][field.name]
        if field.type == "selection":
            labels = dict(field._description_selection(self.env))
            return labels.get(kept["value"], kept["shown"])
        return kept["shown"]

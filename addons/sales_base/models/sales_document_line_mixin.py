from odoo import api, models


class SalesDocumentLineMixin(models.AbstractModel):
    """A line of a guarded document: closed and frozen together with it."""

    _name = "sales.document.line.mixin"
    _description = "Line of a Guarded Document"

    #: the many2one to the document
    _document_field = None
    #: fields that only steps of the document write
    _closed_fields = frozenset()
    #: fields that stay open when the document is frozen
    _open_when_frozen = frozenset()

    def copy_data(self, default=None):
        return [
            {
                key: value
                for key, value in vals.items()
                if key not in self._closed_fields
            }
            for vals in super().copy_data(default=default)
        ]

    def _has_field_access(self, field, operation):
        if (
            operation == "write"
            and not self.env.su
            and field.name in self._closed_fields
        ):
            return False
        return super()._has_field_access(field, operation)

    def _prepare_create_values(self, vals_list):
        vals_list = super()._prepare_create_values(vals_list)
        if not self.env.su:
            for fname in self._closed_fields:
                field = self._fields[fname]
                if field.precompute and field.readonly:
                    continue  # computed by Odoo just now, whatever defaults say
                value = field.default(self) if field.default else False
                for vals in vals_list:
                    if fname in vals:
                        vals[fname] = value
        return vals_list

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        if not self.env.su:
            lines._check_document_open({self._document_field})
        return lines

    def write(self, vals):
        if not self.env.su:
            self._check_document_open(vals)
        result = super().write(vals)
        if not self.env.su and self._document_field in vals:
            self._check_document_open(vals)
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_frozen(self):
        if not self.env.su:
            self._check_document_open({self._document_field})

    def _check_document_open(self, names):
        """Refuse a change of a line of a decided document.

        :param names: iterable of the field names that change
        :raises UserError: naming the documents
        """
        if set(names) - self._open_when_frozen:
            self[self._document_field]._check_not_frozen({self._document_field: True})

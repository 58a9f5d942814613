from odoo import api, fields, models
from odoo.tools import float_repr

from ..tools import snapshot


class SalesSnapshotMixin(models.AbstractModel):
    """An immutable picture of a document: raw values, what was shown, photo hashes.

    A model links it to its document (``_document_field``) and the document says what
    belongs in by ``_get_snapshot_spec``. Nobody writes or deletes one.
    """

    _name = "sales.snapshot.mixin"
    _description = "Snapshot"
    _order = "revision desc, id desc"

    #: the many2one to the document
    _document_field = None

    revision = fields.Integer(required=True, readonly=True)
    taken_at = fields.Datetime(
        required=True, readonly=True, default=fields.Datetime.now
    )
    user_id = fields.Many2one("res.users", "By", readonly=True, index=True)
    content = fields.Json(required=True, readonly=True)

    @api.model
    def _take(self, documents):
        """Take the next snapshot of each document.

        :param documents: recordset of the documents
        :returns: the snapshots, in the order of the documents
        """
        counted = dict(
            self._read_group(
                [(self._document_field, "in", documents.ids)],
                [self._document_field],
                ["revision:max"],
            )
        )
        contents = documents._get_snapshot_contents()
        return self.create(
            [
                {
                    self._document_field: document.id,
                    "revision": counted.get(document, 0) + 1,
                    "user_id": self.env.uid,
                    "content": contents[document.id],
                }
                for document in documents
            ]
        )

    def _get_changes(self, earlier):
        """What changed between ``earlier`` and this snapshot, with today's labels.

        :param earlier: snapshot of the same document, or an empty recordset
        :returns: list of dicts, see ``tools.snapshot.compare``, plus ``label``
        """
        self.ensure_one()
        changes = snapshot.compare(earlier.content or {}, self.content)
        document = self[self._document_field]
        for change in changes:
            change["label"] = document._get_snapshot_label(change)
        return changes

    def _get_side_by_side(self, earlier):
        """``earlier`` and this snapshot next to each other, with today's labels.

        :param earlier: snapshot of the same document
        :returns: list of blocks, see ``tools.snapshot.side_by_side``, plus ``label`` on
            each row and each list
        """
        self.ensure_one()
        document = self[self._document_field]
        blocks = snapshot.side_by_side(earlier.content or {}, self.content)
        spec = document._get_snapshot_spec()
        for block in blocks:
            # JSON keeps no order, the document does; what is empty in both is left out
            names = spec["lines"].get(block["list"], spec["fields"])
            places = {name: place for place, name in enumerate(names)}
            block["rows"] = sorted(
                (row for row in block["rows"] if row["before"] or row["after"]),
                key=lambda row: places.get(row["field"], len(places)),
            )
            place = {"list": block["list"], "field": False}
            block["label"] = block["list"] and document._get_snapshot_label(place)
            for row in block["rows"]:
                place = {"list": block["list"], "field": row["field"]}
                row["label"] = document._get_snapshot_label(place)
        return blocks


class SalesSnapshotSourceMixin(models.AbstractModel):
    """A document of which snapshots are taken."""

    _name = "sales.snapshot.source.mixin"
    _description = "Document with Snapshots"

    @api.model
    def _get_snapshot_spec(self):
        """Hook: what belongs in a snapshot.

        :returns: ``{"fields": [names], "lines": {one2many name: [names]}}``
        """
        return {"fields": [], "lines": {}}

    def _get_snapshot_photos(self):
        """Hook: ``{document id: [{"hash": sha256, "name": text}]}``."""
        return {}

    def _get_snapshot_contents(self):
        """Contents of one snapshot per document, see ``tools.snapshot``.

        :returns: {document id: dict}
        """
        spec = self._get_snapshot_spec()
        photos = self._get_snapshot_photos()
        return {
            document.id: {
                "fields": self._get_snapshot_values(document, spec["fields"]),
                "lines": {
                    name: [
                        {
                            "key": line.id,
                            "shown": line.display_name,
                            "fields": self._get_snapshot_values(line, line_fields),
                        }
                        for line in document[name]
                    ]
                    for name, line_fields in spec["lines"].items()
                },
                "photos": photos.get(document.id, []),
            }
            for document in self
        }

    @api.model
    def _get_snapshot_values(self, record, names):
        """Raw and shown value of ``names`` of one record.

        :returns: {name: {"value": JSON value, "shown": text}}
        """
        values = {}
        for name in names:
            field, value = record._fields[name], record[name]
            if field.relational:
                raw, shown = value.ids, ", ".join(value.mapped("display_name"))
            elif field.type in ("date", "datetime"):
                raw = field.to_string(value) if value else False
                shown = raw
            elif field.type == "selection":
                raw = value
                shown = dict(field._description_selection(self.env)).get(value, value)
            elif field.type in ("float", "monetary"):
                raw, shown = value, float_repr(value, 2)
            elif field.type == "boolean":
                raw, shown = value, value and self.env._("Yes")
            else:
                raw = shown = value
            values[name] = {"value": raw, "shown": str(shown or "")}
        return values

    def _get_snapshot_label(self, change):
        """Label of a change in the reader's language."""
        model, lines = self, change["list"]
        if lines == "photos":
            return self.env._("Photos")
        if lines:
            model = self.env[self._fields[lines].comodel_name]
        if not change["field"]:
            return self._fields[lines]._description_string(self.env)
        return model._fields[change["field"]]._description_string(self.env)

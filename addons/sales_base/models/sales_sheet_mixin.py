import base64
import tempfile
import uuid
from dataclasses import replace

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, format_date, format_datetime

from ..tools import sheet

#: rows fetched from the server's cursor at a time
CHUNK = 1000
FIELD_KINDS = {
    "char": "text",
    "text": "text",
    "html": "text",
    "selection": "text",
    "many2one": "text",
    "integer": "integer",
    "float": "float",
    "monetary": "money",
    "date": "date",
    "datetime": "datetime",
    "boolean": "boolean",
}


class SalesSheetMixin(models.AbstractModel):
    """A model whose records can be had as an XLSX sheet (F-09).

    The columns stand beside the model in ``_get_sheet_columns``. Stored columns are
    read by one SELECT through a cursor on the server; record rules, the user's
    companies and field groups hold as in the list.
    """

    _name = "sales.sheet.mixin"
    _description = "Records as a Sheet"

    # ------------------------------------------------------------------- hooks

    @api.model
    def _get_sheet_columns(self):
        """Hook: the columns, see ``tools.sheet.Column``."""
        return []

    @api.model
    def _get_sheet_title(self):
        """Hook: the title, in the reader's language."""
        return self.env["ir.model"]._get(self._name).name

    # ------------------------------------------------------------------- entry points

    def action_download_sheet(self):
        """The sheet of the selected records, or of the list's filter when nothing is
        selected; from a button or a list."""
        domain = [("id", "in", self.ids)]
        if not self:
            domain = self.env.context.get("active_domain") or []
        return {
            "type": "ir.actions.client",
            "tag": "sales_base.download_sheet",
            "params": {"model": self._name, "domain": list(domain)},
        }

    @api.model
    def _create_sheet_attachment(self, domain, order=None, period=None, record=None):
        """The sheet as an attachment, for crons and documents.

        :param domain: what the sheet lists
        :param record: record it is attached to
        :returns: ``ir.attachment``
        """
        with tempfile.TemporaryFile() as stream:
            self._write_sheet(stream, domain, order=order, period=period)
            stream.seek(0)
            content = stream.read()
        return self.env["ir.attachment"].create(
            {
                "name": f"{self._get_sheet_title()}.xlsx",
                "datas": base64.b64encode(content),
                "res_model": record._name if record else False,
                "res_id": record.id if record else False,
            }
        )

    @api.model
    def _write_sheet(self, stream, domain, order=None, period=None, filters=None):
        """Write the sheet of the records of ``domain`` the user may read.

        :param stream: binary file that can seek
        :param domain: what the sheet lists
        :param str order: default: the model's own
        :param Period period: first and last day, printed under the title
        :param str filters: the filters in words, printed under the title
        :returns: number of rows
        :raises AccessError: the user may not read the model
        """
        self.check_access("read")
        columns = self._resolve_sheet_columns()
        page = sheet.Sheet(
            title=self._get_sheet_title(),
            columns=columns,
            notes=self._get_sheet_notes(period, filters),
            total_label=self.env._("Total"),
            currencies=self._get_sheet_currencies(),
            yes=self.env._("Yes"),
            no=self.env._("No"),
        )
        return sheet.write(stream, page, self._iter_sheet_rows(columns, domain, order))

    @api.model
    def _parse_sheet_period(self, days):
        """Two ISO dates as a client sends them.

        :raises ValueError: not two dates in order
        """
        first, last = (fields.Date.to_date(day) for day in days)
        if first > last:
            raise ValueError("the period ends before it begins")
        return first, last

    # ------------------------------------------------------------------- parts

    def _get_sheet_notes(self, period, filters):
        notes = []
        if period:
            notes.append(
                self.env._(
                    "Period: %(first)s – %(last)s",
                    first=format_date(self.env, period[0]),
                    last=format_date(self.env, period[1]),
                )
            )
        if filters:
            notes.append(self.env._("Filters: %(filters)s", filters=filters))
        now = format_datetime(self.env, fields.Datetime.now())
        notes.append(
            self.env._(
                "%(company)s, printed by %(user)s on %(moment)s",
                company=self.env.company.name,
                user=self.env.user.name,
                moment=now,
            )
        )
        return notes

    def _get_sheet_currencies(self):
        """Number format of each currency: its symbol and decimal places."""
        # sudo: a currency's symbol is no secret
        currencies_sudo = (
            self.env["res.currency"].sudo().search([("active", "=", True)])
        )
        formats = {}
        for currency in currencies_sudo:
            digits = "#,##0" + ("." + "0" * currency.decimal_places).rstrip(".")
            symbol = '"' + currency.symbol.replace('"', "") + '"'
            parts = (
                (symbol, digits) if currency.position == "before" else (digits, symbol)
            )
            formats[currency.id] = " ".join(parts)
        return formats

    def _resolve_sheet_columns(self):
        """The columns this user may see, with label and kind from their fields."""
        resolved = []
        for column in self._get_sheet_columns():
            if column.groups and not self.env.user.has_groups(column.groups):
                continue
            if column.getter:
                resolved.append(replace(column, kind=column.kind or "text"))
                continue
            model, field = self._get_sheet_field(column.path)
            if field is None:
                continue
            kind = column.kind or FIELD_KINDS[field.type]
            currency = column.currency
            if kind == "money" and not currency:
                prefix = column.path.rpartition(".")[0]
                own = field.get_currency_field(model)
                currency = f"{prefix}.{own}" if prefix else own
            label = column.label or field._description_string(self.env)
            resolved.append(replace(column, kind=kind, currency=currency, label=label))
        return resolved

    def _get_sheet_field(self, path):
        """Model and field at the end of ``path``, or None for a field on the way that
        the user may not read."""
        model = self
        *links, last = path.split(".")
        for link in links:
            if not model._has_field_access(model._fields[link], "read"):
                return model, None
            model = self.env[model._fields[link].comodel_name]
        field = model._fields[last]
        return model, field if model._has_field_access(field, "read") else None

    # ------------------------------------------------------------------- rows

    def _iter_sheet_rows(self, columns, domain, order):
        """Rows for ``tools.sheet.write``; memory holds one chunk of them."""
        statement, converters, getters = self._get_sheet_statement(
            columns, domain, order
        )
        self.env.flush_all()
        name = f"sheet_{uuid.uuid4().hex}"
        with self.env.cr._cnx.cursor(name) as cursor:
            cursor.itersize = CHUNK
            cursor.execute(self.env.cr.mogrify(statement))
            if not converters and not getters:
                yield from cursor
                return
            while chunk := cursor.fetchmany(CHUNK):
                rows = [list(row) for row in chunk]
                for place, convert in converters:
                    for row in rows:
                        row[place] = convert(row[place])
                if getters:
                    self._fill_sheet_getters(rows, getters)
                yield from rows

    def _fill_sheet_getters(self, rows, getters):
        """Compute what is not stored for one chunk; the row's last value is its id."""
        records = self.browse([row[-1] for row in rows])
        for place, getter in getters:
            values = getattr(records, getter)()
            for row in rows:
                row[place] = values.get(row[-1])
        records.invalidate_recordset(flush=False)

    def _get_sheet_statement(self, columns, domain, order):
        """The SELECT of the sheet, what its values need afterwards and what the ORM
        computes.

        :returns: (SQL, [(place, function)], [(place, method name)])
        """
        query = self._search(Domain(domain), order=order or self._order)
        terms, converters, getters = [], [], []
        for column in columns:
            place = len(terms)
            if column.getter:
                getters.append((place, column.getter))
                terms.append(SQL("NULL"))
                if column.kind == "money":
                    terms.append(self._get_sheet_term(query, column.currency)[0])
                continue
            term, field = self._get_sheet_term(query, column.path)
            terms.append(term)
            convert = self._get_sheet_converter(field)
            if convert:
                converters.append((place, convert))
            if column.kind == "money":
                terms.append(self._get_sheet_term(query, column.currency, raw=True)[0])
        terms.append(SQL.identifier(query.table, "id"))
        return query.select(*terms), converters, getters

    def _get_sheet_term(self, query, path, raw=False):
        """SQL of a path; many2one links are joined, a final many2one gives its name.

        :param bool raw: the id of a final many2one
        """
        model, alias = self, query.table
        *links, last = path.split(".")
        for link in links:
            model, alias = self._join_sheet_link(query, model, alias, link)
        field = model._fields[last]
        if field.type == "many2one" and not raw:
            model, alias = self._join_sheet_link(query, model, alias, last)
            last = self._get_sheet_name_field(model)
            return self._get_sheet_own_term(query, model, alias, last), model._fields[
                last
            ]
        return self._get_sheet_own_term(query, model, alias, last), field

    def _join_sheet_link(self, query, model, alias, link):
        """Join the model behind a many2one into ``query``.

        :returns: (model, alias)
        """
        comodel = self.env[model._fields[link].comodel_name]
        joined = query.make_alias(alias, link)
        term = self._get_sheet_own_term(query, model, alias, link)
        condition = SQL("%s = %s", term, SQL.identifier(joined, "id"))
        query.add_join("LEFT JOIN", joined, comodel._table, condition)
        return comodel, joined

    @api.model
    def _get_sheet_name_field(self, model):
        """Field that names a record of a linked model by SQL."""
        field = model._fields.get(model._rec_name or "")
        return field.name if field and (field.store or field.related) else "id"

    def _get_sheet_own_term(self, query, model, alias, fname):
        # sudo: access to the fields of the path was asked in _resolve_sheet_columns; a
        # linked record shows its name here as it does in the list
        return model.sudo()._field_to_sql(alias, fname, query)

    @api.model
    def _get_sheet_converter(self, field):
        """What a raw value of ``field`` still needs in Python, or None."""
        if field.type == "selection":
            labels = dict(field._description_selection(self.env))
            return lambda value: labels.get(value, value)
        if field.type == "datetime":
            zone = self.env.tz

            def localize(value):
                if not value:
                    return value
                local = fields.Datetime.context_timestamp(self, value)
                return local.replace(tzinfo=None)

            return localize if zone.zone != "UTC" else None
        return None

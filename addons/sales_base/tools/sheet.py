"""The writer of every XLSX sheet: rows stream through it, memory does not grow.

A sheet has a title, the period and filters it was made with, a frozen header, typed
cells and totals. Text that a spreadsheet might take for a formula is written as quoted
text: it shows as typed and stays text when the sheet is saved in another format.
"""

import tempfile
from dataclasses import dataclass, field

import xlsxwriter

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
MIN_WIDTH, MAX_WIDTH = 8, 60
#: rows whose texts are measured for the column widths
MEASURED_ROWS = 300
#: a cell of a spreadsheet holds no more
MAX_TEXT = 32767

NUMBER_FORMATS = {
    "integer": "#,##0",
    "float": "#,##0.00",
    "percent": '0.0"%"',
    "date": "yyyy-mm-dd",
    "datetime": "yyyy-mm-dd hh:mm",
}
KIND_WIDTHS = {
    "integer": 10,
    "float": 12,
    "percent": 10,
    "money": 16,
    "date": 12,
    "datetime": 17,
    "boolean": 8,
}


@dataclass(frozen=True)
class Column:
    """One column of a sheet.

    :param str path: stored field, or a path through many2one fields
        (``order_id.name``); the sheet reads it by SQL. For ``getter`` columns a
        key that is unique in the sheet.
    :param str label: header; default: the field's own label
    :param str kind: one of text, integer, float, percent, money, date, datetime,
        boolean; default: from the field
    :param str currency: for money: path of the currency, default the field's own
    :param bool total: sum the column in the last rows, one per currency
    :param int width: characters; default: fits the header and the first rows
    :param str groups: only for these groups
    :param str getter: name of a method that takes the records of a chunk and returns
        ``{record id: value}``, for what is not stored
    """

    path: str
    label: str = ""
    kind: str = ""
    currency: str = ""
    total: bool = False
    width: int = 0
    groups: str = ""
    getter: str = ""


@dataclass
class Sheet:
    """What is printed around the rows; all texts in the reader's language.

    :param list columns: resolved ``Column`` objects: label and kind are set
    :param list notes: lines under the title: period, filters, who and when
    :param dict currencies: {currency id: number format}
    """

    title: str
    columns: list
    notes: list = field(default_factory=list)
    total_label: str = "Total"
    currencies: dict = field(default_factory=dict)
    yes: str = "Yes"
    no: str = "No"


def write(stream, sheet, rows):
    """Write one sheet.

    :param stream: binary file that can seek, or a path
    :param Sheet sheet: what to print
    :param rows: iterable of sequences, one value a column; a money value is followed by
        its currency id in the next place of the row
    :returns: number of rows written
    :rtype: int
    """
    with tempfile.TemporaryDirectory(prefix="sheet") as folder:
        book = xlsxwriter.Workbook(
            stream, {"constant_memory": True, "tmpdir": folder, "remove_timezone": True}
        )
        try:
            return _Page(book, sheet).print(rows)
        finally:
            book.close()


class _Page:
    def __init__(self, book, sheet):
        self.book, self.sheet = book, sheet
        self.page = book.add_worksheet()
        self.formats = {}
        self.widths = [
            column.width
            or max(KIND_WIDTHS.get(column.kind, MIN_WIDTH), _width(column.label) + 2)
            for column in sheet.columns
        ]
        self.totals = [{} for _column in sheet.columns]

    def format(self, **properties):
        key = tuple(sorted(properties.items()))
        if key not in self.formats:
            self.formats[key] = self.book.add_format(properties)
        return self.formats[key]

    def print(self, rows):
        first = self._write_head()
        writers = self._get_writers()
        count = 0
        for count, row in enumerate(rows, 1):
            line = first + count - 1
            for write_cell, place in writers:
                write_cell(line, row[place], row, place)
        self._write_totals(first + count)
        self._finish(first, count)
        return count

    # ------------------------------------------------------------------- head

    def _write_head(self):
        sheet, page = self.sheet, self.page
        page.write_string(0, 0, sheet.title, self.format(bold=True, font_size=14))
        for line, note in enumerate(sheet.notes, 1):
            page.write_string(line, 0, note, self.format(font_color="#666666"))
        head = len(sheet.notes) + 2
        style = self.format(
            bold=True, bg_color="#E7E9ED", bottom=1, text_wrap=True, valign="vcenter"
        )
        for position, column in enumerate(sheet.columns):
            page.write_string(head, position, column.label, style)
        page.freeze_panes(head + 1, 0)
        self.head = head
        return head + 1

    # ------------------------------------------------------------------- rows

    def _get_writers(self):
        """One ``write(line, value, row, place)`` a column, and its value's place."""
        writers, place = [], 0
        for position, column in enumerate(self.sheet.columns):
            maker = getattr(self, f"_make_{column.kind}", None) or self._make_number
            writers.append((maker(position, column), place))
            place += 2 if column.kind == "money" else 1
        return writers

    def _make_text(self, position, column):
        write, quoted = self.page.write_string, self.format(quote_prefix=True)
        widths = self.widths
        measured = [0]

        def write_text(line, value, _row, _place):
            if not value:
                return
            if value.__class__ is not str:
                value = str(value)
            if value[0] in FORMULA_STARTS:
                write(line, position, value[:MAX_TEXT], quoted)
            else:
                write(line, position, value[:MAX_TEXT])
            if measured[0] < MEASURED_ROWS:
                measured[0] += 1
                widths[position] = max(widths[position], _width(value) + 1)

        return write_text

    def _make_boolean(self, position, column):
        write = self.page.write_string
        words = {True: self.sheet.yes, False: self.sheet.no, None: self.sheet.no}

        def write_boolean(line, value, _row, _place):
            write(line, position, words[bool(value)])

        return write_boolean

    def _make_number(self, position, column):
        write = self.page.write_number
        style = self.format(num_format=NUMBER_FORMATS[column.kind])
        totals = self.totals[position] if column.total else None

        def write_number(line, value, _row, _place):
            if value is None or value is False:
                return
            write(line, position, value, style)

        def write_summed(line, value, _row, _place):
            if value is None or value is False:
                return
            write(line, position, value, style)
            totals[None] = totals.get(None, 0) + value

        return write_number if totals is None else write_summed

    def _make_date(self, position, column):
        write = self.page.write_datetime
        style = self.format(num_format=NUMBER_FORMATS[column.kind])

        def write_date(line, value, _row, _place):
            if value:
                write(line, position, value, style)

        return write_date

    _make_datetime = _make_date

    def _make_money(self, position, column):
        write = self.page.write_number
        styles = {
            currency: self.format(num_format=text)
            for currency, text in self.sheet.currencies.items()
        }
        plain = self.format(num_format=NUMBER_FORMATS["float"])
        totals = self.totals[position] if column.total else None

        def write_money(line, value, row, place):
            if value is None or value is False:
                return
            currency = row[place + 1]
            write(line, position, value, styles.get(currency, plain))
            if totals is not None:
                totals[currency] = totals.get(currency, 0) + value

        return write_money

    # ------------------------------------------------------------------- tail

    def _write_totals(self, line):
        """One row of totals per currency; numbers without one stand in the first."""
        currencies = sorted(
            {key for totals in self.totals for key in totals if key is not None}
        )
        for offset, currency in enumerate(currencies or [None]):
            if not any(self.totals):
                return
            style = {"bold": True, "top": 1}
            label = self.sheet.total_label
            self.page.write_string(line + offset, 0, label, self.format(**style))
            for position, totals in enumerate(self.totals):
                kind = self.sheet.columns[position].kind
                if currency in totals and kind == "money":
                    text = self.sheet.currencies.get(currency, NUMBER_FORMATS["float"])
                    value = totals[currency]
                elif None in totals and offset == 0:
                    text, value = NUMBER_FORMATS[kind], totals[None]
                else:
                    continue
                self.page.write_number(
                    line + offset,
                    position,
                    value,
                    self.format(num_format=text, **style),
                )

    def _finish(self, first, count):
        for position, width in enumerate(self.widths):
            self.page.set_column(position, position, min(width, MAX_WIDTH))
        if count:
            last = len(self.sheet.columns) - 1
            self.page.autofilter(self.head, 0, first + count - 1, last)
        self.page.set_landscape()
        self.page.fit_to_pages(1, 0)
        self.page.repeat_rows(self.head)


def _width(text):
    """Width of a text in characters; a Chinese character takes two."""
    return min(MAX_WIDTH, sum(2 if ord(char) > 0x2E80 else 1 for char in text))

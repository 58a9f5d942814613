from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.sales_base.controllers.portal_pages import PortalPages

from ..models.after_sales_evidence import PHOTO_KINDS


class StationPages(PortalPages):
    """What the pages of stations and suppliers add to those of the base: forms with
    lines and photos."""

    def _get_labels(self, model, fname):
        """``[(key, label)]`` of a selection, in the language of the page."""
        return request.env[model]._fields[fname]._description_selection(request.env)

    # ---------------------------------------------------------------- what is sent

    def _get_posted_lines(self, names):
        """The rows of a form whose inputs ``line_<name>`` repeat.

        :param names: names of the columns
        :returns: list of dicts
        :raises UserError: a row lacks an input
        """
        form = request.httprequest.form
        columns = [form.getlist(f"line_{name}") for name in names]
        if len({len(column) for column in columns}) > 1:
            raise UserError(request.env._("The lines are incomplete. Reload the page."))
        return [
            dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)
        ]

    def _get_posted_photos(self):
        """Files of the inputs ``photo_<kind>``.

        :returns: list of dicts ``kind``, ``name``, ``content``
        """
        files = request.httprequest.files
        return [
            {"kind": kind, "name": file.filename, "content": file.read()}
            for kind, _label in PHOTO_KINDS
            for file in files.getlist(f"photo_{kind}")
            if file.filename
        ]

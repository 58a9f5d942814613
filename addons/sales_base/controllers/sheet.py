import json
import tempfile

from werkzeug.wsgi import wrap_file

from odoo import http
from odoo.http import content_disposition, request

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class SheetController(http.Controller):
    @http.route(
        "/sales_base/sheet",
        type="http",
        auth="user",
        methods=["POST"],
        readonly=True,
    )
    def download(self, model, domain="[]", period=None, filters=None, **kw):
        """The sheet of a model that has one, for the records the user may read.

        :param str model: name of a model with ``sales.sheet.mixin``
        :param str domain: JSON list
        :param str period: JSON list of two ISO dates, optional
        :param str filters: the filters in words, optional
        """
        target = request.env.get(model)
        if target is None or not hasattr(target, "_write_sheet"):
            raise request.not_found()
        days = target._parse_sheet_period(json.loads(period)) if period else None
        stream = tempfile.TemporaryFile()
        target._write_sheet(stream, json.loads(domain), period=days, filters=filters)
        size = stream.tell()
        stream.seek(0)
        response = request.make_response(
            wrap_file(request.httprequest.environ, stream),
            headers=[
                ("Content-Type", XLSX_TYPE),
                ("Content-Length", size),
                (
                    "Content-Disposition",
                    content_disposition(f"{target._get_sheet_title()}.xlsx"),
                ),
            ],
        )
        response.direct_passthrough = True
        return response

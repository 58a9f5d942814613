from odoo.http import request

from odoo.addons.portal.controllers.portal import pager as portal_pager


class StationPages:
    """What the portal pages of a station share: documents are found with the rights of
    the user, a page of them at a time."""

    def _find_station_document(self, model, document_id):
        """The document as the user may read it, or 404: a foreign id and a missing one
        look the same."""
        document = request.env[model].search([("id", "=", document_id)])
        if not document:
            raise request.not_found()
        return document

    def _render_station_page(self, template, page_name, **values):
        """A page of the portal; ``page_name`` leads its breadcrumbs."""
        return request.render(
            template,
            {
                **self._prepare_portal_layout_values(),
                "page_name": page_name,
                **values,
            },
        )

    def _get_station_pager(self, url, total, page, **url_args):
        return portal_pager(
            url=url,
            url_args=url_args,
            total=total,
            page=page,
            step=self._items_per_page,
        )

    def _show_station_pdf(self, document, report):
        # sudo: printed whole; the document was found as the user
        return self._show_report(document.sudo(), "pdf", report, download=True)

import tempfile

from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, UserError
from odoo.http import content_disposition, request

from odoo.addons.portal.controllers.portal import CustomerPortal
from odoo.addons.portal.controllers.portal import pager as portal_pager

from .sheet import XLSX_TYPE

#: how often somebody, and the people of his company together, may ask for a unit by its
#: serial number in a window of so many seconds: more than a full bay needs, too few to
#: try numbers through
LOOKUPS = {"person": 60, "company": 240}
LOOKUP_WINDOW = 3600


class PortalPages(CustomerPortal):
    """What the portal pages of our documents share: documents are found with the rights
    of the user, a page of them at a time; files are shown with their document; what is
    sent is taken whole or not at all."""

    # ----------------------------------------------------------------------- pages

    def _find_document(self, model, document_id):
        """The document as the user may read it, or 404: a foreign id and a missing one
        look the same."""
        document = request.env[model].search([("id", "=", document_id)])
        if not document:
            raise request.not_found()
        return document

    def _find_page(self, documents, url, page, domain=(), order=None, **url_args):
        """A page of documents.

        :param documents: empty recordset; its rights are those of the search
        :returns: (records, pager)
        """
        pager = self._get_pager(url, documents.search_count(domain), page, **url_args)
        found = documents.search(
            domain, order=order, limit=self._items_per_page, offset=pager["offset"]
        )
        return found, pager

    def _get_pager(self, url, total, page, **url_args):
        return portal_pager(
            url=url,
            url_args=url_args,
            total=total,
            page=page,
            step=self._items_per_page,
        )

    def _render_page(self, template, page_name, **values):
        """A page of the portal; ``page_name`` leads its breadcrumbs."""
        return request.render(
            template,
            {
                **self._prepare_portal_layout_values(),
                "page_name": page_name,
                **values,
            },
        )

    # ----------------------------------------------------------------------- files

    def _show_photo(self, photos, photo_id):
        """The file of one of a document's photos; 404 for any other."""
        photo = photos.filtered(lambda row: row.id == photo_id)
        if not photo:
            raise request.not_found()
        # sudo: the file of a photo whose document was found as the user
        attachment_sudo = photo.sudo().attachment_id
        stream = request.env["ir.binary"]._get_stream_from(attachment_sudo)
        return stream.get_response(
            as_attachment=attachment_sudo.mimetype == "application/pdf"
        )

    def _show_pdf(self, documents, report, is_download=True):
        """The paper of documents that were found as the user, printed whole, in the
        language of the page.

        :param documents: recordset; the first one's company heads the paper
        :param str report: external id of the report
        :param bool is_download: else the browser shows it
        """
        # sudo: printed whole; the documents were found as the user
        report_sudo = request.env["ir.actions.report"].sudo()
        content, _kind = report_sudo.with_company(
            documents[:1].company_id
        )._render_qweb_pdf(report, documents.ids)
        name = documents.sudo()._get_report_base_filename()  # sudo: name of the file
        place = "attachment" if is_download else "inline"
        return self._respond_with_file(content, "application/pdf", f"{name}.pdf", place)

    def _show_sheet(self, rows, domain, name, period):
        """The rows of a document that was found as the user, as XLSX.

        :param rows: empty recordset of a model with sheets, in sudo
        :param period: (first day, last day)
        """
        with tempfile.TemporaryFile() as stream:
            rows._write_sheet(stream, domain, period=period)
            stream.seek(0)
            content = stream.read()
        return self._respond_with_file(content, XLSX_TYPE, f"{name}.xlsx", "attachment")

    def _respond_with_file(self, content, mimetype, name, place):
        return request.make_response(
            content,
            headers=[
                ("Content-Type", mimetype),
                ("Content-Length", len(content)),
                ("Content-Disposition", content_disposition(name, place)),
            ],
        )

    # ---------------------------------------------------------------- what is sent

    def _get_lookup_trouble(self):
        """Count a look-up of a serial number.

        :returns: what to say when there were too many, else False
        """
        person = request.env.user
        # sudo: everybody's calls are counted, nobody reads the counts
        within = (
            request.env["sales.rate.limit"]
            .sudo()
            ._hit(
                {
                    f"unit:{person.id}": LOOKUPS["person"],
                    f"unit-company:{person.commercial_partner_id.id}": LOOKUPS[
                        "company"
                    ],
                },
                LOOKUP_WINDOW,
            )
        )
        return not within and request.env._("Too many look-ups. Try again in a while.")

    def _answer_form(self, work, place, place_of_many="/my"):
        """Answer a form that the page sends by itself: all of ``work``, or nothing and
        what is wrong with it, so that the page keeps what was typed.

        :param work: called without arguments, returns a document if ``place`` asks one
        :param str place: where to go on; ``%s`` stands for the id of the document
        :param str place_of_many: where to go on when ``work`` returned several
        """
        try:
            with request.env.cr.savepoint():
                document = work()
                request.env.flush_all()
        except (UserError, AccessError) as error:
            return request.make_json_response({"error": str(error)})
        except UniqueViolation:
            text = request.env._("This has been received already. See your list.")
            return request.make_json_response({"error": text})
        if "%s" in place:
            place = place % document.id if len(document) == 1 else place_of_many
        return request.make_json_response({"redirect": place})

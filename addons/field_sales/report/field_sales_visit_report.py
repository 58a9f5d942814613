from odoo import api, models

#: visits on one form, as on the paper one
VISITS_ON_FORM = 4
#: lines of products that fit on a page; tables are not broken by the printer, which
#: cuts through lines and forgets the head
LINES_ON_PAGE = 24


class FieldSalesVisitReport(models.AbstractModel):
    """客户拜访表: one form per store and salesperson with up to four visits (FS-09)."""

    _name = "report.field_sales.report_visit"
    _description = "Visit Form"

    @api.model
    def _get_report_values(self, docids, data=None):
        visits = self.env["field.sales.visit"].browse(docids)
        return {
            "doc_ids": docids,
            "doc_model": "field.sales.visit",
            "docs": visits,
            # one document per company, whatever the number of forms: not every
            # wkhtmltopdf can join several
            "companies": {
                company: self._get_forms(own)
                for company, own in visits.grouped("company_id").items()
            },
        }

    @api.model
    def _get_forms(self, visits):
        """The forms to print.

        :returns: list of ``{"store", "user", "visits", "pages"}``; a page is a list of
            ``{"product", "lines": [(number of the visit, line, entered fields)]}``
        """
        forms = []
        ordered = visits.sorted(lambda visit: (visit.date_planned, visit.id))
        for (store, user), group in ordered.grouped(
            lambda visit: (visit.store_id, visit.user_id)
        ).items():
            for first in range(0, len(group), VISITS_ON_FORM):
                shown = group[first : first + VISITS_ON_FORM]
                forms.append(
                    {
                        "store": store,
                        "user": user,
                        "visits": shown,
                        "pages": self._get_pages(shown),
                    }
                )
        return forms

    @api.model
    def _get_pages(self, visits):
        by_product = {}
        for number, visit in enumerate(visits, 1):
            for line in visit.line_ids:
                by_product.setdefault(line.product_id, []).append(
                    (number, line, line._get_entered())
                )
        pages, room = [], 0
        for product, lines in by_product.items():
            if len(lines) > room:
                pages.append([])
                room = LINES_ON_PAGE
            pages[-1].append({"product": product, "lines": lines})
            room -= len(lines)
        return pages

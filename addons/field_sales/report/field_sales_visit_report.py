from odoo import api, models

#: visits on one form, as on the paper one
VISITS_ON_FORM = 4


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
            "forms": self._get_forms(visits),
        }

    @api.model
    def _get_forms(self, visits):
        """The forms to print.

        :returns: list of ``{"store", "user", "company", "visits", "products"}``;
            products are ``{"product", "lines": [(number of the visit, line)]}``
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
                        "company": shown[0].company_id,
                        "visits": shown,
                        "products": self._get_products(shown),
                    }
                )
        return forms

    @api.model
    def _get_products(self, visits):
        by_product = {}
        for number, visit in enumerate(visits, 1):
            for line in visit.line_ids:
                by_product.setdefault(line.product_id, []).append((number, line))
        return [
            {"product": product, "lines": lines}
            for product, lines in by_product.items()
        ]

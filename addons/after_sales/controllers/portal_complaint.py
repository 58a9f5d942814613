from odoo import http
from odoo.http import request

from odoo.addons.sales_base.controllers.portal_complaint import ComplaintPortal


class AfterSalesComplaintPortal(ComplaintPortal):
    """A station complains about a claim or a repair, and finds it again from there
    (AS-18)."""

    @http.route()
    def portal_complaint(self, complaint_id, **kw):
        response = super().portal_complaint(complaint_id, **kw)
        complaint = self._get_complaint(complaint_id)
        response.qcontext["complaint_sources"] = complaint._portal_get_sources()
        return response

    @http.route()
    def portal_complaint_new(self, **kw):
        response = super().portal_complaint_new(**kw)
        source = request.env["sales.complaint"]._portal_get_source(kw)
        response.qcontext.update(
            complaint_source=source.sudo(),  # sudo: unit and fault; found as the user
            complaint_source_key=source._name.rpartition(".")[2],
        )
        return response

from odoo import fields, models


class AfterSalesComplaintSourceMixin(models.AbstractModel):
    """A document of a sold unit that has to do with a complaint (AS-18, F-21): it came
    from one, or one was made from it. The link shows on both sides."""

    _name = "after.sales.complaint.source.mixin"
    _description = "Document With a Complaint"

    complaint_id = fields.Many2one(
        "sales.complaint",
        index="btree_not_null",
        copy=False,
        check_company=True,
        ondelete="restrict",
        groups="base.group_user",
    )

    def action_view_complaint(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Complaint"),
            "res_model": "sales.complaint",
            "res_id": self.complaint_id.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }

    def action_create_complaint(self):
        """The complaint of this document, made if there is none yet."""
        self.ensure_one()
        self.check_access("read")
        # a customer's or station's complaint comes in by the portal's own form
        self.env["sales.complaint"].check_access("create")
        self._make_complaint()
        return self.action_view_complaint()

    def _make_complaint(self, **values):
        """Make the complaint of this document; asked again it is the same one.

        :param values: of the complaint, beside what the document knows
        :returns: the complaint, with the user's rights
        """
        self.ensure_one()
        self.lock_for_update()
        # sudo: a complaint may be made from a document that is closed for changes
        source_sudo = self.sudo()
        source_sudo.invalidate_recordset(["complaint_id"])
        if not source_sudo.complaint_id:
            complaints_sudo = source_sudo.env["sales.complaint"]
            source_sudo.complaint_id = complaints_sudo.create(
                {**source_sudo._prepare_complaint_values(), **values}
            )
        return source_sudo.complaint_id.with_env(self.env)

    def _link_complaint(self, complaint):
        """Link a complaint that was made for this document, unless it has one."""
        for source_sudo in self.sudo():  # sudo: the link is closed to portal users
            if not source_sudo.complaint_id:
                source_sudo.complaint_id = complaint

    def _portal_get_complaint(self):
        """The complaint, if the user may read it (``self`` found as the user)."""
        # sudo: the link is internal; the complaint itself is asked as the user
        linked_sudo = self.sudo().complaint_id
        own = self.env["sales.complaint"].sudo(False)
        return own.search([("id", "in", linked_sudo.ids)])

    def _prepare_complaint_values(self):
        """Hook: what a complaint takes from the document."""
        names = (self.name, self.fault_id.name or self.lot_id.name)
        return {
            "company_id": self.company_id.id,
            "subject": ": ".join(names)[:120],
            "description": self.complaint,
            "partner_id": self._get_complaining_partner().id,
            "product_id": self.lot_id.product_id.id,
            "lot_id": self.lot_id.id,
            "channel": "phone",
        }

    def _get_complaining_partner(self):
        """Who owns the unit, else the station that reports it."""
        return self.lot_id.sold_partner_id or self.station_id.partner_id

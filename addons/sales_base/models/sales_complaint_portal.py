# pylint: disable=consider-merging-classes-inherited
# Own file: what comes in from the portal is hostile until proven, one concept.
from odoo import api, models
from odoo.exceptions import UserError, ValidationError

SUBJECT_MAX, TEXT_MAX, KEY_MAX = 120, 4000, 64
PHOTOS_MAX = 10


class SalesComplaint(models.Model):
    """What a customer or station may put into a complaint (F-21, at any door).

    These methods run as the portal user: they take only what is named here and write in
    sudo once all of it is proven.
    """

    _inherit = "sales.complaint"

    @api.model
    def _portal_create(self, values, photos):
        """Take down a complaint of the current portal user.

        The same ``client_key`` gives the same complaint: a phone that sends again makes
        no second one.

        :param dict values: texts ``subject``, ``description``, ``category_id``,
            ``order``, ``serial``, ``client_key`` as received
        :param list photos: ``(file name, bytes)`` as received
        :returns: the complaint in sudo
        :raises UserError: what is wrong and what to do; nothing is kept then
        """
        partner = self.env.user.partner_id
        # sudo: portal users create through this method only
        complaints_sudo = self.sudo()
        key = self._portal_text(values.get("client_key"), KEY_MAX) or False
        known = complaints_sudo.search([("client_key", "=", key)], limit=1)
        if key and known:
            return known
        subject = self._portal_text(values.get("subject"), SUBJECT_MAX)
        if not subject:
            raise ValidationError(self.env._("Say in one line what is wrong."))
        complaint_sudo = complaints_sudo.create(
            {
                "subject": subject,
                "description": self._portal_text(values.get("description"), TEXT_MAX),
                "category_id": self._portal_category(values.get("category_id")).id,
                "partner_id": partner.id,
                "channel": "portal",
                "client_key": key,
                **self._portal_prepare_goods(values),
            }
        )
        complaint_sudo._portal_add_photos(photos)
        return complaint_sudo

    @api.model
    def _portal_text(self, value, limit):
        text = str(value or "").replace("\x00", "").strip()
        if len(text) > limit:
            raise ValidationError(
                self.env._("A text is too long: at most %s characters.", limit)
            )
        return text

    @api.model
    def _portal_get_categories(self):
        """What a customer may choose from: the branches, in sudo."""
        # sudo: the names of the branches are shown to whoever complains
        return (
            self.env["sales.complaint.category"]
            .sudo()
            .search(
                [
                    ("parent_id", "=", False),
                    ("company_id", "in", [self.env.company.id, False]),
                ]
            )
        )

    @api.model
    def _portal_category(self, value):
        found = self._portal_get_categories().filtered(
            lambda category: str(category.id) == str(value or "")
        )
        if value and not found:
            raise ValidationError(self.env._("Choose what it is about from the list."))
        return found

    @api.model
    def _portal_prepare_goods(self, values):
        """The order and the unit a customer names: his own order, by its number; a unit
        by its exact serial number."""
        order_name = self._portal_text(values.get("order"), KEY_MAX)
        serial = self._portal_text(values.get("serial"), KEY_MAX)
        goods = {}
        if order_name:
            commercial = self.env.user.partner_id.commercial_partner_id
            # sudo: only among the orders of the user's own company
            order_sudo = (
                self.env["sale.order"]
                .sudo()
                .search(
                    [
                        ("name", "=ilike", order_name),
                        ("partner_id", "child_of", commercial.id),
                        ("company_id", "=", self.env.company.id),
                    ],
                    limit=1,
                )
            )
            if not order_sudo:
                raise ValidationError(
                    self.env._("You have no order with the number %s.", order_name)
                )
            goods["order_id"] = order_sudo.id
        if serial:
            # sudo: the exact number is the key to a unit, no part of one is enough
            lot_sudo = (
                self.env["stock.lot"]
                .sudo()
                .search(
                    [
                        ("name", "=", serial),
                        ("company_id", "in", [self.env.company.id, False]),
                    ],
                    limit=1,
                )
            )
            if not lot_sudo:
                raise ValidationError(
                    self.env._(
                        "The serial number %s is unknown. Check the plate.", serial
                    )
                )
            goods.update(lot_id=lot_sudo.id, product_id=lot_sudo.product_id.id)
        return goods

    def _portal_add_photos(self, photos):
        if len(photos) > PHOTOS_MAX:
            raise UserError(self.env._("At most %s photos, please.", PHOTOS_MAX))
        for name, content in photos:
            self.env["sales.complaint.photo"]._add_photo(self, name, content)

    def _portal_reopen(self, note):
        """The customer does not accept the answer (``self`` found as the user)."""
        # sudo: the reason of a customer is always the same
        reason_sudo = self.env.ref("sales_base.sales_reason_reopen_not_content").sudo()
        text = self._portal_text(note, TEXT_MAX)
        if not text:
            raise ValidationError(self.env._("Say what is still wrong."))
        # sudo: found as the user; the step asks person and state
        self.sudo()._do_with_reason("reopen", reason_sudo, text)

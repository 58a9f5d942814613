from odoo.addons.after_sales.tests.portal_world import MARK, OWNERS, PortalWorld

COUNT = "sales.assistant.property.count"
OWNERS[COUNT] = ["partner_id"]


class SuiteWorld(PortalWorld):
    """The world of the portal with what the desk opens to it, too."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env[COUNT].create(
            [
                {
                    "partner_id": person.partner_id.commercial_partner_id.id,
                    "note": f"Count {MARK.format(code)}",
                    "state": "sent",
                }
                for code, person in cls.parties.items()
            ]
        )

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Recoveries counted as recovered while their credit note was a draft or after it
    was cancelled: they follow it now."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    env["after.sales.recovery"].search(
        [("state", "=", "posted"), ("move_id.state", "in", ("draft", "cancel"))]
    )._follow_move()

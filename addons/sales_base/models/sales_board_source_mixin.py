from odoo import api, models
from odoo.tools import OrderedSet

#: type of the message a browser gets
CHANGED = "sales.board/changed"
#: where a transaction gathers whose boards change
GATHERED = "sales.board.users"


class SalesBoardSourceMixin(models.AbstractModel):
    """SA-01: documents that show on boards tell the people concerned at once.

    The message carries nothing: a board that gets it reads itself again, with the
    rights of its user. One message a person and transaction, sent when it is committed.
    """

    _name = "sales.board.source.mixin"
    _description = "Shown on Boards"

    #: paths to the people on whose boards a document shows
    _board_user_fields = ("user_id",)

    @api.model_create_multi
    def create(self, vals_list):
        documents = super().create(vals_list)
        documents._tell_boards()
        return documents

    def write(self, vals):
        if any(path.split(".")[0] in vals for path in self._board_user_fields):
            self._tell_boards()
        result = super().write(vals)
        self._tell_boards()
        return result

    def unlink(self):
        self._tell_boards()
        return super().unlink()

    def _tell_boards(self):
        """Whoever has one of these documents on his board will hear of a change."""
        users = self.env["res.users"]
        # sudo: who has the work is told, whoever changes it
        documents_sudo = self.sudo()
        for path in self._board_user_fields:
            users |= documents_sudo.mapped(path)
        data = self.env.cr.precommit.data
        if GATHERED not in data:
            data[GATHERED] = OrderedSet()
            self.env.cr.precommit.add(self._send_to_boards)
        data[GATHERED].update(users.ids)

    @api.model
    def _send_to_boards(self):
        """One message to each person gathered and to his stand-in; who made the change
        reloads by himself."""
        # sudo: sending needs no rights on users
        users_sudo = self.env["res.users"].sudo()
        gathered = self.env.cr.precommit.data.pop(GATHERED)
        # what a savepoint took back, and a user that is gone, are told nothing
        users_sudo = users_sudo.browse(gathered).exists()
        users_sudo |= users_sudo.sales_standin_id
        for user_sudo in users_sudo - self.env.user:
            user_sudo._bus_send(CHANGED, {})

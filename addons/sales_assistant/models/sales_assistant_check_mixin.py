from odoo import fields, models
from odoo.exceptions import UserError

from odoo.addons.sales_base.tools import snapshot

from .sales_assistant_check import FEATURE

#: fields of a document that only its checks write
CLOSED = frozenset({"sales_preparer_ids"})


class SalesAssistantCheckMixin(models.AbstractModel):
    """SA-13: a document that is checked by somebody who did not prepare it.

    A document that takes part is a ``sales.snapshot.source.mixin`` too, which says what
    of it is checked; it names the link of the check to itself and the kinds it can be,
    and its steps out of the house ask ``_get_check_gap``.
    """

    _name = "sales.assistant.check.mixin"
    _description = "Document with Four-Eyes Check"

    #: the many2one of ``sales.assistant.check`` to this model
    _check_link = None
    #: the one2many of this model that is its inverse
    _checks_field = "sales_check_ids"
    #: the kinds it can be, each with a number of checkers on the company
    _check_kinds = ()

    sales_preparer_ids = fields.Many2many(
        "res.users",
        string="Prepared by",
        readonly=True,
        copy=False,
        groups=FEATURE,
    )

    # ------------------------------------------------------------------- hooks

    def _get_check_kind(self):
        """Hook: key of the kind that is to be checked next."""
        raise NotImplementedError

    def _get_check_company(self):
        # sudo: customers act on documents of companies they may not read
        return self.company_id.sudo()

    def _has_check_content(self):
        """Hook: whether there is anything to check."""
        return True

    def _follow_passed_check(self):
        """Hook: what the check held up goes on."""

    def _tell_failed_check(self, check):
        """Hook: say that an error was found."""

    # ---------------------------------------------------------------- settings

    def _get_required_checkers(self, kind):
        """How many people check a document of this kind; 0: none."""
        if not self.env["res.groups"]._is_feature_enabled(FEATURE):
            return 0
        return self._get_check_company()[f"sales_assistant_check_{kind}"]

    def _is_check_enabled(self):
        return any(self._get_required_checkers(kind) for kind in self._check_kinds)

    # --------------------------------------------------------------- preparers

    def _note_preparer(self):
        """The current user has worked on the content: he cannot check it."""
        user = self.env.user
        documents = self.filtered(lambda one: one._is_check_enabled())
        if not documents or user._is_superuser():
            return
        # sudo: closed to all
        new_sudo = documents.sudo().filtered(
            lambda one: user not in one.sales_preparer_ids
        )
        if new_sudo:
            new_sudo.write({"sales_preparer_ids": [fields.Command.link(user.id)]})

    def _get_preparers(self):
        """Everybody who has worked on this document."""
        document_sudo = self.sudo()  # sudo: for the guard
        return (
            document_sudo.sales_preparer_ids | document_sudo.create_uid | self.env.user
        ).filtered(lambda user: not user._is_superuser())

    # ------------------------------------------------------------------- check

    def _get_current_check(self):
        """The check of this document that is not superseded, in sudo."""
        # sudo: the guard sees every check, whoever asks
        checks_sudo = self.sudo()[self._checks_field]
        return checks_sudo.filtered(lambda check: check.state != "superseded")[:1]

    def _get_changed_check_content(self, content):
        """Differences between what was checked and what the document says now."""
        # sudo: the content is the same whoever compares
        now = self.sudo()._get_snapshot_contents()[self.id]
        return snapshot.compare(content or {}, now)

    def _get_check_gap(self, kind):
        """What this document lacks before it may leave as ``kind``, or False. Asked of
        the database alone: neither context nor sudo change the answer."""
        self.ensure_one()
        needed = self._get_required_checkers(kind)
        if not needed:
            return False
        _ = self.env._
        check = self._get_current_check()
        names = {"document": self.display_name, "check": check.name}
        if not check:
            return _("%(document)s: have it checked by somebody else first.", **names)
        if check.state == "failed":
            return _(
                "%(document)s: an error was found at the check %(check)s.", **names
            )
        if self._get_changed_check_content(check.content):
            return _(
                "%(document)s was changed after its check %(check)s: have it checked "
                "again.",
                **names,
            )
        if check.state == "open":
            return _("%(document)s waits for its check %(check)s.", **names)
        signed = len(check.signer_ids)
        if signed < needed:
            return _(
                "%(document)s was checked by %(signed)s, it takes %(needed)s: have it "
                "checked again.",
                signed=signed,
                needed=needed,
                **names,
            )
        return False

    # ----------------------------------------------------------------- request

    def action_request_check(self):
        """SA-13: ask somebody else to check these documents."""
        self.check_access("write")
        checks = self._request_checks()
        action = {
            "type": "ir.actions.act_window",
            "name": self.env._("Four-Eyes Check"),
            "res_model": "sales.assistant.check",
            "view_mode": "list,form",
            "domain": [(self._check_link, "in", self.ids)],
        }
        if len(checks) == 1:
            action.update(view_mode="form", res_id=checks.id)
        return action

    def _request_checks(self):
        """Open a check of each document; one before is superseded.

        :returns: the checks
        :raises UserError: a check is open already or says nothing new
        """
        # sudo: whoever may write the document may ask
        checks_sudo = self.env["sales.assistant.check"].sudo()
        vals_list = []
        for document in self:
            kind = document._get_check_kind()
            current = document._get_current_check()
            if current.state == "open" or (
                current.state == "passed" and not document._get_check_gap(kind)
            ):
                raise UserError(
                    self.env._(
                        "%(document)s: the check %(check)s is there already.",
                        document=document.display_name,
                        check=current.name,
                    )
                )
            if not document._has_check_content():
                raise UserError(
                    self.env._(
                        "%(document)s: there is nothing to check.",
                        document=document.display_name,
                    )
                )
            if current:
                current._do_withdraw()
            vals_list.append(document._prepare_check_values(kind))
        return checks_sudo.create(vals_list).sudo(False)

    def _prepare_check_values(self, kind):
        content = self.sudo()._get_snapshot_contents()  # sudo: the same for everybody
        return {
            self._check_link: self.id,
            "kind": kind,
            "content": content[self.id],
            "required_count": self._get_required_checkers(kind) or 1,
            "preparer_ids": [fields.Command.set(self._get_preparers().ids)],
            "requested_by_id": self.env.uid,
            "requested_at": fields.Datetime.now(),
        }

    def _renew_changed_checks(self):
        """What was changed after or during its check is checked again.

        :returns: the documents whose check no longer holds
        """
        renewed = self.browse()
        checked = self.filtered(lambda one: one._is_check_enabled())
        for document in checked:
            check = document._get_current_check()
            if check.state not in ("open", "passed"):
                continue
            if not document._get_changed_check_content(check.content):
                continue
            check._do_withdraw()
            renewed |= document
            if document._has_check_content():
                document._request_checks()
        return renewed

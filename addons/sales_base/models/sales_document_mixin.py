from collections import namedtuple

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import AccessError, LockError, UserError
from odoo.fields import Domain

#: One step of a document's life.
#:
#: :param set sources: states it starts from
#: :param str target: state it leads to; ``None`` when the step decides it itself
#: :param str groups: comma separated external ids, any of which may take the step;
#:     empty: whoever may ``access`` the document
#: :param str access: access the person needs on the document
#: :param str reason_usage: ``usage`` of the ``sales.reason`` records asked for, if any
Step = namedtuple(
    "Step",
    "sources target groups access reason_usage",
    defaults=(None, "", "write", None),
)


class SalesDocumentMixin(models.AbstractModel):
    """A numbered document whose life is its ``state``.

    One table, ``_steps``, is the truth for guards, buttons, messages and tests. The
    number, the state and what a step decides are closed to everybody: only the
    document's own steps write them. A step asks the person, locks the rows, looks at
    the state again and then writes. Past its first state a document is not deleted,
    and in ``_frozen_states`` nothing but chatter can be changed.
    """

    _name = "sales.document.mixin"
    _inherit = ["sales.thread.mixin"]
    _description = "Guarded Document"

    #: {verb: Step}; a verb is the end of a method ``action_<verb>`` and ``_do_<verb>``
    _steps = {}
    #: fields that only steps write, besides the number and the state
    _closed_fields = frozenset()
    #: states in which the document refuses every change but a step
    _frozen_states = frozenset()
    #: fields that stay open in a frozen state
    _open_when_frozen = frozenset()
    #: states in which a document may still be deleted
    _deletable_states = frozenset({"draft"})

    name = fields.Char(
        "Number", readonly=True, copy=False, index="trigram", default="/"
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    cancel_reason_id = fields.Many2one(
        "sales.reason", "Reason", readonly=True, copy=False, index="btree_not_null"
    )
    reason_note = fields.Text(readonly=True, copy=False)

    # ------------------------------------------------------------ closed fields

    @api.model
    def _get_closed_fields(self):
        """Names of the fields that only the document's own steps write."""
        return {"name", "state", "cancel_reason_id", "reason_note"} | set(
            self._closed_fields
        )

    def copy_data(self, default=None):
        """A copy starts its life anew: what steps decided stays behind."""
        closed = self._get_closed_fields()
        return [
            {name: value for name, value in vals.items() if name not in closed}
            for vals in super().copy_data(default=default)
        ]

    def _has_field_access(self, field, operation):
        if (
            operation == "write"
            and not self.env.su
            and field.name in self._get_closed_fields()
        ):
            return False
        return super()._has_field_access(field, operation)

    # ------------------------------------------------------------------- number

    @api.model
    def _get_sequence_code(self, vals):
        """Code of the sequence that numbers a document created with ``vals``."""
        return self._name

    def _prepare_create_values(self, vals_list):
        vals_list = super()._prepare_create_values(vals_list)
        if not self.env.su:
            self._reset_closed_defaults(vals_list)
        by_series = {}
        for vals in vals_list:
            if vals.get("name", "/") in ("/", False):
                series = (self._get_sequence_code(vals), vals.get("company_id"))
                by_series.setdefault(series, []).append(vals)
        for (code, company_id), numbered in by_series.items():
            numbers = self._next_numbers(code, company_id, len(numbered))
            for vals, number in zip(numbered, numbers, strict=True):
                vals["name"] = number
        return vals_list

    def _reset_closed_defaults(self, vals_list):
        """A default that a user stored for a closed field (``ir.default``) is no way
        in: only the field's own default counts, and a computed field is computed."""
        for fname in self._get_closed_fields():
            field = self._fields[fname]
            if field.precompute and field.readonly:
                continue  # computed by Odoo just now, whatever defaults say
            value = field.default(self) if field.default else False
            value = field.convert_to_write(
                field.convert_to_record(field.convert_to_cache(value, self), self), self
            )
            for vals in vals_list:
                if fname not in vals:
                    continue
                if field.compute:
                    del vals[fname]
                else:
                    vals[fname] = value

    @api.model
    def _next_numbers(self, code, company_id, count):
        """Draw ``count`` numbers in one statement.

        :param str code: code of the ``ir.sequence``
        :param int company_id: a sequence of this company wins over the shared one
        :param int count: how many
        :returns: list of str
        :raises UserError: no sequence has this code
        """
        # sudo: drawing a number needs no right on sequences
        sequence_sudo = (
            self.env["ir.sequence"]
            .sudo()
            .search_fetch(
                [("code", "=", code), ("company_id", "in", [company_id, False])],
                ["implementation", "use_date_range", "prefix", "suffix", "padding"],
                order="company_id",
                limit=1,
            )
        )
        if not sequence_sudo:
            raise UserError(
                self.env._("There is no number sequence with the code %s.", code)
            )
        if sequence_sudo.implementation != "standard" or sequence_sudo.use_date_range:
            return [sequence_sudo.next_by_id() for _n in range(count)]
        prefix, suffix = sequence_sudo._get_prefix_suffix()
        padding = sequence_sudo.padding
        self.env.cr.execute(
            "SELECT nextval(%s) FROM generate_series(1, %s)",
            (f"ir_sequence_{sequence_sudo.id:03d}", count),
        )
        return [
            f"{prefix}{number:0{padding}d}{suffix}"
            for (number,) in self.env.cr.fetchall()
        ]

    # -------------------------------------------------------------------- steps

    def _is_step_person(self, step):
        """Whether the current user may take ``step`` at all. Asked of the user's
        groups, not of the environment: portal routes act in sudo."""
        if self.env.uid == SUPERUSER_ID or not step.groups:
            return True
        return self.env.user.has_groups(step.groups)

    def _get_cannot_reasons(self, verb):
        """Why each document cannot take a step now.

        :param str verb: key of ``_steps``
        :returns: {record id: text, or False where it can}
        :rtype: dict
        """
        step = self._steps[verb]
        labels = dict(self._fields["state"]._description_selection(self.env))
        reasons = {}
        for record in self:
            if record.state in step.sources:
                reasons[record.id] = False
            else:
                reasons[record.id] = self.env._(
                    "this is not possible in state “%(state)s”.",
                    state=labels.get(record.state),
                )
        reasons.update(self.filtered(lambda one: not reasons[one.id])._get_lacks(verb))
        return reasons

    def _get_lacks(self, verb):
        """What documents in the right state lack for a step: asked of the set by
        ``_get_cannot_<verb>``, returning {record id: text or False}, or of one document
        after the other by ``_get_<verb>_obstacle``, returning the text or False.

        :returns: {record id: text or False}, empty where the step asks for nothing
        """
        check = getattr(self, f"_get_cannot_{verb}", None)
        if check:
            return check() if self else {}
        if hasattr(self, f"_get_{verb}_obstacle"):
            return {one.id: getattr(one, f"_get_{verb}_obstacle")() for one in self}
        return {}

    def _check_can(self, verb):
        """Guard of every step: the person, the lock, then the state as it is now.

        :raises AccessError: the user may not take this step
        :raises UserError: one of the documents cannot take it, each named with why
        """
        step = self._steps[verb]
        if not self.env.su:
            self.check_access(step.access)
        if not self._is_step_person(step):
            raise AccessError(
                self.env._(
                    "You are not entitled to take this step on: %(documents)s.",
                    documents=", ".join(self.mapped("display_name")),
                )
            )
        self._lock_for_step()
        reasons = self._get_cannot_reasons(verb)
        refused = [
            f"{record.display_name}: {reasons[record.id]}"
            for record in self
            if reasons[record.id]
        ]
        if refused:
            raise UserError("\n".join(refused))

    def _lock_for_step(self):
        """Lock the rows and forget what was read of them before.

        :raises LockError: somebody else is taking a step on one of them
        """
        self.env.flush_all()
        try:
            self.lock_for_update()
        except LockError as error:
            raise LockError(
                self.env._(
                    "Somebody else is working on these documents at this moment. "
                    "Reload and look again."
                )
            ) from error
        self.invalidate_recordset()

    def _compute_can(self):
        """Shared compute of the ``can_<verb>`` flags a model declares."""
        for verb, step in self._steps.items():
            fname = f"can_{verb}"
            if fname not in self._fields:
                continue
            allowed = self._is_step_person(step)
            reasons = self._get_cannot_reasons(verb) if allowed else {}
            for record in self:
                record[fname] = allowed and not reasons.get(record.id)

    def _write_guarded(self, vals):
        """The only way a step writes.

        :param dict vals: values, closed fields included
        """
        # sudo: the guard has asked person and state; the fields are closed to all
        return self.sudo().write(vals)

    def _take_step(self, verb, **vals):
        """Write the step's target state and ``vals``; effects are the caller's."""
        return self._write_guarded({"state": self._steps[verb].target, **vals})

    def _ask_reason(self, verb):
        """The wizard that asks for the reason of a step and then takes it."""
        self._check_can(verb)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Reason"),
            "res_model": "sales.step.reason",
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_res_model": self._name,
                "default_res_ids": self.ids,
                "default_verb": verb,
                "default_usage": self._steps[verb].reason_usage,
            },
        }

    def _do_with_reason(self, verb, reason, note):
        """Take a step with its reason: calls ``_do_<verb>(reason, note)``."""
        self._check_can(verb)
        getattr(self, f"_do_{verb}")(reason, note)

    # ----------------------------------------------------------- frozen documents

    @api.model
    def _get_open_when_frozen(self):
        """Fields that stay open when the document is decided: chatter, activities and
        what the model names itself."""
        mail_fields = {
            name
            for name in self._fields
            if name.startswith(("message_", "activity_", "website_message"))
        }
        return mail_fields | set(self._open_when_frozen)

    def write(self, vals):
        if not self.env.su:
            self._check_not_frozen(vals)
        return super().write(vals)

    def _check_not_frozen(self, vals):
        """Refuse a change of a decided document.

        :raises UserError: naming the documents
        """
        if not set(vals) - self._get_open_when_frozen():
            return
        frozen = self.filtered(lambda record: record.state in record._frozen_states)
        if frozen:
            raise UserError(
                self.env._(
                    "These documents are closed for changes: %(documents)s.",
                    documents=", ".join(frozen.mapped("display_name")),
                )
            )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_submitted(self):
        kept = self.filtered(
            lambda record: record.state not in record._deletable_states
        )
        if kept:
            raise UserError(
                self.env._(
                    "Only drafts can be deleted. Cancel instead: %(documents)s.",
                    documents=", ".join(kept.mapped("display_name")),
                )
            )

    # --------------------------------------------------------------------- search

    @api.model
    def search_fetch(self, domain, field_names=None, offset=0, limit=None, order=None):
        """The rule of companies asks every record that is read: its company comes with
        the rows, or the next statement would read all columns of all of them."""
        if field_names:
            field_names = {*field_names, "company_id"}
        return super().search_fetch(
            domain, field_names, offset=offset, limit=limit, order=order
        )

    @api.model
    def _get_own_domain(self):
        """Documents of the current user and of those he stands in for."""
        return Domain("user_id", "in", self.env.user._get_sales_acting_ids())

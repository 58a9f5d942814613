# pylint: disable=consider-merging-classes-inherited
# Own file: what the steps ask for and what they write in the ledger.
from odoo import models
from odoo.exceptions import UserError
from odoo.tools import format_date


class SalesAssistantCustomerProperty(models.Model):
    """SA-17c: the steps of customer property and the rows they add to its ledger."""

    _inherit = "sales.assistant.customer.property"

    # -------------------------------------------------------------------- steps

    def action_receive(self):
        return self._open_handle("receive", self.env._("Receive"))

    def _do_receive(self, quantity, day, **values):
        """So much has arrived.

        :param values: ``place``, ``condition``, ``keeper_id``, ``note``
        """
        self._check_quantity(quantity)
        values["condition"] = values.get("condition") or self.condition or "good"
        values["keeper_id"] = (
            values.get("keeper_id") or self.keeper_id.id or self.env.uid
        )
        self._add_move("receive", quantity, day, **values)
        self._take_step("receive")

    def action_relocate(self):
        return self._open_handle("relocate", self.env._("Move or Note the Condition"))

    def _do_relocate(self, day, **values):
        """It lies elsewhere, with somebody else, or in another condition."""
        self._add_move("relocate", 0, day, **values)

    def action_return(self):
        return self._open_handle("return", self.env._("Return to the Customer"))

    def _do_return(self, quantity, day, **values):
        self._check_quantity(quantity)
        self._add_move("return", -quantity, day, **values)
        self._follow_balance()

    def action_write_off(self):
        return self._open_handle("write_off", self.env._("Write Off"))

    def _do_write_off(self, quantity, day, reason, **values):
        """Lost, damaged beyond use or used up.

        :param values: ``note``, and ``date_told``: the day the customer was told
        :raises UserError: the customer does not know yet
        """
        if reason.usage != "sales_property_write_off":
            raise UserError(self.env._("Say what has become of it."))
        told = values.get("date_told")
        if not told or told > self.company_id._get_sales_today():
            raise UserError(
                self.env._("It is his: tell the customer first, and note the day.")
            )
        self._check_quantity(quantity)
        self._add_move("write_off", -quantity, day, reason_id=reason.id, **values)
        self._follow_balance()

    def action_cancel(self):
        return self._ask_reason("cancel")

    def _do_cancel(self, reason, note):
        self._take_step("cancel", cancel_reason_id=reason.id, reason_note=note)

    # ------------------------------------------------------------------- ledger

    def _check_quantity(self, quantity):
        if self.uom_id.compare(quantity, 0) <= 0:
            raise UserError(self.env._("Say how many, more than none."))

    def _check_day(self, day):
        """:raises UserError: a day in the future, or one that a count has closed"""
        if not day or day > self.company_id._get_sales_today():
            raise UserError(self.env._("Name a day that is not in the future."))
        # sudo: a count closes the ledger for everybody
        line_sudo = (
            self.env["sales.assistant.property.count.line"]
            .sudo()
            .search(
                [
                    ("property_id", "=", self.id),
                    ("count_id.state", "in", ("counted", "sent", "agreed")),
                    ("count_id.date_count", ">=", day),
                ],
                limit=1,
            )
        )
        if line_sudo:
            count_sudo = line_sudo.count_id
            raise UserError(
                self.env._(
                    "%(property)s was counted on %(day)s (%(count)s). Name a later "
                    "day, or count again.",
                    property=self.display_name,
                    day=format_date(self.env, count_sudo.date_count),
                    count=count_sudo.name,
                )
            )

    def _check_balance(self, quantity, day):
        """:raises UserError: less than nothing would be there, on ``day`` or later"""
        days = {move.date for move in self.move_ids if move.date > day} | {day}
        least = min(self._get_balance(one) for one in days)
        if self.uom_id.compare(least + quantity, 0) < 0:
            raise UserError(
                self.env._(
                    "%(property)s: %(wanted)g asked for, %(found)g there on that day.",
                    property=self.display_name,
                    wanted=-quantity,
                    found=least,
                )
            )

    def _get_balance(self, day):
        """What is there at the end of ``day``."""
        self.ensure_one()
        return sum(move.quantity for move in self.move_ids if move.date <= day)

    def _add_move(self, kind, quantity, day, count=None, **values):
        """Add a row to the ledger; the caller has taken the guard of the step.

        :param float quantity: what comes, below zero what goes
        :param values: what is known of it now; what is not said stays as it was
        """
        self.ensure_one()
        if not count:
            self._check_day(day)
        if quantity < 0:
            self._check_balance(quantity, day)
        own = {name: values.get(name) or self[name] for name in ("place", "condition")}
        own["keeper_id"] = values.get("keeper_id") or self.keeper_id.id
        # sudo: rows of the ledger are added by steps only
        self.env["sales.assistant.property.move"].sudo().create(
            {
                "property_id": self.id,
                "kind": kind,
                "quantity": quantity,
                "date": day,
                "user_id": self.env.uid,
                "reason_id": values.get("reason_id"),
                "note": values.get("note"),
                "date_told": values.get("date_told"),
                "count_id": count and count.id,
                **own,
            }
        )
        self._write_guarded(own)

    def _follow_balance(self):
        """Closed when nothing of it is left."""
        gone = self.filtered(lambda one: one.uom_id.is_zero(one.quantity_held))
        gone._write_guarded({"state": "closed"})
        (self - gone)._write_guarded({"state": "held"})

    # --------------------------------------------------------------------- parts

    def _open_handle(self, verb, title):
        self.ensure_one()
        self._check_can(verb)
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": "sales.assistant.property.handle",
            "view_mode": "form",
            "target": "new",
            "context": {"default_property_id": self.id, "default_verb": verb},
        }

    def action_create_count(self):
        """A count sheet for each owner, of all that is his."""
        self.check_access("read")
        counts = self.env["sales.assistant.property.count"]
        for company, owned in self.grouped("company_id").items():
            counts |= counts._create_counts(
                owned.commercial_partner_id, company, company._get_sales_today()
            )
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "sales_assistant.sales_assistant_property_count_action"
        )
        if len(counts) == 1:
            return {**action, "views": [(False, "form")], "res_id": counts.id}
        return {**action, "domain": [("id", "in", sorted(counts.ids))], "context": {}}

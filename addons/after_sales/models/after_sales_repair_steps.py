# pylint: disable=consider-merging-classes-inherited
# Own file: the steps of a repair's life, one table and what each does.
import base64
import binascii

from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import consteq

from odoo.addons.sales_base.models.sales_document_mixin import Step
from odoo.addons.sales_base.tools import snapshot

PEOPLE = "after_sales.group_after_sales_user,base.group_portal"
OPEN = {"booked", "received", "estimated", "consented", "in_work"}
SIGNATURE_MAX = 500 * 1024


class TermsChanged(UserError):
    """What is to be signed is not what the page has shown."""


class AfterSalesRepair(models.Model):
    """The steps of a repair (AS-05). The station takes them in the portal, head office
    in the backend; the customer consents by his link."""

    _inherit = "after.sales.repair"

    _steps = {
        "receive": Step({"booked"}, "received", PEOPLE),
        "estimate": Step({"received"}, "estimated", PEOPLE),
        "consent": Step({"estimated", "consented", "in_work"}, None, PEOPLE),
        "start": Step({"consented"}, "in_work", PEOPLE),
        "accept": Step({"in_work"}, "accepted", PEOPLE),
        "pickup": Step({"accepted"}, "picked_up", PEOPLE),
        "call": Step({"picked_up"}, "picked_up", PEOPLE),
        "claim": Step({"accepted", "picked_up"}, None, PEOPLE, "read"),
        "cancel": Step(OPEN, "cancelled", PEOPLE, "write", "after_sales_repair"),
    }

    can_receive = fields.Boolean(compute="_compute_can")
    can_estimate = fields.Boolean(compute="_compute_can")
    can_consent = fields.Boolean(compute="_compute_can")
    can_start = fields.Boolean(compute="_compute_can")
    can_accept = fields.Boolean(compute="_compute_can")
    can_pickup = fields.Boolean(compute="_compute_can")
    can_call = fields.Boolean(compute="_compute_can")
    can_claim = fields.Boolean(compute="_compute_can")
    can_cancel = fields.Boolean(compute="_compute_can")
    needs_consent = fields.Boolean(
        "New Consent Needed",
        compute="_compute_needs_consent",
        help="The lines are not those that the customer signed.",
    )

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_can(self):
        """Whether the person and the state allow a step; what is still missing is said
        when it is tried."""
        for verb, step in self._steps.items():
            allowed = self._is_step_person(step)
            for repair in self:
                repair[f"can_{verb}"] = allowed and repair.state in step.sources

    @api.depends("state", "line_ids.amount", "line_ids.payer", "consent_ids")
    def _compute_needs_consent(self):
        signed = self.filtered(lambda repair: repair.state in ("consented", "in_work"))
        valid = signed._get_valid_consents().repair_id
        for repair in self:
            repair.needs_consent = repair in signed and repair not in valid

    def _is_step_person(self, step):
        """A portal user takes steps on repairs of his own stations."""
        if self.env.uid == SUPERUSER_ID or not self.env.user._is_portal():
            return super()._is_step_person(step)
        # sudo: which stations are his does not depend on what he may read
        stations_sudo = self.env["after.sales.station"].sudo()
        domain = stations_sudo._get_portal_domain(self.env.user)
        own = stations_sudo.search([("id", "in", self.station_id.ids), *domain])
        return self.station_id <= own

    def _get_valid_consents(self):
        """The last consent of each repair, where it still says what the lines say."""
        contents = self._get_snapshot_contents()
        last = [
            repair.consent_ids.sorted("revision", reverse=True)[:1] for repair in self
        ]
        return self.env["after.sales.repair.consent"].union(
            *(
                consent
                for consent in last
                if consent
                and not snapshot.compare(
                    consent.content, contents[consent.repair_id.id]
                )
            )
        )

    # --------------------------------------------------------------------- guards

    def _get_receive_obstacle(self):
        if not (self.inspection or "").strip():
            return self.env._("write down the first inspection.")
        if self.usage_unit and not self.usage:
            return self.env._("enter the meter reading.")
        return False

    def _get_estimate_obstacle(self):
        return not self.line_ids and self.env._("add at least one line.")

    def _get_consent_obstacle(self):
        if not self.line_ids:
            return self.env._("add at least one line.")
        return bool(self._get_valid_consents()) and self.env._(
            "the customer has consented to exactly these lines."
        )

    def _get_start_obstacle(self):
        if not self.mechanic_id:
            return self.env._("dispatch a mechanic first.")
        return self._get_lacking_consent()

    def _get_accept_obstacle(self):
        if not (self.correction or "").strip():
            return self.env._("write down the work done.")
        return self._get_lacking_consent()

    def _get_lacking_consent(self):
        return not self._get_valid_consents() and self.env._(
            "the lines have changed since the customer consented; he has to sign again."
        )

    def _get_pickup_obstacle(self):
        if not self._is_invoiced_by_us() or self._get_invoice_partner():
            return False
        return self.env._("choose the customer: his share becomes an invoice.")

    def _get_claim_obstacle(self):
        if not (self.amount_warranty or self.amount_goodwill):
            return self.env._("no line is paid by warranty or goodwill.")
        return False

    # -------------------------------------------------------------------- actions

    def action_receive(self):
        self._check_can("receive")
        now = fields.Datetime.now()
        for repair in self:
            findings = repair._count_guarantee()
            repair._take_step("receive", received_at=now, guarantee_findings=findings)
        self._record_usage()

    def action_estimate(self):
        self._check_can("estimate")
        self._take_step("estimate", estimated_at=fields.Datetime.now())

    def action_start(self):
        self._check_can("start")
        self._take_step("start", started_at=fields.Datetime.now())

    def action_accept(self):
        self._check_can("accept")
        self._take_step(
            "accept", accepted_at=fields.Datetime.now(), accepted_by_id=self.env.uid
        )

    def action_consent(self):
        return self._ask_signature("consent")

    def action_pickup(self):
        return self._ask_signature("pickup")

    def action_call(self):
        self._check_can("call")
        return self._open_wizard("after.sales.repair.call", self.env._("Call"))

    def action_cancel(self):
        return dict(self._ask_reason("cancel"), name=self.env._("Cancel Repair"))

    def _ask_signature(self, verb):
        self.ensure_one()
        self._check_can(verb)
        action = self._open_wizard("after.sales.repair.sign", self.env._("Signature"))
        action["context"]["default_verb"] = verb
        action["context"]["default_signed_by"] = self.customer_name
        action["context"]["default_seen"] = self._get_terms_hash()
        return action

    def _open_wizard(self, model, title):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": model,
            "view_mode": "form",
            "target": "new",
            "context": {"default_repair_id": self.id},
        }

    # ------------------------------------------------------------------------- do

    def _do_cancel(self, reason, note):
        self._take_step("cancel", cancel_reason_id=reason.id, reason_note=note)

    def _get_terms_hash(self):
        """Hash of what is signed: unit, lines, amounts and who pays them, at pickup the
        work done. A page hands back the one of what it has shown."""
        self.ensure_one()
        terms = self._get_snapshot_contents()[self.id]
        frame = [self.id, self.station_id.id, self.lot_id.id, self.currency_id.id]
        if self.state == "accepted":
            frame.append(self.correction)
        terms["fields"]["frame"] = {"value": frame}
        return snapshot.fingerprint(terms)

    def _sign(self, verb, signed_by, signature, seen, channel="screen"):
        """Consent or pickup, with name and signature.

        :param str verb: ``consent`` or ``pickup``
        :param str signed_by: name of who signs
        :param str signature: PNG as drawn on the screen, base64
        :param str seen: hash of what was shown, see ``_get_terms_hash``
        :raises TermsChanged: it is not that any more
        :raises ValidationError: no name, no picture
        """
        self.ensure_one()
        if verb not in ("consent", "pickup"):
            raise UserError(self.env._("There is no such step."))
        self._check_can(verb)
        if not consteq(str(seen or ""), self._get_terms_hash()):
            raise TermsChanged(
                self.env._(
                    "The work has changed since it was shown. Nothing is signed: read "
                    "it again."
                )
            )
        signed_by = self._portal_text(signed_by, 120)
        if not signed_by:
            raise ValidationError(self.env._("Write the name of who signs."))
        picture = self._prove_signature(signature)
        getattr(self, f"_do_{verb}")(signed_by, picture, channel)

    def _do_consent(self, signed_by, picture, channel):
        # sudo: consents belong to the system, who signs needs no right on them
        consent_sudo = self.env["after.sales.repair.consent"].sudo()._take(self.sudo())
        consent_sudo.write(
            {"signed_by": signed_by, "signature": picture, "channel": channel}
        )
        state = "in_work" if self.state == "in_work" else "consented"
        self._write_guarded({"state": state, "consented_at": fields.Datetime.now()})

    def _do_pickup(self, signed_by, picture, channel):
        self._take_step(
            "pickup",
            pickup_signed_by=signed_by,
            pickup_signature=picture,
            pickup_channel=channel,
            picked_up_at=fields.Datetime.now(),
        )
        if self._is_invoiced_by_us():
            self._create_customer_invoice()

    def _rate(self, score, note):
        """The follow-up call: how content the customer is, 0 to 100."""
        self._check_can("call")
        if not 0 <= score <= 100:
            raise ValidationError(self.env._("A score lies between 0 and 100."))
        self._take_step(
            "call",
            score=score,
            call_note=note,
            called_at=fields.Datetime.now(),
            called_by_id=self.env.uid,
        )

    @api.model
    def _prove_signature(self, signature):
        """The picture of a signature, proven by decoding it."""
        text = signature or ""
        text = text.decode() if isinstance(text, bytes) else str(text)
        if not text or len(text) > SIGNATURE_MAX:
            raise ValidationError(self.env._("The signature is missing."))
        try:
            content = base64.b64decode(text, validate=True)
            mimetype = self.env["after.sales.repair.photo"]._prove_type(content)
        except (binascii.Error, ValidationError):
            mimetype = ""
        if not mimetype.startswith("image/"):
            raise ValidationError(self.env._("The signature cannot be read."))
        return text

    def _record_usage(self):
        """What the meter showed at reception is a reading of the unit."""
        # sudo: readings belong to the system, portal users receive units too
        self.env["after.sales.usage.reading"].sudo().create(
            [
                {
                    "lot_id": repair.lot_id.id,
                    "date": repair.company_id._get_sales_day(repair.received_at),
                    "value": repair.usage,
                }
                for repair in self
                if repair.usage
            ]
        )

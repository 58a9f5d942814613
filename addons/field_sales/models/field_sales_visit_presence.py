# pylint: disable=consider-merging-classes-inherited
# Being in the store, from check-in to check-out, is a topic of its own.
from odoo import SUPERUSER_ID, api, fields, models
from odoo.exceptions import UserError

from odoo.addons.sales_base.tools import geo


class FieldSalesVisit(models.Model):
    """Who was in the store, when, and how far from it he checked in.

    A visit nobody planned begins in the store itself. Its key is made of user, store,
    day and ordinal, so that two phones meet in one record.
    """

    _inherit = "field.sales.visit"

    visitor_id = fields.Many2one("res.users", "Visited By", copy=False, index=True)
    started_at = fields.Datetime("Begun", copy=False)
    ended_at = fields.Datetime("Ended", copy=False)
    duration_minutes = fields.Integer("Minutes", copy=False, aggregator="avg")
    latitude = fields.Float(digits=(10, 7), copy=False, aggregator=None)
    longitude = fields.Float(digits=(10, 7), copy=False, aggregator=None)
    distance = fields.Integer(
        "Distance (m)", copy=False, help="From the store at check-in.", aggregator="avg"
    )
    is_far = fields.Boolean("Far from the Store", compute="_compute_is_far")
    is_unplanned = fields.Boolean("Unplanned", copy=False)
    client_key = fields.Char(copy=False)

    _client_key_uniq = models.UniqueIndex(
        "(client_key) WHERE client_key IS NOT NULL", "This visit is already here."
    )
    _one_open_uniq = models.UniqueIndex(
        "(visitor_id) WHERE state = 'in_progress'",
        "Finish the visit that is open before you begin another.",
    )
    _store_done_idx = models.Index("(store_id, ended_at DESC) WHERE state = 'done'")

    @api.depends("distance", "company_id.field_sales_checkin_distance")
    def _compute_is_far(self):
        for visit in self:
            limit = visit.company_id.field_sales_checkin_distance
            visit.is_far = limit and visit.distance > limit

    # ------------------------------------------------------------------ guards

    def _get_cannot_start(self):
        """A visit begins on its day or later, and only when none is open."""
        today = self.env.company._get_sales_today()
        open_sudo = self.sudo().search_fetch(  # sudo: also one the user may not see
            [
                ("visitor_id", "in", self._get_visitors().ids),
                ("state", "=", "in_progress"),
            ],
            ["visitor_id", "name"],
        )
        busy = {visit.visitor_id.id: visit.display_name for visit in open_sudo}
        reasons = {}
        for visit in self.filtered(lambda visit: visit.state == "planned"):
            if not visit._is_visitor():
                continue
            visitor = visit._get_visitors()
            if visit.date_planned > today:
                reasons[visit.id] = self.env._("its day has not come yet.")
            elif visitor.id in busy:
                reasons[visit.id] = self.env._(
                    "%(open)s is still open: finish it first.", open=busy[visitor.id]
                )
        return reasons

    def _get_visitors(self):
        """Who makes these visits when the current user begins them."""
        return self.user_id if self.env.uid == SUPERUSER_ID else self.env.user

    # ------------------------------------------------------------------- steps

    def action_start(self, position=None):
        """Check in.

        :param dict position: ``{"latitude", "longitude"}`` as the device tells it, or
            None; nobody is kept from work by a phone without position
        """
        self._check_can("start")
        for visitor, visits in self.grouped(
            lambda visit: visit._get_visitors()
        ).items():
            if len(visits) > 1:
                raise UserError(
                    self.env._("One visit at a time: choose the store you are in.")
                )
            visits._take_step(
                "start",
                visitor_id=visitor.id,
                started_at=fields.Datetime.now(),
                **visits._prepare_position(position or {}),
            )
        self._prepare_facts()

    def _prepare_position(self, position):
        try:
            here = geo.position(
                float(position.get("latitude") or 0),
                float(position.get("longitude") or 0),
            )
        except (TypeError, ValueError, AttributeError):
            here = None
        if not here or abs(here[0]) > 90 or abs(here[1]) > 180:
            return {}
        metres = geo.distance(here, self.store_id._get_store_position())
        return {
            "latitude": here[0],
            "longitude": here[1],
            "distance": round(metres) if metres is not None else 0,
        }

    def action_done(self):
        """Check out: every fact the company asks for must be there."""
        self._check_can("done")
        self._check_complete()
        now = fields.Datetime.now()
        for visit in self:
            minutes = (now - visit.started_at).total_seconds() / 60
            visit._take_step(
                "done", ended_at=now, duration_minutes=max(round(minutes), 1)
            )
        self._note_visited()

    def _note_visited(self):
        """The store's last visit, and by when the next one is due."""
        stores_sudo = self.store_id.sudo()  # sudo: a note of the system on the partner
        days = {}
        for visit in self:
            day = visit.company_id._get_sales_day(visit.ended_at)
            known = visit.store_id.field_sales_last_visit_date
            days[visit.store_id.id] = max(
                filter(None, (day, known, days.get(visit.store_id.id)))
            )
        stores_sudo._write_field_sales_days("field_sales_last_visit_date", days)
        stores_sudo._update_field_sales_due()

    # --------------------------------------------------------------- unplanned

    @api.model
    def _start_at(self, store):
        """The visit of ``store`` that the current user makes now: the one that is open
        or planned for today, else a new one."""
        today = self.env.company._get_sales_today()
        visits = self.search(
            [
                ("store_id", "=", store.id),
                ("user_id", "=", self.env.uid),
                ("date_planned", "=", today),
            ]
        )
        current = visits.filtered(lambda visit: visit.state == "in_progress")[:1]
        if current:
            return current
        planned = visits.filtered(lambda visit: visit.state == "planned")[:1]
        visit = planned or self._get_or_create_unplanned(
            store, today, 1 + sum(map(bool, visits.mapped("client_key")))
        )
        visit.action_start()
        return visit

    @api.model
    def _get_or_create_unplanned(self, store, day, ordinal):
        """The unplanned visit of the current user; one that is known is given back.

        :param date day: business day
        :param int ordinal: the user's how-manieth unplanned visit of that store and day
        """
        self.check_access("create")
        key = f"{self.env.uid}/{store.id}/{day.isoformat()}/{ordinal}"
        visit = self.search([("client_key", "=", key)])
        if visit:
            return visit
        # sudo: key and mark are closed fields; the visit is the user's own
        return (
            self.sudo()
            .create(
                {
                    "store_id": store.id,
                    "user_id": self.env.uid,
                    "company_id": self.env.company.id,
                    "date_planned": day,
                    "is_unplanned": True,
                    "client_key": key,
                }
            )
            .sudo(False)
        )

    def action_go(self):
        """From the board into the store: begin the visit and go on in the form."""
        self.ensure_one()
        if self.state == "planned":
            self.action_start()
        return self._get_form_action()

import logging

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

_logger = logging.getLogger(__name__)

RUN_STATES = [
    ("queued", "Waiting"),
    ("running", "Running"),
    ("done", "Done"),
    ("failed", "Failed"),
]
RETRIED_BY = "sales_base.group_sales_base_manager"
#: so many skipped records are named, the rest is counted
SKIPPED_NAMED = 200


class SalesRun(models.Model):
    """One run of a job: what was asked, how far it is, what was skipped and why.

    An app adds a ``kind`` and two methods: ``_get_pending_<kind>(limit)`` returns the
    next records still to do, ``_do_<kind>(records)`` does them without commit and
    returns what it skipped. A job that asks for its pending records by what is still
    missing can be stopped and started again at any point.
    """

    _name = "sales.run"
    _description = "Run"
    _order = "id desc"

    name = fields.Char("Number", readonly=True, copy=False, default="/")
    kind = fields.Selection([], required=True, readonly=True, index=True)
    state = fields.Selection(
        RUN_STATES, required=True, readonly=True, default="queued", index=True
    )
    parameters = fields.Json(readonly=True)
    position = fields.Integer(
        readonly=True, help="Last record taken, for jobs that walk through a list."
    )
    done_count = fields.Integer("Done", readonly=True)
    skipped_count = fields.Integer("Skipped", readonly=True)
    skipped = fields.Json("Skipped Records", readonly=True)
    skipped_text = fields.Text("What Was Skipped", compute="_compute_skipped_text")
    error = fields.Text(readonly=True)
    user_id = fields.Many2one(
        "res.users", readonly=True, index=True, default=lambda self: self.env.user
    )
    started_at = fields.Datetime(readonly=True)
    finished_at = fields.Datetime(readonly=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        index=True,
        default=lambda self: self.env.company,
    )

    _open_idx = models.Index("(id) WHERE state IN ('queued', 'running')")

    @api.depends("skipped")
    def _compute_skipped_text(self):
        for run in self:
            run.skipped_text = "\n".join(
                f"{item['name']}: {item['reason']}" for item in run.skipped or []
            )

    @api.model
    def _start(self, kind, parameters=None, at_once=False):
        """Queue a run, or do it at once when the set is small.

        :param str kind: key of ``kind``
        :param dict parameters: JSON values the job reads from ``parameters``
        :param bool at_once: do it now, in this transaction
        :returns: the run
        """
        # sudo: a run is written by the job only, nobody has rights to change it
        run_sudo = self.sudo().create(
            {
                "name": self.env["ir.sequence"].sudo().next_by_code("sales.run") or "/",
                "kind": kind,
                "parameters": parameters or {},
                "user_id": self.env.uid,
            }
        )
        if at_once:
            while run_sudo._work_batch():
                pass
        else:
            # sudo: whoever may start the job may wake the scheduler
            self.env.ref("sales_base.ir_cron_run").sudo()._trigger()
        return run_sudo.sudo(False)

    @api.model
    def _start_month(self, kind, month, at_once=False):
        """As ``_start``, for a month; the job reads ``date_from`` and ``date_to``.

        :param month: first and last day, see ``tools/period.py``
        """
        days = {"date_from": month.first.isoformat(), "date_to": month.last.isoformat()}
        return self._start(kind, days, at_once)

    def _get_batch_size(self):
        """Hook: how many records one batch of this kind takes."""
        return 200

    def _skip(self, records, reason):
        """What ``_do_<kind>`` returns for records it left out.

        :returns: list of ``{"id", "name", "reason"}``
        """
        return [
            {"id": record.id, "name": record.display_name, "reason": reason}
            for record in records
        ]

    def _work_batch(self):
        """Do the next batch as the user who asked for it.

        :returns: whether there may be more to do
        :rtype: bool
        """
        self.ensure_one()
        # sudo: the rights were asked when the run was started; the user is its author
        run_sudo = self.with_user(self.user_id).with_company(self.company_id).sudo()
        if run_sudo.state == "queued":
            run_sudo.write({"state": "running", "started_at": fields.Datetime.now()})
        records = getattr(run_sudo, f"_get_pending_{run_sudo.kind}")(
            run_sudo._get_batch_size()
        )
        if not records:
            run_sudo.write({"state": "done", "finished_at": fields.Datetime.now()})
            return False
        skipped = getattr(run_sudo, f"_do_{run_sudo.kind}")(records) or []
        run_sudo.write(
            {
                "done_count": run_sudo.done_count + len(records) - len(skipped),
                "skipped_count": run_sudo.skipped_count + len(skipped),
                "skipped": ((run_sudo.skipped or []) + skipped)[:SKIPPED_NAMED],
                "position": max(records.ids),
            }
        )
        return True

    @api.model
    def _cron_work(self):
        """Work through the waiting runs, one committed batch after the other."""
        cron = self.env["ir.cron"]
        runs = self.search([("state", "in", ("queued", "running"))], order="id")
        cron._commit_progress(remaining=len(runs))
        for run in runs:
            if not run.try_lock_for_update():
                continue
            more = True
            while more:
                try:
                    with self.env.cr.savepoint():
                        more = run._work_batch()
                except UserError as error:
                    run.write(
                        {
                            "state": "failed",
                            "error": str(error),
                            "finished_at": fields.Datetime.now(),
                        }
                    )
                    _logger.info("Run %s stopped: %s", run.name, error)
                    more = False
                if not cron._commit_progress(0 if more else 1):
                    return
                run.try_lock_for_update()

    def action_retry(self):
        """Queue failed runs again; they go on where they stopped."""
        if not self.env.user.has_group(RETRIED_BY):
            raise AccessError(self.env._("A manager queues failed runs again."))
        self.check_access("read")
        failed = self.filtered(lambda run: run.state == "failed")
        failed.sudo().write({"state": "queued", "error": False})  # sudo: fields closed
        self.env.ref("sales_base.ir_cron_run").sudo()._trigger()  # sudo: wakes the job

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.sales_base.tools.sheet import Column

from ..models.sales_assistant_campaign import AUDIENCES, VERDICTS
from ..tools import satisfaction

DIMENSIONS = [
    ("all", "All Together"),
    ("question", "Question"),
    ("grade", "Grade"),
    ("country", "Country"),
    ("team", "Sales Team"),
    ("person", "Salesperson"),
]
#: {dimension: column of the participants, or None for what counts once a survey}
SEGMENTS = {
    "all": None,
    "grade": "grade_id",
    "country": "country_id",
    "team": "team_id",
    "person": "user_id",
}


class SalesAssistantSatisfactionReport(models.Model):
    """SA-05, B-15: points of each survey, as a whole, by question and by segment, each
    with how many were asked, how many answered, the lower bound, and whether the target
    is proven. One row a survey and segment."""

    _name = "sales.assistant.satisfaction.report"
    _inherit = ["sales.sheet.mixin"]
    _description = "Satisfaction with Its Proof"
    _auto = False
    _rec_name = "campaign_id"
    _order = "date_period desc, campaign_id desc, dimension, score, id"

    _depends = {
        "sales.assistant.campaign": [
            "audience",
            "company_id",
            "date_period",
            "least_answers",
            "state",
            "target",
        ],
        "sales.assistant.campaign.participant": [
            "campaign_id",
            "country_id",
            "grade_id",
            "is_scored",
            "score",
            "team_id",
            "user_id",
        ],
        "sales.assistant.campaign.answer": ["participant_id", "question_id", "score"],
    }

    campaign_id = fields.Many2one("sales.assistant.campaign", "Survey", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    date_period = fields.Date("Quarter", readonly=True)
    audience = fields.Selection(AUDIENCES, "Whom to Ask", readonly=True)
    dimension = fields.Selection(DIMENSIONS, "Counted by", readonly=True)
    segment = fields.Char(compute="_compute_segment")
    question_id = fields.Many2one("survey.question", readonly=True)
    grade_id = fields.Many2one("sales.grade", readonly=True)
    country_id = fields.Many2one("res.country", readonly=True)
    team_id = fields.Many2one("crm.team", "Sales Team", readonly=True)
    user_id = fields.Many2one("res.users", "Salesperson", readonly=True)
    asked_count = fields.Integer("Asked", readonly=True)
    answered_count = fields.Integer("Answered", readonly=True)
    response_rate = fields.Float("Response Rate (%)", readonly=True, aggregator="avg")
    score = fields.Float("Points", readonly=True, aggregator="avg")
    target = fields.Float("Target (Points)", readonly=True, aggregator="avg")
    least_answers = fields.Integer(readonly=True, aggregator=None)
    lower_bound = fields.Float(
        compute="_compute_proof",
        help="The mean of everybody asked lies above it, 19 times out of 20.",
    )
    verdict = fields.Selection(VERDICTS, compute="_compute_proof")

    # ---------------------------------------------------------------- computes

    @api.depends("dimension")
    def _compute_segment(self):
        labels = dict(self._fields["dimension"]._description_selection(self.env))
        links = {
            "question": "question_id",
            "grade": "grade_id",
            "country": "country_id",
            "team": "team_id",
            "person": "user_id",
        }
        for row in self:
            if row.dimension == "all":
                row.segment = labels["all"]
            else:
                linked = row[links[row.dimension]]
                row.segment = linked.display_name or self.env._("Without")

    @api.depends("score", "answered_count", "asked_count", "target", "least_answers")
    def _compute_proof(self):
        for row in self:
            finding = satisfaction.judge(
                row.score,
                row.answered_count,
                row.asked_count,
                row.target,
                row.least_answers,
            )
            row.lower_bound = finding.bound
            row.verdict = finding.verdict

    # --------------------------------------------------------------------- rows

    @property
    def _table_query(self):
        return SQL(
            """
            SELECT ROW_NUMBER() OVER (
                       ORDER BY part.campaign_id, part.dimension, part.question_id,
                                part.grade_id, part.country_id, part.team_id,
                                part.user_id) AS id,
                   campaign.company_id, campaign.date_period, campaign.audience,
                   campaign.target, campaign.least_answers, part.*,
                   100.0 * part.answered_count / part.asked_count AS response_rate
              FROM (%s) part
              JOIN sales_assistant_campaign campaign ON campaign.id = part.campaign_id
             WHERE campaign.state IN ('running', 'closed')
            """,
            SQL(" UNION ALL ").join(self._select_parts()),
        )

    @api.model
    def _select_parts(self):
        parts = [self._select_segment(*segment) for segment in SEGMENTS.items()]
        return [*parts, self._select_questions()]

    @api.model
    def _select_segment(self, dimension, column):
        """:param column: column of the participants, or None"""
        columns = ("grade_id", "country_id", "team_id", "user_id")
        keys = SQL(", ").join(
            SQL.identifier(name)
            if name == column
            else SQL("NULL::int AS %s", SQL(name))
            for name in columns
        )
        grouped = SQL(", %s", SQL.identifier(column)) if column else SQL()
        return SQL(
            """
            SELECT campaign_id, %(dimension)s AS dimension, NULL::int AS question_id,
                   %(keys)s, COUNT(*) AS asked_count,
                   COUNT(*) FILTER (WHERE is_scored) AS answered_count,
                   AVG(score) FILTER (WHERE is_scored) AS score
              FROM sales_assistant_campaign_participant
             GROUP BY campaign_id %(grouped)s
            """,
            dimension=dimension,
            keys=keys,
            grouped=grouped,
        )

    @api.model
    def _select_questions(self):
        return SQL(
            """
            SELECT answer.campaign_id, 'question', answer.question_id, NULL::int,
                   NULL::int, NULL::int, NULL::int, MAX(asked.number), COUNT(*),
                   AVG(answer.score)
              FROM sales_assistant_campaign_answer answer
              JOIN (SELECT campaign_id, COUNT(*) AS number
                      FROM sales_assistant_campaign_participant
                     GROUP BY campaign_id) asked
                ON asked.campaign_id = answer.campaign_id
             GROUP BY answer.campaign_id, answer.question_id
            """
        )

    # -------------------------------------------------------------------- sheet

    @api.model
    def _get_sheet_title(self):
        return self.env._("Satisfaction with Its Proof")

    @api.model
    def _get_sheet_columns(self):
        _ = self.env._
        return [
            Column("campaign_id.subject", label=_("Survey")),
            Column("date_period"),
            Column("dimension"),
            Column(
                "segment", label=_("Segment"), getter="_get_sheet_segments", width=40
            ),
            Column("asked_count"),
            Column("answered_count"),
            Column("response_rate"),
            Column("score"),
            Column(
                "lower_bound",
                label=_("Lower Bound"),
                getter="_get_sheet_bounds",
                kind="float",
            ),
            Column("target"),
            Column("verdict", label=_("Verdict"), getter="_get_sheet_verdicts"),
        ]

    def _get_sheet_segments(self):
        return {row.id: row.segment for row in self}

    def _get_sheet_bounds(self):
        return {row.id: row.lower_bound for row in self}

    def _get_sheet_verdicts(self):
        labels = dict(self._fields["verdict"]._description_selection(self.env))
        return {row.id: labels[row.verdict] for row in self}

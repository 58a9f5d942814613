"""The auditor's workbench: its page as it opens, beside the fewest statements that
fetch the same counts and rows."""

import io

from PIL import Image

from ..pages import Page, ask

KINDS = ("plate", "meter", "damage")
#: what the page may take, whatever the claims, lines, photos and findings
STATEMENTS = 32

QUEUE = """
SELECT c.id, c.name, c.verdict, c.state, c.date_due, c.amount_claimed, l.name,
       s.code, s.name, p.name
  FROM after_sales_claim c
  JOIN stock_lot l ON l.id = c.lot_id
  JOIN after_sales_station s ON s.id = c.station_id
  LEFT JOIN res_users u ON u.id = c.auditor_id
  LEFT JOIN res_partner p ON p.id = u.partner_id
 WHERE c.id IN ({queue})
 ORDER BY c.date_due, c.id
"""
HEAD = """
SELECT c.id, c.name, c.kind, c.state, c.revision, c.verdict, c.amount_claimed,
       c.amount_approved, c.usage, l.date_sold, c.date_repair, c.date_submitted,
       c.date_due, c.complaint, c.cause, c.correction, y.symbol, s.code, s.name, l.name,
       t.name, f.code, f.name, l.date_warranty_start, l.date_warranty_end,
       l.warranty_usage_limit, v.name, p.name
  FROM after_sales_claim c
  JOIN res_currency y ON y.id = c.currency_id
  JOIN after_sales_station s ON s.id = c.station_id
  JOIN stock_lot l ON l.id = c.lot_id
  JOIN product_product d ON d.id = c.product_id
  JOIN product_template t ON t.id = d.product_tmpl_id
  LEFT JOIN after_sales_fault f ON f.id = c.fault_id
  LEFT JOIN after_sales_coverage v ON v.id = l.warranty_coverage_id
  LEFT JOIN res_users u ON u.id = c.auditor_id
  LEFT JOIN res_partner p ON p.id = u.partner_id
 WHERE c.id = %s
"""
LINES = """
SELECT e.id, e.line_type, e.name, t.name, b.code, b.name, e.is_causal, e.quantity,
       e.price_unit, e.standard_hours, e.amount, e.decision, e.approved_amount, r.name,
       e.decision_note
  FROM after_sales_claim_line e
  LEFT JOIN product_product d ON d.id = e.product_id
  LEFT JOIN product_template t ON t.id = d.product_tmpl_id
  LEFT JOIN after_sales_labor b ON b.id = e.labor_id
  LEFT JOIN sales_reason r ON r.id = e.cut_reason_id
 WHERE e.claim_id = %s
 ORDER BY e.sequence, e.id
"""
FINDINGS = """
SELECT * FROM after_sales_finding WHERE claim_id = %s AND is_current
 ORDER BY sequence, id
"""
PHOTOS = """
SELECT h.id, h.kind, h.taken_at, a.id, a.name, a.mimetype
  FROM after_sales_claim_photo h JOIN ir_attachment a ON a.id = h.attachment_id
 WHERE h.claim_id = %s
"""
READINGS = """
SELECT id, date, value, claim_id FROM after_sales_usage_reading WHERE lot_id = %s
 ORDER BY date DESC, id DESC LIMIT 6
"""
HISTORY = """
SELECT c.id, c.name, c.date_repair, s.code, s.name, f.code, f.name, c.usage,
       c.amount_claimed, c.state,
       ARRAY(SELECT product_id FROM after_sales_claim_line e WHERE e.claim_id = c.id)
  FROM after_sales_claim c
  JOIN after_sales_station s ON s.id = c.station_id
  LEFT JOIN after_sales_fault f ON f.id = c.fault_id
 WHERE c.lot_id = %s AND c.id <> %s AND c.state <> 'draft'
 ORDER BY c.date_repair DESC, c.id DESC LIMIT 15
"""
REASONS = """
SELECT id, name, usage, is_note_required FROM sales_reason
 WHERE active AND usage IN ('after_sales_cut', 'after_sales_return',
       'after_sales_reject')
 ORDER BY sequence, id
"""


def _set_up(env):
    """The first claim of the queue gets photos, which generated claims have not."""
    # sudo: whose photos they are is not measured
    page = env["after.sales.workbench"]
    (lane, *_others) = page._get_queue_lanes(env["after.sales.board"]).values()
    claims = env["after.sales.claim"].sudo()
    claim = claims.search(lane["domain"], order=lane["order"], limit=1)
    for number, kind in enumerate(KINDS):
        stream = io.BytesIO()
        Image.new("RGB", (64, 48), (number * 80, 90, 90)).save(stream, "JPEG")
        attachment = (
            env["ir.attachment"]
            .sudo()
            .create(
                {
                    "name": f"{kind}.jpg",
                    "raw": stream.getvalue(),
                    "res_model": claim._name,
                    "res_id": claim.id,
                }
            )
        )
        env["after.sales.claim.photo"].sudo().create(
            {"claim_id": claim.id, "attachment_id": attachment.id, "kind": kind}
        )
    return claim.id


def _open(env, claim_id):
    return env["after.sales.workbench"].open_workbench("review", claim_id)


def _open_by_sql(env, claim_id):
    from odoo.tools import SQL

    board = env["after.sales.board"]
    claims = env["after.sales.claim"]
    lanes = env["after.sales.workbench"]._get_queue_lanes(board)
    counts = [
        claims._search(lane["domain"]).subselect(SQL("count(*)"))
        for lane in lanes.values()
    ]
    env.cr.execute(SQL("SELECT %s", SQL(", ").join(counts)))
    env.cr.fetchall()
    review = lanes["review"]
    found = claims._search(review["domain"], order=review["order"], limit=60)
    text = env.cr.mogrify(found.select()).decode()
    ask(env, QUEUE.format(queue=text.replace("%", "%%")))
    ((lot_id,),) = ask(
        env, "SELECT lot_id FROM after_sales_claim WHERE id = %s", (claim_id,)
    )
    for statement in (HEAD, LINES, FINDINGS, PHOTOS):
        ask(env, statement, (claim_id,))
    ask(env, READINGS, (lot_id,))
    ask(env, HISTORY, (lot_id, claim_id))
    ask(env, REASONS)


PAGES = (
    Page(
        name="workbench, opened on a claim",
        run=_open,
        setup=_set_up,
        floor=_open_by_sql,
        statements=STATEMENTS,
    ),
)

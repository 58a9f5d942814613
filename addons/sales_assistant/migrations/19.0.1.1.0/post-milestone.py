from odoo import SUPERUSER_ID, api

#: working days that the shipped steps take
DURATIONS = {
    "export": {
        "material": 5,
        "production": 8,
        "inspection": 1,
        "packing": 1,
        "booking": 2,
        "shipment": 2,
        "invoice": 1,
        "delivery": 12,
    },
    "all": {
        "material": 4,
        "production": 5,
        "inspection": 1,
        "packing": 1,
        "shipment": 1,
        "invoice": 1,
        "delivery": 2,
    },
}
#: open milestones computed at a time
BATCH = 5000


def migrate(cr, version):
    """Milestones know their first day and how long they take; those that are open, the
    last day without risk. The shipped templates are not updated by themselves."""
    cr.execute("UPDATE sales_assistant_milestone SET date_first = date_planned")
    prefix = "sales_assistant_milestone_template_"
    names = {
        f"{prefix}{template}_{step}": days
        for template, steps in DURATIONS.items()
        for step, days in steps.items()
    }
    cr.execute(
        """
        UPDATE sales_assistant_milestone_template_line line
           SET duration_days = shipped.days
          FROM ir_model_data data,
               unnest(%s::varchar[], %s::int[]) AS shipped(name, days)
         WHERE data.module = 'sales_assistant'
           AND data.model = 'sales.assistant.milestone.template.line'
           AND data.name = shipped.name
           AND data.res_id = line.id
        """,
        (list(names), list(names.values())),
    )
    cr.execute(
        """
        UPDATE sales_assistant_milestone milestone
           SET duration_days = line.duration_days
          FROM sales_assistant_milestone_template_line line
         WHERE line.id = milestone.template_line_id
           AND milestone.state = 'pending'
        """
    )
    env = api.Environment(cr, SUPERUSER_ID, {})
    milestones = env["sales.assistant.milestone"]
    pending = milestones.search([("state", "=", "pending")], order="order_id, id")
    for start in range(0, len(pending), BATCH):
        batch = pending[start : start + BATCH]
        env.add_to_compute(milestones._fields["date_latest"], batch)
        env.flush_all()
        env.invalidate_all()

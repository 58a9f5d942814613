STEPS = (
    "sales_assistant_milestone_template_export_production",
    "sales_assistant_milestone_template_all_production",
)


def migrate(cr, version):
    """The shipped steps that end production, and the milestones made of them, say so;
    the shipped templates are not updated by themselves."""
    cr.execute(
        """
        UPDATE sales_assistant_milestone_template_line line
           SET is_production = TRUE
          FROM ir_model_data data
         WHERE data.module = 'sales_assistant'
           AND data.model = 'sales.assistant.milestone.template.line'
           AND data.name IN %s
           AND data.res_id = line.id
        """,
        [STEPS],
    )
    cr.execute(
        """
        UPDATE sales_assistant_milestone milestone
           SET is_production = TRUE
          FROM sales_assistant_milestone_template_line line
         WHERE line.id = milestone.template_line_id
           AND line.is_production
        """
    )

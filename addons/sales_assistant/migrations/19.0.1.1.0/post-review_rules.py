def migrate(cr, version):
    """Rules that come with this version would stop orders of a running business on the
    day of the upgrade: they wait, archived, until somebody switches them on."""
    cr.execute(
        """
        UPDATE sales_assistant_review_rule
           SET active = false
         WHERE id IN (
             SELECT res_id
               FROM ir_model_data
              WHERE module = 'sales_assistant'
                AND model = 'sales.assistant.review.rule'
                AND name IN %s)
        """,
        [
            (
                "sales_assistant_review_rule_margin",
                "sales_assistant_review_rule_overdue",
                "sales_assistant_review_rule_low_grade",
                "sales_assistant_review_rule_requirement",
                "sales_assistant_review_rule_oral",
            )
        ],
    )

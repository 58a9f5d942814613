# pylint: disable=consider-merging-classes-inherited
# Each part of the desk tells its own part of the story.
from odoo import api, models

#: the bearing maker's finance department looks at receivables from here on
OVERDUE_LIMIT = 60000


class SalesAssistantDemo(models.AbstractModel):
    """SA-11: the rules of the bearing maker."""

    _inherit = "sales.assistant.demo"

    @api.model
    def _name_departments(self):
        result = super()._name_departments()
        for key, name in (
            ("margin", "finance"),
            ("overdue", "finance"),
            ("low_grade", "finance"),
            ("requirement", "technical"),
            ("oral", "finance"),
        ):
            rule = self.env.ref(f"sales_assistant.sales_assistant_review_rule_{key}")
            rule.department_ids = self.env.ref(
                f"sales_assistant.sales_department_{name}_demo"
            )
        overdue = self.env.ref("sales_assistant.sales_assistant_review_rule_overdue")
        overdue.limit = OVERDUE_LIMIT
        return result

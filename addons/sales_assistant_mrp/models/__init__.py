from . import (
    mrp_production,
    sale_order,
    sales_assistant_milestone,
    sales_assistant_milestone_template_line,
)

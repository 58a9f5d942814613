from . import field_sales_plan_generate
from . import field_sales_visit_move

from . import sales_step_reason

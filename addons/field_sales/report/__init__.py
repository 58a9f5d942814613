from . import field_sales_visit_report

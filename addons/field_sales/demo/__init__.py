from . import field_sales_demo

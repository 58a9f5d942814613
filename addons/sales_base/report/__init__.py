from . import sales_complaint_summary

from . import (
    sales_assistant_callback_coverage,
    sales_assistant_controlled_document_balance,
    sales_assistant_followup,
    sales_assistant_milestone_report,
    sales_assistant_performance_report,
    sales_assistant_property_ledger,
    sales_assistant_sample_report,
    sales_assistant_satisfaction_report,
)

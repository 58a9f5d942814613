from . import (
    account_move_send_wizard,
    sales_assistant_callback_log,
    sales_assistant_callback_snooze,
    mail_compose_message,
    mail_compose_message_letter,
    portal_share,
    sales_assistant_opinion_answer,
    sales_assistant_pattern_check,
    sales_assistant_performance_download,
    sales_assistant_review_decide,
    sales_assistant_review_rule_preview,
)

import { registry } from "@web/core/registry";

/** The salesperson asks for the review of a quotation and sees it wait. */
registry.category("web_tour.tours").add("sales_assistant_salesperson", {
    steps: () => [
        {
            trigger: "button[name=action_request_review]",
            run: "click",
        },
        {
            content: "the review is open",
            trigger: ".o_arrow_button_current[data-value=in_review]",
        },
        {
            content: "back to the order",
            trigger: "button[name=action_open_order]",
            run: "click",
        },
        {
            content: "the quotation says that it is in review",
            trigger:
                ".o_form_view:has(.o_field_widget[name=order_line]) .o_field_widget[name=sales_review_state]:contains(In Review)",
        },
    ],
});

import { registry } from "@web/core/registry";

/** The manager decides on a special order from the board. */
registry.category("web_tour.tours").add("sales_assistant_manager", {
    url: "/odoo/assistant-desk",
    steps: () => [
        {
            trigger:
                ".o_sales_lane[data-lane=decisions] .o_sales_row button[title=Decide]",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=note] textarea",
            run: "edit Long-standing customer, the cash cover suffices.",
        },
        {
            trigger: ".modal button[name=action_approve]",
            run: "click",
        },
        {
            trigger: ".o_sales_empty [data-lane=decisions]",
        },
    ],
});

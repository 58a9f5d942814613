import { registry } from "@web/core/registry";

/** AS-08: an auditor opens a claim from the board, cuts a line and approves. */
registry.category("web_tour.tours").add("after_sales_auditor", {
    url: "/odoo/after-sales",
    steps: () => [
        {
            trigger: ".o_sales_lane[data-lane=review] .o_sales_row [role=button]",
            run: "click",
        },
        { trigger: ".o_after_sales_findings .badge:contains(Pass)" },
        {
            trigger:
                ".o_field_widget[name=line_ids] .o_data_row:last td[name=decision]",
            run: "click",
        },
        {
            trigger:
                ".o_selected_row [name=decision] select, .o_selected_row [name=decision] input",
            run: "click",
        },
        {
            trigger:
                ".o-dropdown-item:contains(Cut), .o_select_menu_item:contains(Cut)",
            run: "click",
        },
        {
            trigger: ".o_selected_row [name=approved_amount] input:enabled",
            run: "edit 150",
        },
        { trigger: ".o_selected_row [name=cut_reason_id] input", run: "edit Labour" },
        {
            trigger: ".o-autocomplete--dropdown-item:contains(Labour over)",
            run: "click",
        },
        { trigger: "button[name=action_approve]", run: "click" },
        { trigger: ".o_arrow_button_current:contains(Approved)" },
    ],
});

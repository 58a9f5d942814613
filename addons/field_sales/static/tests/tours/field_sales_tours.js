import { registry } from "@web/core/registry";

const card = (product) => `.o_fs_card[data-product*="${product}"]`;

registry.category("web_tour.tours").add("field_sales_rep_tour", {
    url: "/odoo/field-sales",
    steps: () => [
        {
            content: "the day begins on the board",
            trigger:
                ".o_sales_lane[data-lane=today] .o_sales_row:contains(Tour Store) button",
            run: "click",
        },
        {
            content: "the visit lists the products of the store",
            trigger: `${card("Tour Crisps")} .o_fs_head`,
            run: "click",
        },
        {
            content: "last visit's price is taken over",
            trigger: `${card("Tour Crisps")} .o_fs_entry[data-name=price_tag] .o_fs_last`,
            run: "click",
        },
        {
            trigger: `${card("Tour Crisps")} .o_fs_entry[data-name=stock_shelf] input`,
            run: "edit 22 && press Tab",
        },
        {
            trigger: `${card("Tour Crisps")} .o_fs_entry[data-name=stock_back] input`,
            run: "edit 7 && press Tab",
        },
        {
            content: "one more behind",
            trigger: `${card("Tour Crisps")} .o_fs_entry[data-name=stock_back] .o_fs_plus`,
            run: "click",
        },
        {
            content: "the arithmetic is shown",
            trigger: `${card("Tour Crisps")} .o_fs_why:contains("(40 + 24 − 30) × 1.5 − 30 = 21")`,
        },
        {
            trigger: `${card("Tour Crisps")} .o_fs_suggested:contains(24)`,
            run: "click",
        },
        {
            content: "one tap to the quotation",
            trigger: ".o_fs_actions button[name=action_order]",
            run: "click",
        },
        {
            content: "the quotation holds the product",
            trigger: ".o_field_widget[name=order_line]:contains(Tour Crisps)",
        },
        {
            content: "and back to the visit",
            trigger: ".o_back_button:visible",
            run: "click",
        },
        {
            trigger: ".o_field_sales_visit_form .o_fs_actions button[name=action_done]",
            run: "click",
        },
        {
            trigger: ".o_statusbar_status:contains(Done)",
        },
    ],
});

registry.category("web_tour.tours").add("field_sales_supervisor_tour", {
    url: "/odoo/field-sales",
    steps: () => [
        {
            content: "a plan waits for approval",
            trigger:
                ".o_sales_lane[data-lane=approve] .o_sales_row:contains(Tour Rep) button:contains(Approve)",
            run: "click",
        },
        {
            content: "it is approved from the board",
            trigger:
                ".o_sales_board_content:not(:has(.o_sales_lane[data-lane=approve] .o_sales_row:contains(Tour Rep)))",
        },
        {
            content: "a store waits too long",
            trigger:
                ".o_sales_lane[data-lane=overdue] .o_sales_row:contains(Forgotten Store)",
        },
    ],
});

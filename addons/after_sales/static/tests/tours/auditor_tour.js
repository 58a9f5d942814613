import { registry } from "@web/core/registry";

/** AS-08: from the board into the workbench; by keys alone an auditor cuts a line,
 * approves the claim, and has the next before him, which he returns. */
registry.category("web_tour.tours").add("after_sales_auditor", {
    url: "/odoo/after-sales",
    steps: () => [
        {
            trigger: ".o_sales_lane[data-lane=review] .o_sales_row [role=button]",
            run: "click",
        },
        { trigger: ".o_after_sales_workbench .o_findings summary" },
        { trigger: ".o_photo_stage img" },
        { trigger: ".o_after_sales_workbench .o_keys", run: "press 2" },
        { trigger: ".o_line_current[data-line='2']", run: "press c" },
        { trigger: ".modal #decision_amount", run: "edit 150" },
        {
            trigger: ".modal #decision_reason",
            run: "selectByLabel Labour over standard time",
        },
        { trigger: ".modal .modal-footer .btn-primary", run: "click" },
        { trigger: ".o_line[data-line='2']:contains(150)" },
        { trigger: "body:not(:has(.modal)) .o_claim_state:contains(In Review)" },
        { trigger: ".o_after_sales_workbench .o_keys", run: "press a" },
        {
            content: "the next claim is there at once",
            trigger: ".o_claim_state:contains(Submitted)",
        },
        { trigger: ".o_after_sales_workbench .o_keys", run: "press r" },
        { trigger: ".modal #decision_note", run: "edit Photo of the plate" },
        { trigger: ".modal #decision_reason", run: "selectByIndex 1" },
        { trigger: ".modal .modal-footer .btn-primary", run: "click" },
        { trigger: ".o_done" },
    ],
});

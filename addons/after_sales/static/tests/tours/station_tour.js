import { registry } from "@web/core/registry";

/** AS-20: a mechanic enters a claim on the phone and submits it. */
registry.category("web_tour.tours").add("after_sales_station", {
    url: "/my/claims/new",
    steps: () => [
        {
            content: "the serial number is looked up",
            trigger: "input[name=serial]",
            run: "edit T-0001 && press Tab",
        },
        { trigger: ".o_unit.alert-success:contains(Light Truck T1)" },
        { trigger: "input[name=usage]", run: "edit 12000" },
        { trigger: ".o_lookup[data-kind=fault]", run: "edit T-E01" },
        { trigger: ".o_lookup_result:contains(Coolant leak)", run: "click" },
        { trigger: ".o_add_line[data-type=part]", run: "click" },
        { trigger: ".o_lines .o_lookup[data-kind=part]", run: "edit Water Pump" },
        { trigger: ".o_lines .o_lookup_result:contains(Water Pump)", run: "click" },
        { trigger: ".o_lines input[name=line_price_unit]", run: "edit 200" },
        { trigger: ".o_add_line[data-type=labor]", run: "click" },
        { trigger: ".o_lines .o_lookup[data-kind=labor]", run: "edit T-L01" },
        {
            trigger: ".o_lines .o_lookup_result:contains(Replace water pump)",
            run: "click",
        },
        {
            content: "the standard time is proposed",
            trigger: "button[name=step][value=submit]",
            run: "click",
            expectUnloadPage: true,
        },
        { trigger: ".badge:contains(Submitted)" },
        { trigger: ".card:contains(Evidence is missing)" },
    ],
});

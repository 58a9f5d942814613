import { registry } from "@web/core/registry";

/** Draws on the signature pad as a finger does. */
function sign() {
    return [
        { trigger: ".o_web_sign_name_and_signature canvas" },
        {
            content: "the name makes a signature by itself",
            trigger: ".o_web_sign_name_and_signature input[name=signer]",
            run: "edit Mrs Li && press Tab",
        },
        {
            trigger: ".o_portal_sign_submit:enabled",
            run: "click",
            expectUnloadPage: true,
        },
    ];
}

/** AS-05: a mechanic takes a unit from the appointment to the claim on the phone. */
registry.category("web_tour.tours").add("after_sales_repair", {
    url: "/my/repairs/new",
    steps: () => [
        { trigger: "input[name=serial]", run: "edit T-0001 && press Tab" },
        { trigger: ".o_unit.alert-success:contains(Light Truck T1)" },
        { trigger: "input[name=customer_name]", run: "edit Mrs Li" },
        {
            trigger: "input[name=begin]",
            run() {
                const now = new Date(Date.now() + 86400000);
                this.anchor.value = now.toISOString().slice(0, 16);
            },
        },
        { trigger: ".o_lookup[data-kind=fault]", run: "edit T-E01" },
        { trigger: ".o_lookup_result:contains(Coolant leak)", run: "click" },
        {
            content: "the counter warns before the unit is accepted",
            trigger: ".o_counters.alert-danger:contains(repair 2 of this fault)",
        },
        { trigger: "button[type=submit]", run: "click", expectUnloadPage: true },
        { trigger: ".o_counters.alert-danger:contains(repair 2 of this fault)" },
        { trigger: "input[name=usage]", run: "edit 12000" },
        { trigger: "textarea[name=inspection]", run: "edit Scratch on the door" },
        {
            trigger: "button[value=receive]",
            run: "click",
            expectUnloadPage: true,
        },
        { trigger: ".o_add_line[data-type=part]", run: "click" },
        { trigger: ".o_lines .o_lookup[data-kind=part]", run: "edit Water Pump" },
        { trigger: ".o_lines .o_lookup_result:contains(Water Pump)", run: "click" },
        { trigger: ".o_lines input[name=line_price_unit]", run: "edit 200" },
        { trigger: ".o_lines select[name=line_payer]", run: "select warranty" },
        { trigger: "button[value=lines]", run: "click", expectUnloadPage: true },
        { trigger: ".o_consent" },
        ...sign(),
        { trigger: "button[value=start]", run: "click", expectUnloadPage: true },
        { trigger: "textarea[name=correction]", run: "edit Pump replaced" },
        { trigger: "button[value=accept]", run: "click", expectUnloadPage: true },
        { trigger: ".o_pickup" },
        ...sign(),
        {
            trigger: "form[action$='/claim'] button[type=submit]",
            run: "click",
            expectUnloadPage: true,
        },
        { trigger: ".o_after_sales_claim_form input[name=serial]:value(T-0001)" },
    ],
});

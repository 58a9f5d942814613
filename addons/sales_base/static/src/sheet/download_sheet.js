import { download } from "@web/core/network/download";
import { registry } from "@web/core/registry";

/**
 * Downloads the sheet of a model; a POST, so that a long selection fits.
 */
async function downloadSheet(env, action) {
    const { model, domain, period, filters } = action.params;
    const data = { model, domain: JSON.stringify(domain) };
    if (period) {
        data.period = JSON.stringify(period);
    }
    if (filters) {
        data.filters = filters;
    }
    env.services.ui.block();
    try {
        await download({ url: "/sales_base/sheet", data });
    } finally {
        env.services.ui.unblock();
    }
    return action.params.next;
}

registry.category("actions").add("sales_base.download_sheet", downloadSheet);

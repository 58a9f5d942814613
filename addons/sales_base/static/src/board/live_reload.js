import { onWillDestroy, useExternalListener } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { useService } from "@web/core/utils/hooks";

/** Message of the server: something on this user's board is different now. */
export const CHANGED = "sales.board/changed";
/** Changes that come close together are read once. */
const GATHER_MS = 1500;
/** Deadlines pass without a message. */
const PERIOD_MS = 2 * 60 * 1000;

/**
 * Calls ``reload`` when the server says that something changed, every other minute, and
 * when the page is looked at again; never while it is hidden.
 *
 * @param {() => Promise} reload
 */
export function useLiveReload(reload) {
    const bus = useService("bus_service");
    let missed = false;
    let timer = null;

    async function refresh() {
        browser.clearTimeout(timer);
        timer = null;
        if (document.hidden) {
            missed = true;
            return;
        }
        missed = false;
        await reload();
    }

    function onChanged() {
        timer ??= browser.setTimeout(refresh, GATHER_MS);
    }

    bus.subscribe(CHANGED, onChanged);
    bus.start();
    const period = browser.setInterval(refresh, PERIOD_MS);
    useExternalListener(document, "visibilitychange", () => missed && refresh());
    onWillDestroy(() => {
        bus.unsubscribe(CHANGED, onChanged);
        browser.clearInterval(period);
        browser.clearTimeout(timer);
    });
}

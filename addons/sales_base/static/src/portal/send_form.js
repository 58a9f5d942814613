import { _t } from "@web/core/l10n/translation";

/** What is wrong when the answer is no JSON, by its status. */
function getTrouble(status) {
    if (!status) {
        return _t("No connection. What you typed is still here; try again.");
    }
    if (status === 413) {
        return _t("The photos are too large. Send fewer of them at once.");
    }
    return _t("The server did not take it. Reload the page and try again.");
}

/**
 * Sends a form and says how far it is; photos take a while on the road.
 *
 * @param {string} url
 * @param {FormData} data
 * @param {(share: number) => void} onProgress called with 0 to 1
 * @returns {Promise<{redirect?: string, error?: string}>}
 */
export function sendForm(url, data, onProgress) {
    return new Promise((resolve) => {
        const request = new XMLHttpRequest();
        request.open("POST", url);
        request.responseType = "json";
        request.upload.addEventListener("progress", (ev) => {
            if (ev.lengthComputable) {
                onProgress(ev.loaded / ev.total);
            }
        });
        request.addEventListener("loadend", () => {
            resolve(request.response || { error: getTrouble(request.status) });
        });
        request.send(data);
    });
}

/** What each key does; the help line of the page names them in this order. */
export const KEYS = {
    j: "openNext",
    k: "openPrevious",
    a: "approve",
    r: "sendBack",
    x: "reject",
    y: "approveLine",
    c: "cutLine",
    n: "rejectLine",
    u: "undecideLine",
    f: "openForm",
};

/** Lines that a digit chooses. */
export const DIGITS = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];

/**
 * The claim to go on with: the one after ``claimId`` in the queue, from its end back to
 * its beginning.
 *
 * @param {{id: number}[]} rows
 * @param {number} claimId
 * @param {number} [step] 1 forward, -1 back
 * @returns {number|false}
 */
export function getNeighbour(rows, claimId, step = 1) {
    const place = rows.findIndex((row) => row.id === claimId);
    if (place < 0) {
        return rows.length ? rows[0].id : false;
    }
    const next = rows[(place + step + rows.length) % rows.length].id;
    return next === claimId ? false : next;
}

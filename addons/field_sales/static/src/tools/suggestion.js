/**
 * The suggested order of one SKU at one store (FS-12): the rule of tools/suggestion.py,
 * for a phone that has to answer without signal. No DOM, no services; one table of
 * cases tests both.
 */

function round(value) {
    return Math.floor(value * 100 + 0.5 + 1e-9) / 100;
}

/**
 * @param {Object} facts stock, last_stock (null: no last visit), last_order, days,
 *      factor, case, safety, shelf_life
 * @returns {Object} the facts and sold, wanted, raised, rounded, limit, quantity
 */
export function suggest(facts) {
    const stock = facts.stock;
    const unitsInCase = facts.case || 1;
    let sold = null;
    let wanted = 0;
    let limit = null;
    if (facts.last_stock !== null) {
        sold = round(facts.last_stock + facts.last_order - stock);
        wanted = Math.max(round(sold * facts.factor - stock), 0);
    }
    const raised = Math.max(wanted, round(facts.safety - stock), 0);
    const rounded = round(Math.ceil(round(raised / unitsInCase)) * unitsInCase);
    let quantity = rounded;
    if (sold && sold > 0 && facts.shelf_life && facts.days > 0) {
        const sellable = (sold / facts.days) * facts.shelf_life - stock;
        limit = Math.max(
            round(Math.floor(round(sellable / unitsInCase)) * unitsInCase),
            0,
        );
        quantity = Math.min(rounded, limit);
    }
    return { ...facts, sold, wanted, raised, rounded, limit, quantity };
}

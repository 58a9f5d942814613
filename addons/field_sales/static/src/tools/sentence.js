import { _t } from "@web/core/l10n/translation";

function shown(value) {
    return String(Math.round((value || 0) * 100) / 100);
}

/**
 * The arithmetic of a suggestion as a sentence in the reader's language.
 *
 * @param {Object} result what suggest() returned
 * @returns {string}
 */
export function wordSuggestion(result) {
    const parts = [];
    if (result.sold === null) {
        parts.push(_t("first count: no sales known yet"));
    } else {
        parts.push(
            _t(
                "(%(last_stock)s + %(last_order)s − %(stock)s) × %(factor)s − %(stock)s = %(raw)s",
                {
                    last_stock: shown(result.last_stock),
                    last_order: shown(result.last_order),
                    stock: shown(result.stock),
                    factor: shown(result.factor),
                    raw: shown(result.sold * result.factor - result.stock),
                },
            ),
        );
        if (!result.wanted) {
            parts.push(_t("not below 0"));
        }
    }
    if (result.raised > result.wanted) {
        parts.push(
            _t("raised to the safety stock of %(safety)s: %(raised)s", {
                safety: shown(result.safety),
                raised: shown(result.raised),
            }),
        );
    }
    if (result.rounded !== result.raised) {
        parts.push(
            _t("up to cases of %(case)s: %(rounded)s", {
                case: shown(result.case),
                rounded: shown(result.rounded),
            }),
        );
    }
    if (result.limit !== null && result.limit < result.rounded) {
        parts.push(
            _t("at most %(limit)s sell within the shelf life of %(days)s days", {
                limit: shown(result.limit),
                days: shown(result.shelf_life),
            }),
        );
    }
    return parts.join("; ");
}

import { useExternalListener } from "@odoo/owl";

const ROW = ".o_sales_row_open";

/**
 * The board by keyboard. Up and down go from row to row, left and right from lane to
 * lane, Enter opens, a digit presses that button of the row, S puts it off, R reads the
 * board again; with Shift, left and right move the lane itself.
 *
 * @param {{ el: HTMLElement }} ref the element with the lanes
 * @param {Object} on what to do: open, snooze, act, move, reload, find
 */
export function useBoardKeys(ref, on) {
    function onKeydown(ev) {
        if (!ref.el || ev.ctrlKey || ev.altKey || ev.metaKey || isTyping(ev.target)) {
            return;
        }
        const rows = [...ref.el.querySelectorAll(ROW)];
        const focused = document.activeElement?.closest?.(ROW);
        const index = focused ? rows.indexOf(focused) : -1;
        if (handle(ev, rows, index)) {
            ev.preventDefault();
        }
    }

    function handle(ev, rows, index) {
        switch (ev.key) {
            case "ArrowDown":
                return focusRow(rows, index + 1);
            case "ArrowUp":
                return focusRow(rows, index < 0 ? 0 : index - 1);
            case "ArrowRight":
                return ev.shiftKey
                    ? moveLane(rows[index], 1)
                    : focusLane(rows, index, 1);
            case "ArrowLeft":
                return ev.shiftKey
                    ? moveLane(rows[index], -1)
                    : focusLane(rows, index, -1);
            case "r":
                on.reload();
                return true;
        }
        return index >= 0 && handleRow(ev, rows[index]);
    }

    function handleRow(ev, element) {
        const [lane, row] = on.find(getLaneKey(element), Number(element.dataset.row));
        if (!row) {
            return false;
        }
        if (ev.key === "Enter") {
            on.open(lane, row);
        } else if (ev.key === "s") {
            on.snooze(lane, row);
        } else if (/^[1-9]$/.test(ev.key)) {
            on.act(lane, row, Number(ev.key));
        } else {
            return false;
        }
        return true;
    }

    function moveLane(element, step) {
        if (!element) {
            return false;
        }
        on.move(getLaneKey(element), step);
        return true;
    }

    useExternalListener(window, "keydown", onKeydown);
}

function isTyping(target) {
    return Boolean(
        target.closest?.(
            "input, textarea, select, [contenteditable=true], .modal, .o-dropdown--menu",
        ),
    );
}

function getLaneKey(element) {
    return element.closest(".o_sales_lane").dataset.lane;
}

function focusRow(rows, index) {
    rows[index]?.focus();
    rows[index]?.scrollIntoView?.({ block: "nearest" });
    return Boolean(rows[index]);
}

/** The first row of the next lane, or of the one before. */
function focusLane(rows, index, step) {
    if (index < 0) {
        return focusRow(rows, 0);
    }
    const keys = [...new Set(rows.map(getLaneKey))];
    const wanted = keys[keys.indexOf(getLaneKey(rows[index])) + step];
    return focusRow(
        rows,
        rows.findIndex((row) => getLaneKey(row) === wanted),
    );
}

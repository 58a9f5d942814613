import { describe, expect, test } from "@odoo/hoot";
import { press } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import {
    getService,
    makeServerError,
    mountWithCleanup,
    onRpc,
} from "@web/../tests/web_test_helpers";
import { WebClient } from "@web/webclient/webclient";
import { getNeighbour } from "@after_sales/workbench/keys";

describe.current.tags("desktop");
defineMailModels();

function makeClaim(id, values = {}) {
    return {
        id,
        name: `C${id}`,
        is_open: true,
        revision: 1,
        cannot: {},
        facts: [],
        texts: [],
        findings: [],
        photos: [],
        history: [],
        submissions: [],
        coverage: { readings: [] },
        lines: [
            { id: 10 * id + 1, number: 1, decision: false },
            { id: 10 * id + 2, number: 2, decision: false },
        ],
        ...values,
    };
}

function makeQueue(...ids) {
    return {
        lane: "review",
        lanes: [],
        rows: ids.map((id) => ({ id, title: `C${id}` })),
    };
}

async function openWorkbench(queue = makeQueue(1, 2, 3), values = {}) {
    onRpc("after.sales.workbench", "open_workbench", () => ({
        queue,
        claim: makeClaim(queue.rows[0].id, values),
        reasons: { cut: [], return: [], reject: [] },
    }));
    await mountWithCleanup(WebClient);
    await getService("action").doAction({
        type: "ir.actions.client",
        tag: "after_sales.workbench",
    });
}

async function hit(key) {
    await press(key);
    await animationFrame();
    await animationFrame();
}

test("AS-08: the neighbour in the queue", () => {
    const rows = [{ id: 4 }, { id: 7 }, { id: 9 }];
    expect(getNeighbour(rows, 4)).toBe(7);
    expect(getNeighbour(rows, 9)).toBe(4);
    expect(getNeighbour(rows, 4, -1)).toBe(9);
    expect(getNeighbour(rows, 5)).toBe(4);
    expect(getNeighbour([{ id: 4 }], 4)).toBe(false);
    expect(getNeighbour([], 4)).toBe(false);
});

test("AS-08: keys move in the queue, choose a line and decide", async () => {
    onRpc("after.sales.workbench", "get_claim", ({ args }) => makeClaim(args[0]));
    onRpc("after.sales.workbench", "decide_line", ({ args }) => {
        expect.step(["line", ...args]);
        return makeClaim(2);
    });
    onRpc("after.sales.workbench", "take_step", ({ args }) => {
        expect.step(["step", ...args.slice(0, 3), args[3].then]);
        return { queue: makeQueue(1, 3), claim: makeClaim(3) };
    });
    await openWorkbench();
    expect(".o_current").toHaveText("C1");
    await hit("j");
    expect(".o_current").toHaveText("C2");
    await hit("2");
    expect(".o_line_current").toHaveAttribute("data-line", "2");
    await hit("y");
    expect.verifySteps([["line", 22, 1, "approved", {}]]);
    await hit("a");
    expect.verifySteps([["step", 2, 1, "approve", 3]]);
    expect(".o_current").toHaveText("C3");
});

test("AS-08: what a colleague has decided is told, and the next claim is shown", async () => {
    onRpc("after.sales.workbench", "take_step", () => {
        throw makeServerError({
            errorName: "odoo.exceptions.UserError",
            message: "C1 is not in review any more",
        });
    });
    onRpc("after.sales.workbench", "get_queue", () => makeQueue(2, 3));
    onRpc("after.sales.workbench", "get_claim", ({ args }) => makeClaim(args[0]));
    await openWorkbench();
    await hit("a");
    await animationFrame();
    expect(".o_notification").toHaveText("C1 is not in review any more");
    expect(".o_current").toHaveText("C2");
});

test("AS-08: a step that is closed to the auditor is not sent", async () => {
    const cannot = { approve: "only a manager approves" };
    onRpc("after.sales.workbench", "take_step", () => expect.step("sent"));
    await openWorkbench(makeQueue(1), { cannot });
    expect("button[name=approve]").not.toBeEnabled();
    await hit("a");
    expect.verifySteps([]);
    expect(".o_notification").toHaveText("C1: only a manager approves");
});

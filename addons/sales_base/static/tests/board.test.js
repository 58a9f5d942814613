import { describe, expect, test } from "@odoo/hoot";
import { press, queryAllAttributes, queryAllTexts } from "@odoo/hoot-dom";
import { advanceTime, animationFrame } from "@odoo/hoot-mock";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import {
    contains,
    getService,
    mockService,
    mountWithCleanup,
    onRpc,
} from "@web/../tests/web_test_helpers";
import { WebClient } from "@web/webclient/webclient";
import { CHANGED } from "@sales_base/board/live_reload";

describe.current.tags("desktop");
defineMailModels();

function makeLane(key, ...ids) {
    return {
        key,
        title: key.toUpperCase(),
        icon: "fa-list",
        model: "res.partner",
        domain: [["id", "in", ids]],
        count: ids.length,
        rows: ids.map((id) => ({
            id,
            title: `Row ${id}`,
            reason: "late",
            level: "danger",
        })),
        actions: [{ method: "action_done", title: "Done", icon: "fa-check" }],
        empty: "",
        snooze: true,
    };
}

/** Opens a board whose server answers with what ``lanes`` holds at that moment. */
async function openBoard(lanes, values = {}) {
    onRpc("sales.board", "get_board", () => {
        expect.step("read");
        return { figures: [], snoozed: 0, team: false, lanes: [...lanes], ...values };
    });
    await mountWithCleanup(WebClient);
    await getService("action").doAction({
        type: "ir.actions.client",
        tag: "sales_base.board",
        params: { model: "sales.board" },
    });
    await animationFrame();
    expect.verifySteps(["read"]);
}

async function hit(...keys) {
    for (const key of keys) {
        await press(key);
        await animationFrame();
    }
}

function getLanes() {
    return queryAllAttributes(".o_sales_lane", "data-lane");
}

function focusedRow() {
    return Number(document.activeElement.dataset.row);
}

test("SA-01: lanes without work fold away", async () => {
    await openBoard([makeLane("calls", 1), makeLane("late"), makeLane("holds")]);
    expect(getLanes()).toEqual(["calls"]);
    expect(queryAllTexts(".o_sales_empty button")).toEqual(["LATE", "HOLDS"]);
});

test("SA-01: nothing left is said", async () => {
    await openBoard([makeLane("late")]);
    expect(".o_sales_all_done").toHaveCount(1);
});

test("SA-01: by keyboard from row to row and lane to lane", async () => {
    await openBoard([makeLane("a", 1, 2), makeLane("b", 3), makeLane("c", 4)]);
    const places = [];
    for (const key of [
        "ArrowDown",
        "ArrowDown",
        "ArrowDown",
        "ArrowRight",
        "ArrowRight",
    ]) {
        await hit(key);
        places.push(focusedRow());
    }
    expect(places).toEqual([1, 2, 3, 4, 4]);
    await hit("ArrowLeft", "ArrowLeft");
    expect(focusedRow()).toBe(1);
});

test("SA-01: a digit presses the row's button, S puts it off, R reads again", async () => {
    const lanes = [makeLane("a", 1, 2)];
    onRpc("res.partner", "action_done", ({ args }) => {
        expect.step(`done ${args[0]}`);
        lanes[0] = makeLane("a", 2);
        return true;
    });
    await openBoard(lanes);
    await hit("ArrowDown", "1");
    await animationFrame();
    expect.verifySteps(["done 1", "read"]);
    expect(".o_sales_row").toHaveCount(1);
    await hit("r");
    expect.verifySteps(["read"]);
    const actions = [];
    mockService("action", {});
    getService("action").doAction = (action) => actions.push(action);
    await hit("ArrowDown", "s");
    expect(actions[0].res_model).toBe("sales.snooze");
    expect(actions[0].context).toEqual({
        default_res_model: "res.partner",
        default_res_id: 2,
    });
});

test("SA-01: the user's own order of lanes is kept", async () => {
    onRpc("res.users.settings", "set_res_users_settings", ({ kwargs }) => {
        expect.step(kwargs.new_settings.sales_board_lanes["sales.board"]);
        return kwargs.new_settings;
    });
    await openBoard([
        makeLane("a", 1),
        makeLane("b", 2),
        makeLane("c", 3),
        makeLane("d"),
    ]);
    await hit("ArrowDown", ["Shift", "ArrowRight"]);
    expect(getLanes()).toEqual(["b", "a", "c"]);
    expect.verifySteps([["b", "a", "c"]]);
    await contains(".btn:contains(Usual order)").click();
    expect(getLanes()).toEqual(["a", "b", "c"]);
    expect.verifySteps([[]]);
});

test("SA-01: the board reads itself again when the server says so", async () => {
    const lanes = [makeLane("a", 1)];
    let tell;
    mockService("bus_service", {
        subscribe: (type, callback) => {
            if (type === CHANGED) {
                tell = callback;
            }
        },
        start() {},
    });
    await openBoard(lanes);
    lanes[0] = makeLane("a", 1, 7);
    tell({});
    tell({});
    await advanceTime(1600);
    await animationFrame();
    expect.verifySteps(["read"]);
    expect(".o_sales_row").toHaveCount(2);
    await advanceTime(125000);
    expect.verifySteps(["read"]);
});

test("SA-01: the team's numbers open the person's list", async () => {
    onRpc("sales.board", "get_team", () => ({
        lanes: [{ ...makeLane("late"), owner: "user_id" }],
        people: [
            { id: 7, name: "Ann", total: 40, level: "danger", counts: { late: 40 } },
            {
                id: false,
                name: "Nobody yet",
                total: 1,
                level: "success",
                counts: { late: 1 },
            },
        ],
        limit: 30,
    }));
    await openBoard([makeLane("a", 1)], { team: true });
    await contains(".o_sales_team_button").click();
    expect(".o_sales_team_member").toHaveCount(2);
    expect(".o_sales_team_member:first").toHaveText(/Overloaded/);
    const actions = [];
    getService("action").doAction = (action) => actions.push(action);
    await contains(".o_sales_team_member:first [data-lane=late]").click();
    expect(actions[0].domain).toEqual(["&", ["id", "in", []], ["user_id", "=", 7]]);
});

test("SA-01: keys typed into a field stay there", async () => {
    await openBoard([makeLane("a", 1)]);
    const input = document.createElement("input");
    document.querySelector(".o_sales_board").append(input);
    input.focus();
    await hit("r", "ArrowDown");
    expect.verifySteps([]);
    expect(document.activeElement).toBe(input);
});

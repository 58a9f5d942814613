import { describe, expect, test } from "@odoo/hoot";
import { queryAll, queryOne, waitFor } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import { startInteraction } from "@web/../tests/public/helpers";
import { findDraft, keepDraft } from "@sales_base/portal/draft_store";
import { JsonForm } from "@sales_base/portal/json_form";
import { setFiles } from "@sales_base/portal/photo";

describe.current.tags("interaction_dev");

const FORM = `
    <form class="o_sales_json_form" action="/my/save" data-draft="test">
        <div class="o_error d-none"></div>
        <input type="hidden" name="client_key" value="new"/>
        <input type="text" name="subject"/>
        <select name="kind"><option value="a">A</option><option value="b">B</option></select>
        <label>
            <span class="o_count d-none"></span>
            <input type="file" name="photo" multiple="multiple"/>
        </label>
        <button type="submit">Send</button>
        <button type="submit" formaction="/my/other">Other</button>
    </form>`;

function makePhoto(name) {
    return new File(["small"], name, { type: "image/png" });
}

async function choose(...names) {
    const input = queryOne("input[type=file]");
    setFiles(input, names.map(makePhoto));
    input.dispatchEvent(new Event("change", { bubbles: true }));
    await waitFor(`.o_sales_tile[aria-label$="${names.at(-1)}"]`);
}

function getNames() {
    return Array.from(queryOne("input[type=file]").files, (file) => file.name);
}

test("AS-20: photos of a phone's camera add up and can be taken out", async () => {
    await startInteraction(JsonForm, FORM.replace('data-draft="test"', ""));
    await choose("1.png");
    await choose("2.png", "3.png");
    expect(getNames()).toEqual(["1.png", "2.png", "3.png"]);
    expect(".o_count").toHaveText("3");
    queryAll(".o_sales_tile")[1].click();
    await animationFrame();
    expect(getNames()).toEqual(["1.png", "3.png"]);
    expect(".o_count").toHaveText("2");
});

test("AS-20: what was typed and photographed is there again", async () => {
    await keepDraft("test", {
        values: [
            { name: "client_key", value: "old" },
            { name: "subject", value: "Leaks" },
            { name: "kind", value: "b" },
        ],
        photos: [["photo", [makePhoto("1.png")]]],
    });
    await startInteraction(JsonForm, FORM);
    await waitFor(".o_restored");
    expect("[name=client_key]").toHaveValue("old");
    expect("[name=subject]").toHaveValue("Leaks");
    expect("[name=kind]").toHaveValue("b");
    expect(getNames()).toEqual(["1.png"]);
});

test("AS-20: a draft that does not fit the form any more does no harm", async () => {
    await keepDraft("test", {
        values: [
            { name: "other", value: "x" },
            { name: "subject", value: "Leaks" },
        ],
        photos: [
            ["subject", [makePhoto("1.png")]],
            ["gone", []],
        ],
    });
    await startInteraction(JsonForm, FORM);
    await waitFor(".o_restored");
    expect("[name=client_key]").toHaveValue("new");
    expect("[name=subject]").toHaveValue("Leaks");
    expect(getNames()).toEqual([]);
});

test("AS-20: photos are kept as soon as they are taken", async () => {
    await keepDraft("test", { values: [], photos: [] });
    await startInteraction(JsonForm, FORM);
    await waitFor(".o_restored");
    await choose("1.png");
    let draft;
    do {
        draft = await findDraft("test");
    } while (!draft.photos.length);
    expect(draft.photos[0][1][0].name).toBe("1.png");
});

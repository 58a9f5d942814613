import { describe, expect, test } from "@odoo/hoot";
import { suggest } from "@field_sales/tools/suggestion";
import { SUGGESTION_CASES } from "./suggestion_cases";

describe.current.tags("headless");

test("FS-12: the client's suggestion gives what the server's gives", () => {
    for (const { name, facts, expected } of SUGGESTION_CASES) {
        const result = suggest(facts);
        for (const [figure, value] of Object.entries(expected)) {
            expect(result[figure]).toBe(value, { message: `${name}: ${figure}` });
        }
    }
});

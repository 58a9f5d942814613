import { Component, onWillStart, useRef, useState } from "@odoo/owl";
import { useHotkey } from "@web/core/hotkeys/hotkey_hook";
import { _t } from "@web/core/l10n/translation";
import { RPCError } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { DecisionDialog } from "@after_sales/workbench/decision_dialog";
import { DIGITS, KEYS, getNeighbour } from "@after_sales/workbench/keys";
import { PhotoViewer } from "@after_sales/workbench/photo_viewer";

const MODEL = "after.sales.workbench";

/**
 * The auditor's workbench: the queue, a claim with its verdicts beside photos and
 * history, and the next claim at once. It knows no rule: the server says what can be
 * done, and why something cannot.
 */
export class Workbench extends Component {
    static template = "after_sales.Workbench";
    static components = { Layout, PhotoViewer };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.notification = useService("notification");
        this.display = { controlPanel: {} };
        this.columns = useRef("columns");
        this.state = useState({
            queue: { lane: "review", lanes: [], rows: [] },
            claim: false,
            reasons: {},
            place: 0,
            isBusy: false,
        });
        for (const [key, command] of Object.entries(KEYS)) {
            useHotkey(key, () => this[command]());
        }
        for (const digit of DIGITS) {
            useHotkey(digit, () => this.chooseLine(Number(digit) - 1));
        }
        const { context } = this.props.action;
        onWillStart(() =>
            this.open(context.lane || "review", context.active_id || false),
        );
    }

    get currentLine() {
        return this.state.claim?.lines?.[this.state.place];
    }

    // ------------------------------------------------------------------ reading

    async open(lane, claimId) {
        this.show(await this.orm.call(MODEL, "open_workbench", [lane, claimId]));
    }

    show(page) {
        Object.assign(this.state, page, { place: 0 });
        this.columns.el?.querySelectorAll(".o_column").forEach((column) => {
            column.scrollTop = 0;
        });
    }

    openLane(lane) {
        return this.call(() => this.open(lane, false));
    }

    openClaim(claimId) {
        if (claimId) {
            return this.call(async () => {
                this.show({
                    claim: await this.orm.call(MODEL, "get_claim", [claimId]),
                });
            });
        }
    }

    openNext() {
        return this.openClaim(getNeighbour(this.state.queue.rows, this.state.claim.id));
    }

    openPrevious() {
        return this.openClaim(
            getNeighbour(this.state.queue.rows, this.state.claim.id, -1),
        );
    }

    openForm() {
        if (this.state.claim) {
            return this.action.doAction({
                type: "ir.actions.act_window",
                res_model: "after.sales.claim",
                res_id: this.state.claim.id,
                views: [[false, "form"]],
            });
        }
    }

    /**
     * One call at a time. What the server refuses is told, and the page shows how things
     * stand now: somebody else may have decided the claim.
     */
    async call(work) {
        if (this.state.isBusy) {
            return;
        }
        this.state.isBusy = true;
        try {
            await work();
        } catch (error) {
            if (
                !(error instanceof RPCError) ||
                !error.exceptionName?.startsWith("odoo.exceptions.")
            ) {
                throw error;
            }
            this.notification.add(error.data.message, {
                type: "warning",
                sticky: false,
            });
            await this.lookAgain();
        } finally {
            this.state.isBusy = false;
        }
    }

    async lookAgain() {
        const before = this.state.queue.rows;
        const claimId = this.state.claim.id;
        const queue = await this.orm.call(MODEL, "get_queue", [this.state.queue.lane]);
        const waits = new Set(queue.rows.map((row) => row.id));
        const place = before.findIndex((row) => row.id === claimId);
        const later = [...before.slice(Math.max(place, 0)), ...queue.rows];
        const next = later.find((row) => waits.has(row.id))?.id;
        const claim = next && (await this.orm.call(MODEL, "get_claim", [next]));
        this.show({ queue, claim: claim || false });
    }

    // ---------------------------------------------------------------- decisions

    chooseLine(place) {
        if (this.state.claim?.lines?.[place]) {
            this.state.place = place;
        }
    }

    /** A button of a line: choose the line, then do what its key does. */
    decideAt(place, command) {
        this.chooseLine(place);
        return this[command]();
    }

    approveLine() {
        return this.decideLine("approved");
    }

    undecideLine() {
        return this.decideLine(false);
    }

    decideLine(decision, values = {}) {
        const { claim, place } = this.state;
        if (!claim?.is_open || !this.currentLine) {
            return;
        }
        return this.call(async () => {
            const args = [this.currentLine.id, claim.revision, decision, values];
            this.state.claim = await this.orm.call(MODEL, "decide_line", args);
            this.chooseLine(place + 1);
        });
    }

    cutLine() {
        this.askLine(_t("Cut Line"), "cut");
    }

    rejectLine() {
        this.askLine(_t("Reject Line"), "rejected");
    }

    askLine(title, decision) {
        if (!this.state.claim?.is_open || !this.currentLine) {
            return;
        }
        this.dialog.add(DecisionDialog, {
            title,
            reasons: this.state.reasons.cut,
            line: { ...this.currentLine },
            isCut: decision === "cut",
            currency: this.state.claim.currency,
            confirm: (values) => this.decideLine(decision, values),
        });
    }

    approve() {
        return this.takeStep("approve");
    }

    sendBack() {
        this.askStep(_t("Return to Station"), "return");
    }

    reject() {
        this.askStep(_t("Reject Claim"), "reject");
    }

    askStep(title, verb) {
        const { claim, reasons } = this.state;
        if (!this.can(verb)) {
            return;
        }
        this.dialog.add(DecisionDialog, {
            title: `${title} · ${claim.name}`,
            reasons: reasons[verb],
            confirm: (values) => this.takeStep(verb, values),
        });
    }

    can(verb) {
        return this.state.claim?.is_open && !this.state.claim.cannot[verb];
    }

    takeStep(verb, values = {}) {
        const { claim, queue } = this.state;
        if (!this.can(verb)) {
            if (claim?.is_open) {
                this.notification.add(`${claim.name}: ${claim.cannot[verb]}`, {
                    type: "warning",
                });
            }
            return;
        }
        const then = getNeighbour(queue.rows, claim.id);
        const args = [
            claim.id,
            claim.revision,
            verb,
            { ...values, lane: queue.lane, then },
        ];
        return this.call(async () => {
            this.show(await this.orm.call(MODEL, "take_step", args));
        });
    }
}

registry.category("actions").add("after_sales.workbench", Workbench);

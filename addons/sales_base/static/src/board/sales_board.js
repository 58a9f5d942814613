import { Component, onWillStart, useRef, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";
import { useSortable } from "@web/core/utils/sortable_owl";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { useBoardKeys } from "./board_keys";
import { useLiveReload } from "./live_reload";
import { SalesBoardTeam } from "./sales_board_team";

/**
 * The board an app opens on. The server says everything that is on it; the action's
 * params name the model: {"model": "after.sales.board"}. It stays open all day: it reads
 * itself again when the server says that something changed, and by and by.
 */
export class SalesBoard extends Component {
    static template = "sales_base.SalesBoard";
    static components = { Layout, SalesBoardTeam };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.display = { controlPanel: {} };
        this.state = useState({
            figures: [],
            lanes: [],
            snoozed: 0,
            team: false,
            view: "mine",
            order: (user.settings?.sales_board_lanes || {})[this.model] || [],
            busy: false,
        });
        this.lanesRef = useRef("lanes");
        useSortable({
            ref: this.lanesRef,
            elements: ".o_sales_lane",
            handle: ".o_sales_lane_handle",
            cursor: "grabbing",
            onDrop: ({ element, previous }) =>
                this.moveLane(element.dataset.lane, previous?.dataset.lane),
        });
        useBoardKeys(this.lanesRef, {
            open: (lane, row) => this.openRow(lane, row),
            snooze: (lane, row) => this.snooze(lane, row),
            act: (lane, row, number) => {
                const button = lane.actions[number - 1];
                return button && this.runAction(lane, row, button.method);
            },
            move: (key, step) => this.shiftLane(key, step),
            reload: () => this.load(),
            find: (key, id) => this.findRow(key, id),
        });
        useLiveReload(() => this.load());
        onWillStart(() => this.load());
    }

    get keys() {
        return [
            { keys: "↑ ↓", text: _t("row") },
            { keys: "← →", text: _t("lane") },
            { keys: "Enter", text: _t("open") },
            { keys: "1", text: _t("first button") },
            { keys: "S", text: _t("put off") },
            { keys: "R", text: _t("reload") },
        ];
    }

    get model() {
        return this.props.action.params.model;
    }

    async load() {
        Object.assign(
            this.state,
            await this.orm.silent.call(this.model, "get_board", []),
        );
    }

    // ------------------------------------------------------------------ lanes

    /** Lanes with work, in the user's own order; new ones follow in the server's. */
    get lanes() {
        const place = (lane) => {
            const index = this.state.order.indexOf(lane.key);
            return index < 0 ? this.state.order.length : index;
        };
        return this.state.lanes
            .filter((lane) => lane.count)
            .sort((one, other) => place(one) - place(other));
    }

    get emptyLanes() {
        return this.state.lanes.filter((lane) => !lane.count);
    }

    findRow(key, id) {
        const lane = this.state.lanes.find((one) => one.key === key);
        return [lane, lane?.rows.find((row) => row.id === id)];
    }

    moveLane(key, previousKey) {
        const keys = this.lanes.map((lane) => lane.key).filter((one) => one !== key);
        keys.splice(keys.indexOf(previousKey) + 1, 0, key);
        return this.keepOrder(keys);
    }

    shiftLane(key, step) {
        const keys = this.lanes.map((lane) => lane.key);
        const from = keys.indexOf(key);
        const to = from + step;
        if (to < 0 || to >= keys.length) {
            return;
        }
        [keys[from], keys[to]] = [keys[to], keys[from]];
        return this.keepOrder(keys);
    }

    /** Lanes that are empty today keep their place behind those of ``keys``. */
    keepOrder(keys) {
        this.state.order = keys.length
            ? [...keys, ...this.state.order.filter((key) => !keys.includes(key))]
            : [];
        return user.setUserSettings("sales_board_lanes", {
            ...user.settings.sales_board_lanes,
            [this.model]: this.state.order,
        });
    }

    // ------------------------------------------------------------------- open

    /**
     * Opens the list behind a lane: the lane's own domain, without the filters the
     * action would start with.
     */
    async openLane(lane, domain = lane.domain) {
        const action = lane.action
            ? await this.action.loadAction(lane.action)
            : {
                  type: "ir.actions.act_window",
                  res_model: lane.model,
                  views: [
                      [false, "list"],
                      [false, "form"],
                  ],
              };
        return this.action.doAction({
            ...action,
            name: lane.title,
            display_name: lane.title,
            domain,
            context: {},
        });
    }

    openRow(lane, row) {
        if (lane.row_action) {
            return this.action.doAction(lane.row_action, {
                additionalContext: { active_id: row.id, lane: lane.key },
            });
        }
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: lane.model,
            res_id: row.id,
            views: [[false, "form"]],
        });
    }

    openFigure(figure) {
        return figure.action && this.action.doAction(figure.action);
    }

    openSnoozed() {
        return this.action.doAction("sales_base.sales_snooze_action");
    }

    // -------------------------------------------------------------------- act

    snooze(lane, row) {
        if (!lane.snooze) {
            return;
        }
        return this.openDialog({
            type: "ir.actions.act_window",
            name: _t("Put Off"),
            res_model: "sales.snooze",
            views: [[false, "form"]],
            target: "new",
            context: { default_res_model: lane.model, default_res_id: row.id },
        });
    }

    /** The action may leave the board: only a closed dialog comes back to it. */
    openDialog(action) {
        return this.action.doAction(action, { onClose: () => this.load() });
    }

    async runAction(lane, row, method) {
        if (this.state.busy) {
            return;
        }
        this.state.busy = true;
        try {
            const next = await this.orm.call(lane.model, method, [[row.id]]);
            if (next && next.type) {
                // only a view's button gets its views from the server
                next.views ||= (next.view_mode || "form")
                    .split(",")
                    .map((mode) => [next.view_id || false, mode]);
                await this.openDialog(next);
            } else {
                await this.load();
            }
        } finally {
            this.state.busy = false;
        }
    }
}

registry.category("actions").add("sales_base.board", SalesBoard);

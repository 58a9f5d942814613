import { Component, onWillStart, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

/**
 * The board an app opens on. The server says everything that is on it; the action's
 * params name the model: {"model": "after.sales.board"}.
 */
export class SalesBoard extends Component {
    static template = "sales_base.SalesBoard";
    static components = { Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.display = { controlPanel: {} };
        this.state = useState({ figures: [], lanes: [], busy: false });
        onWillStart(() => this.load());
    }

    get model() {
        return this.props.action.params.model;
    }

    async load() {
        Object.assign(this.state, await this.orm.call(this.model, "get_board", []));
    }

    /**
     * Opens the list behind a lane: the lane's own domain, without the filters the
     * action would start with.
     */
    async openLane(lane) {
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
            domain: lane.domain,
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
                // The action may leave the board: only a closed dialog comes back to it.
                await this.action.doAction(next, { onClose: () => this.load() });
            } else {
                await this.load();
            }
        } finally {
            this.state.busy = false;
        }
    }
}

registry.category("actions").add("sales_base.board", SalesBoard);

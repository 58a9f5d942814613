import { Component, onWillStart, useState } from "@odoo/owl";
import { Domain } from "@web/core/domain";
import { useService } from "@web/core/utils/hooks";

/** What waits with each person, the one with the most first; each number opens its list. */
export class SalesBoardTeam extends Component {
    static template = "sales_base.SalesBoardTeam";
    static props = { model: String, open: Function };

    setup() {
        this.orm = useService("orm");
        this.state = useState({ lanes: [], people: [], limit: 0 });
        onWillStart(() => this.load());
    }

    async load() {
        Object.assign(
            this.state,
            await this.orm.call(this.props.model, "get_team", []),
        );
    }

    /** Lanes in which somebody has work. */
    get lanes() {
        return this.state.lanes.filter((lane) =>
            this.state.people.some((person) => person.counts[lane.key]),
        );
    }

    getShare(person) {
        const most = Math.max(
            this.state.limit,
            ...this.state.people.map((one) => one.total),
        );
        return Math.round((100 * person.total) / (most || 1));
    }

    openCell(lane, person) {
        const own = new Domain([[lane.owner, "=", person.id]]);
        return this.props.open(lane, Domain.and([lane.domain, own]).toList());
    }
}

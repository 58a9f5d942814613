from odoo import api, models


class SalesAssistantStepOrderMixin(models.AbstractModel):
    """Rows named after the steps of an order, with the ``sequence`` of their step."""

    _name = "sales.assistant.step.order.mixin"
    _description = "Grouped in the Order of Steps"

    @api.model
    def _read_group(
        self,
        domain,
        groupby=(),
        aggregates=(),
        having=(),
        offset=0,
        limit=None,
        order=None,
    ):
        """Groups of steps stand in the order of the steps, not of their names."""
        is_natural = not order or order == ", ".join(groupby)
        if is_natural and groupby and groupby[0] == "name":
            order = ", ".join(["sequence:min", *groupby])
        return super()._read_group(
            domain, groupby, aggregates, having, offset, limit, order
        )

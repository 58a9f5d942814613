from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

#: the function of the database that refuses; dropped when the addon goes
GUARD = "after_sales_refuse_sealed"


class AfterSalesSealedMixin(models.AbstractModel):
    """Rows that are only ever added (B-02).

    Neither the ORM nor the database changes or deletes them. The trigger stands on the
    sealed columns, not on all: an upgrade may add columns and fill them.
    """

    _name = "after.sales.sealed.mixin"
    _description = "Sealed Rows"

    #: columns that the trigger keeps
    _sealed_columns = ()

    def init(self):
        super().init()
        if self._abstract:
            return
        cr = self.env.cr
        cr.execute(
            SQL(
                """
                CREATE OR REPLACE FUNCTION %s() RETURNS trigger AS $$
                BEGIN
                    RAISE EXCEPTION 'rows of %% are sealed', TG_TABLE_NAME;
                END $$ LANGUAGE plpgsql
                """,
                SQL.identifier(GUARD),
            )
        )
        table = SQL.identifier(self._table)
        columns = SQL(", ").join(SQL.identifier(name) for name in self._sealed_columns)
        for name, event, level in (
            ("sealed_update", SQL("UPDATE OF %s", columns), SQL("ROW")),
            ("sealed_delete", SQL("DELETE"), SQL("ROW")),
            ("sealed_truncate", SQL("TRUNCATE"), SQL("STATEMENT")),
        ):
            trigger = SQL.identifier(name)
            cr.execute(SQL("DROP TRIGGER IF EXISTS %s ON %s", trigger, table))
            cr.execute(
                SQL(
                    "CREATE TRIGGER %s BEFORE %s ON %s"
                    " FOR EACH %s EXECUTE FUNCTION %s()",
                    trigger,
                    event,
                    table,
                    level,
                    SQL.identifier(GUARD),
                )
            )

    def write(self, vals):
        if self:
            raise UserError(self.env._("A sealed row is never changed."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self.env._("A sealed row is never deleted."))

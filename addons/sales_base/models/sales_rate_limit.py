from odoo import api, fields, models


class SalesRateLimit(models.Model):
    """How often somebody came to a public page, so that nobody tries tokens through
    (architecture.md 10). A row counts one key in one window of time; the key names what
    is limited, such as a token's document or an address.
    """

    _name = "sales.rate.limit"
    _description = "Rate Limit"
    _log_access = False

    key = fields.Char(required=True, index=True)
    window_at = fields.Datetime(required=True)
    count = fields.Integer(required=True)

    _key_uniq = models.Constraint("UNIQUE (key)", "This key is counted already.")

    @api.model
    def _hit(self, limits, seconds):
        """Count a call for each key.

        The caller must answer, not raise: what is rolled back is not counted.

        :param dict limits: {key: how many calls a window allows}
        :param int seconds: length of a window
        :returns: whether all keys are within their limit
        :rtype: bool
        """
        self.env.cr.execute(
            """
            INSERT INTO sales_rate_limit AS known (key, window_at, count)
            SELECT key, now() AT TIME ZONE 'UTC', 1
              FROM unnest(%(keys)s) AS key
             ORDER BY key
                ON CONFLICT (key) DO UPDATE
               SET count = CASE WHEN known.window_at < EXCLUDED.window_at
                                     - %(seconds)s * interval '1 second'
                                THEN 1 ELSE known.count + 1 END,
                   window_at = CASE WHEN known.window_at < EXCLUDED.window_at
                                         - %(seconds)s * interval '1 second'
                                    THEN EXCLUDED.window_at
                                    ELSE known.window_at END
            RETURNING key, count
            """,
            {"keys": list(limits), "seconds": seconds},
        )
        return all(count <= limits[key] for key, count in self.env.cr.fetchall())

    @api.autovacuum
    def _gc_windows(self):
        """Windows of the day before are over."""
        self.search(
            [
                (
                    "window_at",
                    "<",
                    fields.Datetime.subtract(fields.Datetime.now(), days=1),
                )
            ]
        ).unlink()

from . import fact, geo, period, sheet, snapshot, working_days

from . import fact, period, sheet, snapshot, working_days

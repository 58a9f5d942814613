from . import station_pages
from . import portal_claim
from . import portal_old_part
from . import portal_repair
from . import portal_settlement
from . import portal_complaint
from . import portal_transfer

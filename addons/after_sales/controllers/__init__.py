from . import station_pages
from . import portal_claim
from . import portal_settlement
from . import station_pages

from . import test_day
from . import test_portal_access_routes
from . import test_portal_access_rpc
from . import test_rights
from . import test_statements
from . import test_visit_order_review

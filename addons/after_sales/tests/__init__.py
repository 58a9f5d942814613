from . import test_adjudication_rules
from . import test_coverage
from . import test_claim_steps
from . import test_claim_adjudication
from . import test_claim_lines
from . import test_claim_guards
from . import test_settlement
from . import test_security

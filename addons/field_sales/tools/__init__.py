from . import geo
from . import planning
from . import suggestion

from . import planning
from . import suggestion

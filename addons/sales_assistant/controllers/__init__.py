from . import survey
from . import portal_property

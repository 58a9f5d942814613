from . import portal_property, survey

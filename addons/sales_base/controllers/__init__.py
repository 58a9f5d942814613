from . import portal_pages
from . import portal_complaint
from . import portal_notice
from . import sheet

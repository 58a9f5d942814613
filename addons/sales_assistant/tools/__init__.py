from . import milestone, review

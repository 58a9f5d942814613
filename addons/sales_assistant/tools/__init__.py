from . import letter_check, milestone, review

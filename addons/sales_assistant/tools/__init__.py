from . import letter_check, milestone, number_ledger, review
from . import letter_check, milestone, review, sample

from . import letter_check, milestone, number_ledger, review, sample

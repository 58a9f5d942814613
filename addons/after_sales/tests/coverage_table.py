"""The truth table of coverage (AS-02), written by hand from the specification.

Each row names policy, start, part, running-in service, last replacement of the part,
day and reading of the repair, then what is expected: payer, cause, percent, last covered
day. ``-`` is nothing. Each row differs from a neighbour in one fact; every edge stands
there from both sides.
"""

from ..tools.coverage import Goodwill, Policy, RunningIn, Term

BOTH = Term(24, 60_000)
PARTS = {"battery": Term(6, 10_000), "engine": Term(36, 100_000), "belt": Term(24)}
EXCLUDED = frozenset({"lamp", "wiper"})

POLICIES = {
    "year": Policy(Term(12)),
    "month": Policy(Term(1)),
    "both": Policy(BOTH),
    "parts": Policy(BOTH, PARTS, EXCLUDED),
    "void": Policy(BOTH, running_in=RunningIn(90, 2_500)),
    "void-day": Policy(BOTH, running_in=RunningIn(90, 0)),
    "void-use": Policy(BOTH, running_in=RunningIn(0, 2_500)),
    "short": Policy(BOTH, PARTS, running_in=RunningIn(90, 2_500, Term(12, 20_000))),
    "short-day": Policy(BOTH, running_in=RunningIn(90, 2_500, Term(12))),
    "least": Policy(BOTH, PARTS, EXCLUDED, least=Term(6, 5_000)),
    "least-day": Policy(BOTH, least=Term(6)),
    "least-use": Policy(BOTH, least=Term(0, 5_000)),
    "good": Policy(BOTH, excluded=EXCLUDED, goodwill=Goodwill(6, 10_000, 50)),
    "good-day": Policy(BOTH, goodwill=Goodwill(6, 0, 30)),
    "good-use": Policy(BOTH, goodwill=Goodwill(0, 10_000, 70)),
    "good-none": Policy(BOTH, goodwill=Goodwill(6, 10_000, 0)),
    "good-year": Policy(Term(12), goodwill=Goodwill(3, 0, 50)),
    "good-void": Policy(
        BOTH, running_in=RunningIn(90, 2_500), goodwill=Goodwill(6, 10_000, 50)
    ),
}

ROWS = """
# not sold, before the sale, the first and the last day
year  -          -  -  -  2026-01-15       0  customer unsold  0   -
year  2026-01-15 -  -  -  2026-01-14       0  customer early   0   -
year  2026-01-15 -  -  -  2026-01-15       0  warranty ok    100   2027-01-14
year  2026-01-15 -  -  -  2027-01-14       0  warranty ok    100   2027-01-14
year  2026-01-15 -  -  -  2027-01-14  999999  warranty ok    100   2027-01-14
year  2026-01-15 -  -  -  2027-01-15       0  customer date    0   2027-01-14
year  2026-01-16 -  -  -  2027-01-15       0  warranty ok    100   2027-01-15

# months of different length, leap years
month 2026-01-31 -  -  -  2026-02-27       0  warranty ok    100   2026-02-27
month 2026-01-31 -  -  -  2026-02-28       0  customer date    0   2026-02-27
month 2028-01-31 -  -  -  2028-02-28       0  warranty ok    100   2028-02-28
month 2028-01-31 -  -  -  2028-02-29       0  customer date    0   2028-02-28
month 2026-02-28 -  -  -  2026-03-27       0  warranty ok    100   2026-03-27
month 2026-02-28 -  -  -  2026-03-28       0  customer date    0   2026-03-27
month 2026-03-31 -  -  -  2026-04-29       0  warranty ok    100   2026-04-29
month 2026-03-31 -  -  -  2026-04-30       0  customer date    0   2026-04-29
month 2026-12-01 -  -  -  2026-12-31       0  warranty ok    100   2026-12-31
month 2026-12-01 -  -  -  2027-01-01       0  customer date    0   2026-12-31
year  2028-02-29 -  -  -  2029-02-27       0  warranty ok    100   2029-02-27
year  2028-02-29 -  -  -  2029-02-28       0  customer date    0   2029-02-27
year  2027-03-01 -  -  -  2028-02-28       0  warranty ok    100   2028-02-29
year  2027-03-01 -  -  -  2028-02-29       0  warranty ok    100   2028-02-29
year  2027-03-01 -  -  -  2028-03-01       0  customer date    0   2028-02-29
year  2026-03-01 -  -  -  2027-02-28       0  warranty ok    100   2027-02-28
year  2026-03-01 -  -  -  2027-03-01       0  customer date    0   2027-02-28
both  2026-03-01 -  -  -  2028-02-29       0  warranty ok    100   2028-02-29
both  2026-03-01 -  -  -  2028-03-01       0  customer date    0   2028-02-29

# months or usage, whichever comes first
both  2026-06-10 -  -  -  2028-06-09   59999  warranty ok    100   2028-06-09
both  2026-06-10 -  -  -  2028-06-09   60000  warranty ok    100   2028-06-09
both  2026-06-10 -  -  -  2028-06-09   60001  customer usage   0   2028-06-09
both  2026-06-10 -  -  -  2028-06-10   60000  customer date    0   2028-06-09
both  2026-06-10 -  -  -  2028-06-10   60001  customer date    0   2028-06-09
both  2026-06-10 -  -  -  2026-06-10   60001  customer usage   0   2028-06-09
both  2026-06-10 -  -  -  2026-06-10   60000  warranty ok    100   2028-06-09
both  2026-06-10 -  -  -  2026-06-10       0  warranty ok    100   2028-06-09
both  2026-06-10 -  -  -  2026-06-09       0  customer early   0   -
both  2026-06-10 -  -  -  2026-06-09   60001  customer early   0   -

# parts with a term of their own: shorter, longer, without a limit
parts 2026-06-10 battery -  -  2026-12-09   10000  warranty ok    100   2026-12-09
parts 2026-06-10 battery -  -  2026-12-09   10001  customer usage   0   2026-12-09
parts 2026-06-10 battery -  -  2026-12-10   10000  customer date    0   2026-12-09
parts 2026-06-10 -       -  -  2026-12-10   10000  warranty ok    100   2028-06-09
parts 2026-06-10 -       -  -  2026-12-09   10001  warranty ok    100   2028-06-09
parts 2026-06-10 engine  -  -  2029-06-09  100000  warranty ok    100   2029-06-09
parts 2026-06-10 engine  -  -  2029-06-09  100001  customer usage   0   2029-06-09
parts 2026-06-10 engine  -  -  2029-06-10  100000  customer date    0   2029-06-09
parts 2026-06-10 engine  -  -  2028-06-10   60000  warranty ok    100   2029-06-09
parts 2026-06-10 gearbox -  -  2028-06-10   60000  customer date    0   2028-06-09
parts 2026-06-10 engine  -  -  2028-06-09   60001  warranty ok    100   2029-06-09
parts 2026-06-10 gearbox -  -  2028-06-09   60001  customer usage   0   2028-06-09
parts 2026-06-10 gearbox -  -  2028-06-09   60000  warranty ok    100   2028-06-09
parts 2026-06-10 belt    -  -  2028-06-09  999999  warranty ok    100   2028-06-09
parts 2026-06-10 belt    -  -  2028-06-10  999999  customer date    0   2028-06-09

# parts that are never covered
parts 2026-06-10 lamp    -  -  2026-06-10       0  customer excluded 0  -
parts 2026-06-10 bulb    -  -  2026-06-10       0  warranty ok     100  2028-06-09
parts 2026-06-10 wiper   -  -  2026-06-10       0  customer excluded 0  -
parts 2026-06-10 lamp    -  -  2026-06-09       0  customer early    0  -
parts -          lamp    -  -  2026-06-10       0  customer unsold   0  -
parts 2026-06-10 lamp    -  2026-07-01/100 2026-07-02 101  customer excluded 0 -

# running-in service: due until day 90 (2026-09-08) and reading 2,500; else no warranty
void  2026-06-10 -  -                2026-06-10       0  warranty ok         100 2028-06-09
void  2026-06-10 -  -                2026-06-09       0  customer early        0 -
void  2026-06-10 -  -                2026-09-08    2500  warranty ok         100 2028-06-09
void  2026-06-10 -  -                2026-09-09    2500  customer running_in   0 -
void  2026-06-10 -  -                2026-09-08    2501  customer running_in   0 -
both  2026-06-10 -  -  -             2026-09-09    2501  warranty ok         100 2028-06-09
void  2026-06-10 -  2026-09-08/2500  2026-09-09    2501  warranty ok         100 2028-06-09
void  2026-06-10 -  2026-09-09/2500  2026-09-10    2501  customer running_in   0 -
void  2026-06-10 -  2026-09-08/2501  2026-09-09    2502  customer running_in   0 -
void  2026-06-10 -  2026-06-10/0     2027-01-01    9000  warranty ok         100 2028-06-09
void  2026-06-10 -  2026-09-08/2500  2028-06-09   60000  warranty ok         100 2028-06-09
void  2026-06-10 -  2026-09-08/2500  2028-06-09   60001  customer usage        0 2028-06-09
void  2026-06-10 -  2026-09-08/2500  2028-06-10   60000  customer date         0 2028-06-09
void-day 2026-06-10 -  -                2026-09-08   50000  warranty ok         100 2028-06-09
void-day 2026-06-10 -  -                2026-09-09   50000  customer running_in   0 -
void-day 2026-06-10 -  2026-09-08/50000 2026-10-01   50001  warranty ok         100 2028-06-09
void-day 2026-06-10 -  2026-09-09/50000 2026-10-01   50001  customer running_in   0 -
void-use 2026-06-10 -  -                2027-06-10    2500  warranty ok         100 2028-06-09
void-use 2026-06-10 -  -                2027-06-10    2501  customer running_in   0 -
void-use 2026-06-10 -  2027-06-10/2500  2027-07-01   30000  warranty ok         100 2028-06-09
void-use 2026-06-10 -  2027-06-10/2501  2027-07-01   30000  customer running_in   0 -

# running-in service missed: a shorter warranty is left
short 2026-06-10 -  -                2026-09-08    2500  warranty ok    100  2028-06-09
short 2026-06-10 -  -                2026-09-09    2500  warranty ok    100  2027-06-09
short 2026-06-10 -  -                2027-06-09   20000  warranty ok    100  2027-06-09
short 2026-06-10 -  -                2027-06-09   20001  customer usage   0  2027-06-09
short 2026-06-10 -  -                2027-06-10   20000  customer date    0  2027-06-09
short 2026-06-10 -  2026-09-08/2500  2027-06-10   20001  warranty ok    100  2028-06-09
short 2026-06-10 -  2026-09-09/2500  2027-06-09   20000  warranty ok    100  2027-06-09
short 2026-06-10 -  2026-09-09/2500  2027-06-10   20000  customer date    0  2027-06-09
short-day 2026-06-10 -  -            2027-06-09   60000  warranty ok    100  2027-06-09
short-day 2026-06-10 -  -            2027-06-09   60001  customer usage   0  2027-06-09
short-day 2026-06-10 -  -            2027-06-10   60000  customer date    0  2027-06-09
short 2026-06-10 battery -           2026-12-09   10000  warranty ok    100  2026-12-09
short 2026-06-10 battery -           2026-12-09   10001  customer usage   0  2026-12-09
short 2026-06-10 battery -           2026-12-10   10000  customer date    0  2026-12-09
short 2026-06-10 engine  -           2027-06-09   20000  warranty ok    100  2027-06-09
short 2026-06-10 engine  -           2027-06-09   20001  customer usage   0  2027-06-09
short 2026-06-10 engine  -           2027-06-10   20000  customer date    0  2027-06-09
short 2026-06-10 engine  2026-09-08/2500 2027-06-10 20001 warranty ok   100  2029-06-09

# a replaced part inherits the remainder
parts 2026-06-10 gearbox -  2027-06-10/30000  2028-06-09   60000  warranty ok    100  2028-06-09
parts 2026-06-10 gearbox -  2027-06-10/30000  2028-06-10   60000  customer date    0  2028-06-09
parts 2026-06-10 gearbox -  2028-05-01/58000  2028-06-10   60000  customer date    0  2028-06-09
parts 2026-06-10 gearbox -  2028-05-01/58000  2028-06-09   60001  customer usage   0  2028-06-09
parts 2026-06-10 engine  -  2028-05-01/58000  2028-06-10   60001  warranty ok    100  2029-06-09

# and at least six months and 5,000 where the policy says so
least 2026-06-10 gearbox -  2027-06-10/30000  2028-06-09   60000  warranty ok    100  2028-06-09
least 2026-06-10 gearbox -  2027-06-10/30000  2028-06-10   60000  customer date    0  2028-06-09
least 2026-06-10 gearbox -  2028-05-01/58000  2028-10-31   63000  warranty ok    100  2028-10-31
least 2026-06-10 gearbox -  2028-05-01/58000  2028-10-31   63001  customer usage   0  2028-10-31
least 2026-06-10 gearbox -  2028-05-01/58000  2028-11-01   63000  customer date    0  2028-10-31
least 2026-06-10 clutch  -  -                 2028-10-31   63000  customer date    0  2028-06-09
least 2026-06-10 gearbox -  2027-12-10/30000  2028-06-09   60000  warranty ok    100  2028-06-09
least 2026-06-10 gearbox -  2027-12-10/30000  2028-06-10   60000  customer date    0  2028-06-09
least 2026-06-10 gearbox -  2027-12-11/30000  2028-06-10   60000  warranty ok    100  2028-06-10
least 2026-06-10 gearbox -  2027-12-11/30000  2028-06-11   60000  customer date    0  2028-06-10
least 2026-06-10 gearbox -  2027-06-10/55000  2028-06-09   60000  warranty ok    100  2028-06-09
least 2026-06-10 gearbox -  2027-06-10/55000  2028-06-09   60001  customer usage   0  2028-06-09
least 2026-06-10 gearbox -  2027-06-10/55001  2028-06-09   60001  warranty ok    100  2028-06-09
least 2026-06-10 gearbox -  2027-06-10/55001  2028-06-09   60002  customer usage   0  2028-06-09
least 2026-06-10 battery -  2026-11-01/9000   2027-04-30   14000  warranty ok    100  2027-04-30
least 2026-06-10 battery -  2026-11-01/9000   2027-04-30   14001  customer usage   0  2027-04-30
least 2026-06-10 battery -  2026-11-01/9000   2027-05-01   14000  customer date    0  2027-04-30
least 2026-06-10 battery -  -                 2027-04-30   14000  customer date    0  2026-12-09
least 2026-06-10 belt    -  2028-05-01/58000  2028-10-31  999999  warranty ok    100  2028-10-31
least 2026-06-10 belt    -  2028-05-01/58000  2028-11-01  999999  customer date    0  2028-10-31
least 2026-06-10 lamp    -  2028-05-01/58000  2028-06-09   60000  customer excluded 0 -
least-day 2026-06-10 gearbox -  2028-05-01/58000  2028-10-31   60000  warranty ok    100  2028-10-31
least-day 2026-06-10 gearbox -  2028-05-01/58000  2028-10-31   60001  customer usage   0  2028-10-31
least-day 2026-06-10 gearbox -  2028-05-01/58000  2028-11-01   60000  customer date    0  2028-10-31
least-use 2026-06-10 gearbox -  2028-05-01/58000  2028-06-09   63000  warranty ok    100  2028-06-09
least-use 2026-06-10 gearbox -  2028-05-01/58000  2028-06-09   63001  customer usage   0  2028-06-09
least-use 2026-06-10 gearbox -  2028-05-01/58000  2028-06-10   63000  customer date    0  2028-06-09

# goodwill after the warranty: six months and 10,000 more, half of the cost
good  2026-06-10 -  -  -  2028-06-09   60000  warranty ok    100  2028-06-09
good  2026-06-10 -  -  -  2028-06-10   60000  goodwill date   50  2028-06-09
both  2026-06-10 -  -  -  2028-06-10   60000  customer date    0  2028-06-09
good  2026-06-10 -  -  -  2028-12-09   60000  goodwill date   50  2028-06-09
good  2026-06-10 -  -  -  2028-12-10   60000  customer date    0  2028-06-09
good  2026-06-10 -  -  -  2028-12-09   70000  goodwill date   50  2028-06-09
good  2026-06-10 -  -  -  2028-12-09   70001  customer date    0  2028-06-09
good  2026-06-10 -  -  -  2028-06-09   60001  goodwill usage  50  2028-06-09
good  2026-06-10 -  -  -  2028-06-09   70000  goodwill usage  50  2028-06-09
good  2026-06-10 -  -  -  2028-06-09   70001  customer usage   0  2028-06-09
good  2026-06-10 -  -  -  2026-06-09       0  customer early   0  -
good  2026-06-10 lamp -  -  2028-06-10  60000  customer excluded 0 -
good-day 2026-06-10 -  -  -  2028-06-10   60000  goodwill date   30  2028-06-09
good-day 2026-06-10 -  -  -  2028-06-10   60001  customer date    0  2028-06-09
good-day 2026-06-10 -  -  -  2028-06-09   60001  customer usage   0  2028-06-09
good-day 2026-06-10 -  -  -  2028-12-09   60000  goodwill date   30  2028-06-09
good-day 2026-06-10 -  -  -  2028-12-10   60000  customer date    0  2028-06-09
good-use 2026-06-10 -  -  -  2028-06-09   60001  goodwill usage  70  2028-06-09
good-use 2026-06-10 -  -  -  2028-06-09   70000  goodwill usage  70  2028-06-09
good-use 2026-06-10 -  -  -  2028-06-09   70001  customer usage   0  2028-06-09
good-use 2026-06-10 -  -  -  2028-06-10   60000  customer date    0  2028-06-09
good-none 2026-06-10 -  -  -  2028-06-10  60000  customer date    0  2028-06-09
good-year 2026-12-01 -  -  -  2027-11-30       0  warranty ok    100  2027-11-30
good-year 2026-12-01 -  -  -  2027-12-01       0  goodwill date   50  2027-11-30
good-year 2026-12-01 -  -  -  2028-02-29       0  goodwill date   50  2027-11-30
good-year 2026-12-01 -  -  -  2028-02-29  999999  goodwill date   50  2027-11-30
good-year 2026-12-01 -  -  -  2028-03-01       0  customer date    0  2027-11-30
good-void 2026-06-10 -  -                -  2026-09-09    2500  customer running_in 0 -
good-void 2026-06-10 -  2026-09-08/2500  -  2028-06-10   60000  goodwill date      50 2028-06-09
"""

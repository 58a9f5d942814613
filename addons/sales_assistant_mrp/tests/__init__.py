from . import test_production_milestone

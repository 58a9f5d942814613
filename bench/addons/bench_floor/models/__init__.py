from . import bench_floor
from . import bench_floor_plain
from . import bench_floor_desk
from . import bench_floor_sheet

"""What people wrote in the demo story, in Chinese and English: free text has one
language for all readers, so a reader of either finds his own."""

#: {fault: (what the customer said, what was found, what was done)}
REPAIR_TEXTS = {
    "e01": (
        "停车后地面有冷却液，水温偏高。\n"
        "Coolant on the ground after parking, engine runs hot.",
        "水泵轴承磨损，密封失效。\nBearing of the water pump worn, seal gone.",
        "更换水泵，加注冷却液，试车正常。\n"
        "Pump replaced, coolant filled, test drive fine.",
    ),
    "e02": (
        "水箱漏水，每天要加水。\nRadiator leaks, water is filled up every day.",
        "散热器芯管焊缝开裂。\nSoldered seam of the radiator core cracked.",
        "更换散热器，保压试验合格。\nRadiator replaced, pressure test passed.",
    ),
    "e03": (
        "发动机舱有焦味和水汽。\nSmell and steam from the engine bay.",
        "上水管老化开裂。\nUpper coolant hose cracked with age.",
        "更换水管和卡箍。\nHose and clamps replaced.",
    ),
    "e04": (
        "怠速抖动，加速无力。\nRuns rough at idle, no power.",
        "二缸喷油器卡滞。\nInjector of cylinder 2 sticks.",
        "更换喷油器并匹配，试车正常。\nInjector replaced and matched, test drive fine.",
    ),
    "b01": (
        "制动时有尖叫声。\nBrakes squeal.",
        "制动片磨损到极限。\nBrake pads worn to the limit.",
        "更换一轴制动片。\nPads of one axle replaced.",
    ),
    "b02": (
        "制动踏板发软。\nBrake pedal goes soft.",
        "制动总泵皮碗漏油。\nMaster cylinder leaks past its cup.",
        "更换制动总泵并排气。\nMaster cylinder replaced, brakes bled.",
    ),
    "b03": (
        "高速制动时方向盘抖动。\nSteering wheel shakes when braking at speed.",
        "制动盘变形，端面跳动超差。\nBrake disc warped beyond its limit.",
        "更换制动盘。\nBrake disc replaced.",
    ),
    "p01": (
        "充电指示灯常亮。\nCharging light stays on.",
        "发电机调节器烧蚀。\nRegulator of the alternator burnt.",
        "更换发电机，输出电压 14.1 V。\nAlternator replaced, 14.1 V at its output.",
    ),
    "p02": (
        "充满电只能跑一半里程。\nHalf the range on a full charge.",
        "电池第三组单体压差过大。\nCells of group 3 out of balance.",
        "更换动力电池。\nTraction battery replaced.",
    ),
    "p03": (
        "行驶中突然断电。\nPower cuts out while riding.",
        "控制器功率管击穿。\nPower stage of the controller burnt through.",
        "更换电机控制器，试车正常。\nController replaced, test ride fine.",
    ),
    "p04": (
        "大灯内有水雾，照明变暗。\nWater inside the headlamp, light is dim.",
        "灯壳密封胶脱开。\nSealing of the lamp housing has come off.",
        "更换大灯。\nHeadlamp replaced.",
    ),
    "c01": (
        "冷藏机组不启动，货温上升。\nCooling unit does not start, load gets warm.",
        "压缩机电磁离合器烧坏。\nClutch of the compressor burnt.",
        "更换压缩机，降温试验合格。\nCompressor replaced, cooling test passed.",
    ),
}

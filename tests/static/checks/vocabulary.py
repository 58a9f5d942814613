"""Words that the whole product uses have one Chinese form."""

import polib

from house import House
from workbench.translations import po_path

#: Label in English -> the Chinese it has wherever it stands alone.
VOCABULARY = {
    "After-Sales": "售后服务",
    "Advance": "借款",
    "Appraisal": "考评|鉴定",
    "Auditor": "审核员",
    "Business Trip": "出差",
    "Collection Plan": "应收款计划",
    "Competitor Product": "竞品",
    "Contract Review": "合同评审",
    "Controlled Document": "单证",
    "Customer Property": "客户财产",
    "Facing": "陈列面",
    "Facings": "陈列面",
    "Field Sales": "外勤",
    "Invoice Reservation": "发票预约",
    "Old Part": "旧件",
    "Order Exception": "异常订单",
    "Outing": "外勤",
    "Promoter": "导购",
    "Replaced Part": "旧件",
    "Responsible Party": "责任单位",
    "Safety Stock": "安全库存",
    "Sample": "样品",
    "Service Station": "服务站",
    "Shelf Level": "层",
    "Spot Check": "抽查",
    "Stand-in": "替补",
    "Statement of Account": "对账单",
    "Store": "门店",
    "Stores": "门店",
    "Supplier Recovery": "追偿",
    "Visit": "拜访|来访",
    "Visits": "拜访|来访",
    "Warranty Claim": "保修申请单|索赔",
    "Work Log": "工作日志",
    "Write-off": "核销",
}


def check(house: House) -> list[str]:
    found = []
    for addon in house.product:
        path = po_path(addon.folder)
        if not path.exists():
            continue
        for entry in polib.pofile(str(path)):
            wanted = VOCABULARY.get(entry.msgid.strip(), "")
            if not wanted or not entry.msgstr:
                continue
            if not any(word in entry.msgstr for word in wanted.split("|")):
                found.append(
                    f"{addon.name}: {entry.msgid} is {entry.msgstr}, not {wanted}"
                )
    return found

{
    "name": "Field Sales",
    "version": "19.0.1.0.0",
    "category": "Sales/Sales Organisation",
    "summary": "Store visits planned from rules, counted at the shelf, turned into orders",
    "author": "Sales Organisation Maintainers",
    "website": "https://example.org/sales-organisation",
    "license": "LGPL-3",
    "depends": ["sales_base"],
    "application": True,
    "data": [
        "security/field_sales_groups.xml",
        "security/field_sales_security.xml",
        "security/ir.model.access.csv",
        "data/ir_sequence_data.xml",
        "data/sales_grade_data.xml",
        "data/sales_reason_data.xml",
        "data/field_sales_channel_data.xml",
        "data/field_sales_visit_rule_data.xml",
        "data/ir_cron_data.xml",
    ],
    "demo": [
    ],
    "assets": {
        "web.assets_backend": [
            "field_sales/static/src/tools/*",
            "field_sales/static/src/lines/*",
        ],
        "web.assets_unit_tests": [
            "field_sales/static/tests/*.js",
        ],
        "web.assets_tests": [
            "field_sales/static/tests/tours/*",
        ],
    },
}

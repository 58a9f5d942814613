{
    "name": "After-Sales with Purchase",
    "version": "19.0.1.0.0",
    "category": "Sales/Sales Organisation",
    "summary": "The supplier of a part, found by its receipt and purchase order",
    "author": "Sales Organisation Maintainers",
    "website": "https://example.org/sales-organisation",
    "license": "LGPL-3",
    "depends": ["after_sales", "purchase_stock"],
    "data": [
        "views/after_sales_responsibility_views.xml",
        "views/purchase_order_views.xml",
    ],
    "auto_install": True,
}

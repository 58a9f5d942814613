{
    "name": "Assistant Desk with Manufacturing",
    "version": "19.0.1.0.0",
    "category": "Sales/Sales Organisation",
    "summary": "Production milestones are completed by manufacturing orders",
    "author": "Sales Organisation Maintainers",
    "website": "https://example.org/sales-organisation",
    "license": "LGPL-3",
    "depends": ["sales_assistant", "sale_mrp"],
    "data": [
        "views/sales_assistant_milestone_views.xml",
    ],
    "post_init_hook": "post_init_hook",
    "auto_install": True,
}

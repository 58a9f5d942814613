{
    "name": "Sales Organisation: Suite Tests",
    "version": "19.0.1.0.0",
    "category": "Hidden/Tests",
    "summary": "Tests of the three apps together",
    "author": "Sales Organisation Maintainers",
    "website": "https://example.org/sales-organisation",
    "license": "LGPL-3",
    "depends": ["sales_assistant", "after_sales", "field_sales"],
}

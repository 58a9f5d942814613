{
    "name": "Benchmark Floor",
    "version": "19.0.1.0.0",
    "category": "Hidden",
    "summary": "Models that bound what the ORM itself costs, for benchmarks only",
    "author": "Sales Organisation Maintainers",
    "website": "https://example.org/sales-organisation",
    "license": "LGPL-3",
    "depends": ["sales_base"],
    "data": ["security/ir.model.access.csv"],
    "installable": True,
}

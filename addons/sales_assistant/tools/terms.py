"""What of an order is agreed with the customer, and therefore reviewed."""

#: fields of the order, in the order in which they are shown
ORDER_TERMS = (
    "partner_id",
    "partner_shipping_id",
    "payment_term_id",
    "currency_id",
    "incoterm",
    "sales_promised_date",
    "sales_special_requirement",
    "is_sales_oral_contract",
)
#: fields of its lines
LINE_TERMS = (
    "product_id",
    "product_uom_qty",
    "product_uom_id",
    "price_unit",
    "discount",
    "tax_ids",
)

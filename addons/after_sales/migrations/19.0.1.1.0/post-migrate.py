def migrate(cr, version):
    """Five kinds of claims were listed and not offered until they had their forms; the
    catalogue is not updated by itself."""
    cr.execute("UPDATE after_sales_claim_kind SET is_offered = true")

"""The desk: where the vendor's people work.

A face: addresses, views, forms and templates; what is true and what may happen is decided in the slices
below. Each slice joins by one module in `parts`, which holds its addresses and its entries in the
registry (rail, settings, palette, tabs of an account, panels and acts of a case), so that what does not
exist yet has no link.
"""

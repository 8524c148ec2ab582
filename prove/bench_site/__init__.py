"""The product as it is served, with one page more: the bare view that the bench compares with."""

from keepwell.kit import slices


class Config(slices.SliceConfig):
    name = "keepwell.customers"
    label = "keepwell_customers"

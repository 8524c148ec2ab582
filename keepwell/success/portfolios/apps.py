from keepwell.kit import slices


class Config(slices.SliceConfig):
    name = "keepwell.success.portfolios"
    label = "keepwell_portfolios"

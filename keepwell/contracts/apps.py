from keepwell.kit import slices


class Config(slices.SliceConfig):
    name = "keepwell.contracts"
    label = "keepwell_contracts"

from keepwell.kit import slices


class Config(slices.SliceConfig):
    name = "keepwell.api"
    label = "keepwell_api"

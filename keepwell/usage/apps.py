from keepwell.kit import slices


class Config(slices.SliceConfig):
    name = "keepwell.usage"
    label = "keepwell_usage"

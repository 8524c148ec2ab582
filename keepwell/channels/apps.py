from keepwell.kit import slices


class Config(slices.SliceConfig):
    name = "keepwell.channels"
    label = "keepwell_channels"

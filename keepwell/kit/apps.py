from keepwell.kit import slices


class Config(slices.SliceConfig):
    name = "keepwell.kit"
    label = "keepwell_kit"

from keepwell.kit import slices


class Config(slices.SliceConfig):
    name = "keepwell.success.engagements"
    label = "keepwell_engagements"

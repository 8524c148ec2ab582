from keepwell.kit import slices


class Config(slices.SliceConfig):
    name = "keepwell.insight"
    label = "keepwell_insight"

from keepwell.kit import slices


class Config(slices.SliceConfig):
    name = "keepwell.founding"
    label = "keepwell_founding"

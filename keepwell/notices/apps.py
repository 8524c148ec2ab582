from keepwell.kit import slices


class Config(slices.SliceConfig):
    name = "keepwell.notices"
    label = "keepwell_notices"

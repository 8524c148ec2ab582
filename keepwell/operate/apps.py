from keepwell.kit import slices


class Config(slices.SliceConfig):
    name = "keepwell.operate"
    label = "keepwell_operate"

from keepwell.kit import slices


class Config(slices.SliceConfig):
    name = "keepwell.desk"
    label = "keepwell_desk"

from keepwell.kit import slices


class Config(slices.SliceConfig):
    name = "keepwell.portal"
    label = "keepwell_portal"

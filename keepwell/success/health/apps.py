from keepwell.kit import slices


class Config(slices.SliceConfig):
    name = "keepwell.success.health"
    label = "keepwell_health"

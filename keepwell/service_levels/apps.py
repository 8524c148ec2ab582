from keepwell.kit import slices


class Config(slices.SliceConfig):
    name = "keepwell.service_levels"
    label = "keepwell_service_levels"

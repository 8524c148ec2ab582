from keepwell.kit.slices import SliceConfig


class Config(SliceConfig):
    name = "keepwell.service_levels"
    label = "keepwell_service_levels"

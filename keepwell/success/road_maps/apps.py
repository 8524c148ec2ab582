from keepwell.kit import slices


class Config(slices.SliceConfig):
    name = "keepwell.success.road_maps"
    label = "keepwell_road_maps"

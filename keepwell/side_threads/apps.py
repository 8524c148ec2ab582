from keepwell.kit import slices


class Config(slices.SliceConfig):
    name = "keepwell.side_threads"
    label = "keepwell_side_threads"

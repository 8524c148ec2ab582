from keepwell.kit import slices


class Config(slices.SliceConfig):
    name = "keepwell.staffing"
    label = "keepwell_staffing"

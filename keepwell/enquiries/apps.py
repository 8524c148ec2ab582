from keepwell.kit import slices


class Config(slices.SliceConfig):
    name = "keepwell.enquiries"
    label = "keepwell_enquiries"

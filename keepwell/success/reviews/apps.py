from keepwell.kit import slices


class Config(slices.SliceConfig):
    name = "keepwell.success.reviews"
    label = "keepwell_reviews"

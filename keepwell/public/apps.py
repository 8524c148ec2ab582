from keepwell.kit import slices


class Config(slices.SliceConfig):
    name = "keepwell.public"
    label = "keepwell_public"

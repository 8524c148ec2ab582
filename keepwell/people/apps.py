from keepwell.kit import slices


class Config(slices.SliceConfig):
    name = "keepwell.people"
    label = "keepwell_people"

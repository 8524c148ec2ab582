from keepwell.kit import slices


class Config(slices.SliceConfig):
    name = "keepwell.cases"
    label = "keepwell_cases"

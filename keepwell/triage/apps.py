from keepwell.kit import slices


class Config(slices.SliceConfig):
    name = "keepwell.triage"
    label = "keepwell_triage"

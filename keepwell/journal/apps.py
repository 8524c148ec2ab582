from keepwell.kit import slices


class Config(slices.SliceConfig):
    name = "keepwell.journal"
    label = "keepwell_journal"

from keepwell.kit import slices


class Config(slices.SliceConfig):
    name = "keepwell.outbox"
    label = "keepwell_outbox"

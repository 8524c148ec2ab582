from keepwell.kit import slices


class Config(slices.SliceConfig):
    name = "keepwell.success.signals"
    label = "keepwell_signals"

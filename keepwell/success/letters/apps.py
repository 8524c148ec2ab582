from keepwell.kit import slices


class Config(slices.SliceConfig):
    name = "keepwell.success.letters"
    label = "keepwell_letters"

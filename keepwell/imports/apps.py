from keepwell.kit import slices


class Config(slices.SliceConfig):
    name = "keepwell.imports"
    label = "keepwell_imports"

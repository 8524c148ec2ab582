from keepwell.kit import slices


class Config(slices.SliceConfig):
    name = "keepwell.files"
    label = "keepwell_files"

from keepwell.kit import slices


class Config(slices.SliceConfig):
    name = "keepwell.conversations"
    label = "keepwell_conversations"

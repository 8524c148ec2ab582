from keepwell.kit import slices


class Config(slices.SliceConfig):
    name = "keepwell.calendars"
    label = "keepwell_calendars"

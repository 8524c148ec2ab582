from keepwell.imports.models.imported_case import ImportedCase
from keepwell.imports.models.imported_log import ImportedLog, OtherDesk

__all__ = ["ImportedCase", "ImportedLog", "OtherDesk"]

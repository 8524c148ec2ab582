from keepwell.files.models.attachment import Attachment
from keepwell.files.models.blob import Blob, ScanState

__all__ = ["Attachment", "Blob", "ScanState"]

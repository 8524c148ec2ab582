from keepwell.operate.models.bulk_load import BulkLoad, LoadedChunk
from keepwell.operate.models.demo_play import DemoCase, DemoPlay
from keepwell.operate.models.set_aside import SetAside

__all__ = ["BulkLoad", "DemoCase", "DemoPlay", "LoadedChunk", "SetAside"]

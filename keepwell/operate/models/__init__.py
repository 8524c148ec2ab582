from keepwell.operate.models.demo_play import DemoCase, DemoPlay

__all__ = ["DemoCase", "DemoPlay"]

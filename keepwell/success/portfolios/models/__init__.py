from keepwell.success.portfolios.models.hand_over import HandOver, HandOverQuerySet, Release, State

__all__ = ["HandOver", "HandOverQuerySet", "Release", "State"]

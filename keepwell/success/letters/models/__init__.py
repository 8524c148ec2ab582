from keepwell.success.letters.models.correspondence import Correspondence

__all__ = ["Correspondence"]

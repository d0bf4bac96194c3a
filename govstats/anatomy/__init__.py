"""The structure of sheets that no layout describes, and a draft of one from it."""

from govstats.anatomy.dissect import dissect
from govstats.anatomy.model import Anatomy, Block, RemarkFound
from govstats.anatomy.propose import propose

__all__ = ["Anatomy", "Block", "RemarkFound", "dissect", "propose"]

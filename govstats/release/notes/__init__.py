"""Release notes 发布说明: what a release brings against the one before.

``compare`` sets two warehouses side by side, ``view`` puts the changes into words, ``text`` and
``write`` make ``notes.md`` and ``notes.json`` of them; the validation report shows the same words.
"""

from govstats.release.notes.model import Notes
from govstats.release.notes.view import news
from govstats.release.notes.write import DATA, counts, made, previous, write

__all__ = ["DATA", "Notes", "counts", "made", "news", "previous", "write"]

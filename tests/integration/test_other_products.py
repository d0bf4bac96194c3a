"""Products of another district: in its own words, with none of the example district's."""

import csv
import json
import re
from pathlib import Path
from zipfile import ZipFile

import pytest

from govstats.release import board, bulletin, notes, releases
from govstats.settings import Settings
from tests.small import HERE, SHARED

pytestmark = pytest.mark.slow

#: Seeds whose rows belong to a district, and the columns by which its readers know them.
OWN = {
    "departments": ("department_code", "name_zh", "short_name_zh", "name_en"),
    "indicators": ("indicator_code", "name_zh", "name_en"),
    "targets": ("target_id", "name_zh", "name_en", "demand_zh"),
    "reporting_duties": ("layout_id", "name_zh", "name_en"),
}


def cells(seeds: Path, seed: str, columns: tuple[str, ...]) -> set[str]:
    with (seeds / f"{seed}.csv").open(encoding="utf-8", newline="") as handle:
        return {row[name] for row in csv.DictReader(handle) for name in columns if row.get(name)}


def own_words(seeds: Path) -> set[str]:
    return {word for seed, columns in OWN.items() for word in cells(seeds, seed, columns)}


def district(seeds: Path) -> set[str]:
    """The names of the areas whose targets are tracked."""
    with (seeds / "targets.csv").open(encoding="utf-8", newline="") as handle:
        return {row["ref_area"] for row in csv.DictReader(handle)}


@pytest.fixture(scope="module")
def foreign(project: Path) -> set[str]:
    """Words of the example district that neither the other one nor the shared knowledge has."""
    seeds = project / "dbt_project" / "seeds"
    shared = "\n".join(
        path.read_text(encoding="utf-8")
        for path in [
            *(seeds / f"{name}.csv" for name in sorted(SHARED)),
            *sorted((project / "expectations").glob("*.yml")),
            *sorted((project / "bulletin").iterdir()),
        ]
        if path.is_file()
    )
    words = own_words(seeds) - own_words(HERE / "seeds")
    # a code that is plain English (tax, finance) says nothing about a district
    named = {word for word in words if re.search(r"[^a-z]", word) and len(word) > 2}
    return {word for word in named if word not in shared}


@pytest.fixture(scope="module")
def products(small_release: Settings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Report, returns and parts of the release, and all that is written from its warehouse."""
    release = releases.current_folder(small_release)
    manifest = releases.manifest(release)
    folder = tmp_path_factory.mktemp("products")
    warehouse = release / "warehouse.duckdb"
    bulletin.write(warehouse, folder / "bulletin", manifest, small_release)
    board.write(warehouse, folder / "board", manifest)
    notes.write(warehouse, None, folder, manifest)
    for part in ("validation", "returns"):
        (folder / part).symlink_to(release / part, target_is_directory=True)
    return folder


def texts(folder: Path) -> dict[str, str]:
    """Return what the files of a folder say, by path; of a document all its parts together."""
    found = {}
    for part in sorted(folder.iterdir()):
        for path in sorted(part.rglob("*")) if part.is_dir() else [part]:
            name = f"{part.name}/{path.name}"
            if path.suffix in (".docx", ".xlsx"):
                with ZipFile(path) as parts:
                    members = [each for each in parts.namelist() if each.endswith(".xml")]
                    found[name] = "\n".join(parts.read(each).decode() for each in members)
            elif path.suffix in (".html", ".md", ".json"):
                found[name] = path.read_text(encoding="utf-8")
    return found


def test_there_is_something_to_look_for(foreign: set[str], products: Path) -> None:
    assert len(foreign) > 300
    kinds = {Path(name).suffix for name in texts(products)}
    assert kinds == {".html", ".docx", ".xlsx", ".md", ".json"}


def test_no_product_has_a_word_of_the_example_district(foreign: set[str], products: Path) -> None:
    any_word = re.compile("|".join(re.escape(word) for word in sorted(foreign, key=len)[::-1]))
    named = {
        (name, found) for name, text in texts(products).items() for found in any_word.findall(text)
    }
    assert named == set()


def test_no_product_names_the_example_district(project: Path, products: Path) -> None:
    """But for the board's list of all areas of the city."""
    seeds = project / "dbt_project" / "seeds"
    others = district(seeds) - district(HERE / "seeds")
    with (seeds / "areas.csv").open(encoding="utf-8", newline="") as handle:
        names = {row["name_zh"] for row in csv.DictReader(handle) if row["ref_area"] in others}
    assert names
    said = texts(products)
    said["board/index.html"] = without_areas(said["board/index.html"])
    found = {(name, word) for name, text in said.items() for word in names if word in text}
    assert found == set()


def without_areas(page: str) -> str:
    index = re.search(r'<script type="application/json" id="index">(.*?)</script>', page, re.DOTALL)
    assert index is not None
    content = json.loads(index[1])
    content["names"]["areas"] = {}
    return page.replace(index[1], json.dumps(content, ensure_ascii=False))


def test_products_speak_of_the_other_district(project: Path, products: Path) -> None:
    said = texts(products)
    seeds = project / "dbt_project" / "seeds"
    ours = district(HERE / "seeds")
    with (seeds / "areas.csv").open(encoding="utf-8", newline="") as handle:
        (name,) = {row["name_zh"] for row in csv.DictReader(handle) if row["ref_area"] in ours}
    for product in ("board/index.html", "validation/index.html", "bulletin/2021-12.html"):
        assert name in said[product], product

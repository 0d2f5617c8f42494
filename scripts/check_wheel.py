"""Does what was built carry the catalogue, and did the wheel in an empty environment make a whole plan?"""

import json
import sys
import tarfile
import zipfile
from pathlib import Path

FILES = ("roadmaps.yaml", "skills.yaml", "postings.csv", "modules/3-llm-integration.yaml")


def main(dist: Path, plan: Path) -> None:
    """Exit with a sentence about the first thing that is missing."""
    with zipfile.ZipFile(next(dist.glob("*.whl"))) as archive:
        wheel = archive.namelist()
    with tarfile.open(next(dist.glob("*.tar.gz"))) as tar:
        sdist = tar.getnames()
    for name in FILES:
        if f"roadmap/data/{name}" not in wheel:
            sys.exit(f"the wheel lacks data/{name}")
        if not any(entry.endswith(f"/data/{name}") for entry in sdist):
            sys.exit(f"the sdist lacks data/{name}")
    made = json.loads(plan.read_text(encoding="utf-8"))
    if made["status"] != "feasible" or len(made["steps"]) < 20:
        sys.exit(f"the installed wheel made a poor plan: {made['status']}, {len(made['steps'])} steps")
    print(f"wheel and sdist carry the catalogue; the installed wheel made {len(made['steps'])} steps")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))

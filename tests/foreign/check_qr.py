"""check_qr.py DIR: zbarimg reads every picture of a demo back to the text of its line in certificates.ndjson."""
import json
import subprocess
import sys
from pathlib import Path

from check import check, section


def main(directory: str) -> None:
    lines = (Path(directory) / "certificates.ndjson").read_text("utf-8").splitlines()
    pictures = sorted((Path(directory) / "qr").glob("*.png"), key=lambda p: int(p.stem))
    with section("zbarimg"):
        check("zbarimg: the first three certificates have a picture", [p.stem for p in pictures] == ["1", "2", "3"])
        for picture, line in zip(pictures, lines):
            read = subprocess.run(["zbarimg", "--quiet", "--raw", picture], capture_output=True, text=True)
            check(f"zbarimg: {picture.name} reads back to the same text",
                  read.stdout.rstrip("\n") == json.loads(line)["hc1"])


main(sys.argv[1])

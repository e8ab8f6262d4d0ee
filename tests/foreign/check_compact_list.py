"""check_compact_list.py DIR: compact_list.py refuses each flipped byte of DIR/full and DIR/delta, and a rollback."""
import sys
from pathlib import Path

from cryptography import x509

from compact_list import Refused, read


def is_refused(*arguments):
    try:
        read(*arguments)
        return False
    except Refused:
        return True


def main(directory):
    folder = Path(directory)
    anchor = x509.load_pem_x509_certificate((folder / "anchor.pem").read_bytes())
    files = {name: (folder / name).read_bytes() for name in ("full.cose", "full.body", "delta.cose", "delta.body")}
    first = read(files["full.cose"], files["full.body"], anchor)
    second = read(files["delta.cose"], files["delta.body"], anchor, first)
    taken = [] if is_refused(files["full.cose"], files["full.body"], anchor, second) else ["a rollback"]
    for name, content in files.items():
        for place in range(len(content)):
            for flip in (0x01, 0x80, 0xFF):
                changed = bytearray(content)
                changed[place] ^= flip
                now = files | {name: bytes(changed)}
                kind, held = ("full", None) if name.startswith("full") else ("delta", first)
                if not is_refused(now[f"{kind}.cose"], now[f"{kind}.body"], anchor, held):
                    taken.append(f"{name}, byte {place} ^ {flip:#x}")
    print("\n".join(taken))
    return 1 if taken else 0


sys.exit(main(sys.argv[1]))

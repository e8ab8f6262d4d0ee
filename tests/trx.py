"""Prints the outcome of every test of a .NET result file (trx) as a check line."""
import sys
import xml.etree.ElementTree as xml

NAMESPACE = "{http://microsoft.com/schemas/VisualStudio/TeamTest/2010}"
WORDS = {"Passed": "ok", "NotExecuted": "skip"}


def main(project: str, path: str) -> None:
    try:
        results = list(xml.parse(path).iter(f"{NAMESPACE}UnitTestResult"))
    except (OSError, xml.ParseError) as fault:
        print(f"not ok - {project}: no result file: {fault}")
        return
    if not results:
        print(f"not ok - {project} has no test")
    for result in results:
        word = WORDS.get(result.get("outcome"), "not ok")
        # One line a test, whatever its data are.
        name = result.get("testName", "?").encode("unicode_escape").decode("ascii")
        if word != "ok":
            message = result.find(f".//{NAMESPACE}Message")
            print("  ", (message.text or "").strip() if message is not None else "no message")
        print(f"{word} - {name}")


main(*sys.argv[1:])

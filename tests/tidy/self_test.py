# SPDX-License-Identifier: Apache-2.0
"""Every tree under bad/ gets exactly the refusals of its file `expected` (path:line rule); the tree good/ gets none."""
import importlib.machinery
import importlib.util
import sys
from pathlib import Path

sys.dont_write_bytecode = True
HERE = Path(__file__).resolve().parent


def load_tidy():
    loader = importlib.machinery.SourceFileLoader("tidy", str(HERE.parent.parent / "tools" / "tidy"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("tidy", loader))
    loader.exec_module(module)
    return module


def main() -> int:
    sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    tidy = load_tidy()
    failed, trees = 0, [HERE / "good", *sorted((HERE / "bad").iterdir())]
    for root in trees:
        file = root / "expected"
        expected = set(file.read_text(encoding="utf-8").split("\n")) - {""} if file.exists() else set()
        found = {f"{refusal.path}:{refusal.line} {refusal.rule}" for refusal in tidy.refusals_of(root)[0]}
        for line in sorted(expected - found):
            print(f"{root.name}: not refused: {line}")
        for line in sorted(found - expected):
            print(f"{root.name}: refused without need: {line}")
        failed += found != expected
    print(f"tidy.self: {len(trees)} trees, {failed} failed")
    return 1 if failed or len(trees) < 2 else 0


if __name__ == "__main__":
    sys.exit(main())

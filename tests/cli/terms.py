# SPDX-License-Identifier: Apache-2.0
"""A home with other terms than those that ship, so that a test need not wait for years."""
import re
import shutil


def home_with_terms(source, home, **days):
    """Copies what the program reads; every class goes after a day, or after so many as are said for it."""
    for name in ("packs", "datasets", "calendar", "access", "papers"):
        shutil.copytree(source / name, home / name, dirs_exist_ok=True)
    terms = home / "access" / "retention.yaml"
    text = terms.read_text(encoding="utf-8")

    def term(match):
        return f"{match[1]}{days.get(match[2], 1)}"
    changed = re.sub(r"(class: (\w+),.*?days: )\d+", term, text, flags=re.S)
    assert changed != text, "the terms are written otherwise"
    terms.write_text(changed, encoding="utf-8")
    return home

# SPDX-License-Identifier: Apache-2.0
"""Every place with no row and with very long names, in both languages and prints, at 1366, 1920 and 390 px, and lists
of ten thousand rows: nothing is cut (web/e2e/wide.ts)."""
from browsed import Browsed, main


class Wide(Browsed):
    def test_nothing_is_cut(self):
        self.browse("--wide")


if __name__ == "__main__":
    main()

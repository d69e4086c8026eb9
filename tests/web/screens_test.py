# SPDX-License-Identifier: Apache-2.0
"""Every screen that stands in the side of any role: its weight, axe, its width, its console (web/e2e/screens.ts)."""
from browsed import Browsed, main


class Screens(Browsed):
    def test_each_screen_holds(self):
        self.browse("--screens")


if __name__ == "__main__":
    main()

# SPDX-License-Identifier: Apache-2.0
"""Each persona's day in Debian's Chromium against the real server with the sample county. What the browser does stands
in web/e2e/days; pictures are left in build/web-shots."""
from browsed import Browsed, Client, main


class Days(Browsed):
    def test_each_day_ends_as_it_should(self):
        self.browse("--days")

    def test_the_page_is_kept_to_this_server_by_its_policy(self):
        answer = Client(self.served.port).get("/")
        policy = dict(part.strip().split(" ", 1) for part in answer.headers["Content-Security-Policy"].split(";"))
        self.assertEqual("'self'", policy["default-src"])
        for part, allowed in policy.items():
            self.assertNotIn("unsafe", allowed, part)
            self.assertNotIn("http", allowed, part)


if __name__ == "__main__":
    main()

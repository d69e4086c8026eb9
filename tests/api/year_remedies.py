# SPDX-License-Identifier: Apache-2.0
"""What the scripted year does about days that are too short, money that two persons decide on, and decisions that a
household does not accept."""
DAY = "2025-06-03"
GUARANTEE, MARGIN = "minimum_living_guarantee", "mlg_marginal_household"


class Remedies:
    def test_83_the_days_of_an_application_are_extended_from_wherever_it_stands(self):
        because = {"extended_because": "需跨省核对"}
        for state in ("accepted", "surveyed", "reviewed", "to_confirm"):
            number = self.brought(state)
            if self.case(self.town, number)["track"] != MARGIN:
                self.at(number, DAY, (self.town, "switch", state, {"category": MARGIN, "reason": "按边缘办理"}))
            self.at(number, DAY, (self.third, "extend", state, because))
        number = self.brought("reviewed")
        self.at(number, DAY, (self.village, "post", "noticed", {"attachments": ["公示照片"]}),
                (self.third, "extend", "noticed", because))
        number = self.brought("reviewed")
        self.at(number, DAY, (self.village, "post", "noticed", {"attachments": ["公示照片"]}),
                (self.town, "object", "objected", {"reason": "邻居反映有车"}),
                (self.third, "extend", "objected", because))
        # Of which kind it is handled is not known: neither who may extend nor what.
        number = self.brought("accepted")
        self.assertEqual({("/fields/category", "authority_unknown"), ("/fields/category", "move_clock_unset")},
                         set(self.codes(self.move(self.third, number, "extend", DAY, **because))))
        # Where the power was not handed down it is the county's.
        number = self.applied(self.far, DAY)
        self.surveyed(number, DAY, self.far, ("far", "away"))
        self.at(number, DAY, (self.far, "switch", "surveyed", {"category": GUARANTEE, "reason": "按低保办理"}))
        self.assertEqual([("/move", "move_authority")], self.codes(
            self.move(self.far, number, "extend", DAY, **because)))
        self.at(number, DAY, (self.county, "extend", "surveyed", because))

// SPDX-License-Identifier: Apache-2.0
#include "casework/payments/owed.h"

#include <doctest/doctest.h>

#include "base/test_values.h"

namespace doudi::casework {
namespace {

// A payment as its steps have it: granted in January at 420 yuan a month, paid from the first of February.
struct Payment {
    std::vector<CaseEvent> events;

    Payment() {
        add("open", "to_start", "2025-01-10", {"granted"}, {{"amount", {"42000"}}});
        add("start", "paying", "2025-02-01", {"payment_begun", "amount_set"}, {{"amount", {"42000"}}});
    }
    void add(const char* move, const char* to, const char* on, std::vector<std::string> marks,
             Fields fields = {}) {
        CaseEvent event;
        event.number = static_cast<int>(events.size()) + 1;
        event.move = move;
        event.to = to;
        event.on = day(on);
        event.marks = std::move(marks);
        event.fields = std::move(fields);
        events.push_back(std::move(event));
    }
    [[nodiscard]] std::pair<std::string, std::string> on(std::string_view until,
                                                         const PaidByLists& lists = {}) const {
        const PaidBounds bounds = value(paid_bounds(CaseId(1), events, day(until), lists, "decided_on"));
        return {bounds.paid.yuan_text(), bounds.owed.yuan_text()};
    }
    // All in all, with what may have been before it was begun here.
    [[nodiscard]] std::pair<std::string, std::string> in_all(std::string_view until,
                                                             const PaidByLists& lists = {}) const {
        const PaidBounds bounds = value(paid_bounds(CaseId(1), events, day(until), lists, "decided_on"));
        if (!bounds.earlier) return {"known", "known"};
        const auto text = [](const std::optional<Money>& sum) { return sum ? sum->yuan_text() : "unknown"; };
        return {text(bounds.earlier->paid), text(bounds.earlier->owed)};
    }
};

using Bounds = std::pair<std::string, std::string>;

const Date february = day("2025-02-01"), march = day("2025-03-01");
const Money all = Money::fen(42000);

}  // namespace

TEST_CASE("what is paid month by month was paid, and nothing of it is owed") {
    const Payment payment;
    CHECK(payment.on("2025-01-31") == Bounds{"0.00", "0.00"});
    CHECK(payment.on("2025-02-01") == Bounds{"420.00", "0.00"});
    CHECK(payment.on("2025-02-28") == Bounds{"420.00", "0.00"});
    CHECK(payment.on("2025-03-01") == Bounds{"840.00", "0.00"});
}

TEST_CASE("of a month that has passed what stood still may have been paid and may be owed") {
    Payment payment;
    payment.add("hold", "held", "2025-03-05", {"payment_held"});
    CHECK(payment.on("2025-03-04") == Bounds{"840.00", "0.00"});
    CHECK(payment.on("2025-03-31") == Bounds{"840.00", "0.00"});  // gone on with, March would be paid
    CHECK(payment.on("2025-04-01") == Bounds{"840.00", "420.00"});
    CHECK(payment.on("2025-04-30") == Bounds{"840.00", "420.00"});
    CHECK(payment.on("2025-05-01") == Bounds{"840.00", "840.00"});
    payment.add("resume", "paying", "2025-05-02", {"payment_resumed"});
    CHECK(payment.on("2025-05-31") == Bounds{"1260.00", "840.00"});
    CHECK(payment.on("2025-06-01") == Bounds{"1680.00", "840.00"});  // May's list, still to come, pays May
    payment.add("admit_back_pay", "paying", "2025-06-03", {"back_paid"}, {{"amount", {"84000"}}});
    CHECK(payment.on("2025-06-03") == Bounds{"2520.00", "0.00"});
}

TEST_CASE("an amount that is set for months that are gone is owed; one that was begun late as well") {
    Payment payment;
    payment.add("adjust", "paying", "2025-04-10", {"amount_set"},
                {{"amount", {"50000"}}, {"from_on", {"2025-03-01"}}});
    CHECK(payment.on("2025-04-09") == Bounds{"1260.00", "0.00"});
    CHECK(payment.on("2025-04-10") == Bounds{"1340.00", "80.00"});  // April is on a list to come
    CHECK(payment.on("2025-05-01") == Bounds{"1840.00", "80.00"});

    Payment late;
    late.events.back().on = day("2025-04-01");                 // granted for February, begun in April
    CHECK(late.on("2025-03-31") == Bounds{"0.00", "420.00"});  // a list may still pay March
    CHECK(late.on("2025-04-01") == Bounds{"420.00", "840.00"});
}

TEST_CASE("after its end nothing more is paid or owed") {
    Payment payment;
    payment.add("end", "ended", "2025-03-20", {"payment_ended"}, {{"from_on", {"2025-04-01"}}});
    CHECK(payment.on("2025-03-31") == Bounds{"840.00", "0.00"});
    CHECK(payment.on("2025-06-30") == Bounds{"840.00", "0.00"});
}

TEST_CASE("a closed list says what a month was paid; a month that a list may still pay is owed to nobody") {
    Payment payment;
    payment.add("hold", "held", "2025-03-05", {"payment_held"});
    // March was closed before the hold, or after it; it is settled on the day on which it is closed.
    CHECK(payment.on("2025-03-20", {{february, all}, {march, all}}) == Bounds{"840.00", "0.00"});
    CHECK(payment.on("2025-03-20", {{february, all}, {march, Money()}}) == Bounds{"840.00", "420.00"});
    CHECK(payment.on("2025-03-20", {{february, all}}) == Bounds{"840.00", "0.00"});
    payment.add("resume", "paying", "2025-03-25", {"payment_resumed"});
    CHECK(payment.on("2025-04-10", {{february, all}, {march, Money()}}) == Bounds{"1260.00", "420.00"});
    // Its list is still to come, and tells what stands on the last of March: all of it is paid.
    CHECK(payment.on("2025-04-10", {{february, all}}) == Bounds{"1260.00", "0.00"});

    Payment held;
    held.add("hold", "held", "2025-03-05", {"payment_held"});
    held.add("resume", "paying", "2025-04-01", {"payment_resumed"});
    CHECK(held.on("2025-04-10", {{february, all}}) == Bounds{"1260.00", "420.00"});
    // A later list than March's is closed: none of March comes any more, and nobody knows how it was paid.
    CHECK(payment.on("2025-05-10", {{february, all}, {day("2025-04-01"), all}}) ==
          Bounds{"1680.00", "420.00"});
}

TEST_CASE("an end that was undone leaves the months between it and the new beginning owed") {
    Payment payment;
    payment.add("end", "ended", "2025-03-20", {"payment_ended"}, {{"from_on", {"2025-04-01"}}});
    payment.add("reinstate", "paying", "2025-06-10", {"payment_resumed", "amount_set"},
                {{"amount", {"42000"}}});
    CHECK(payment.on("2025-06-09") == Bounds{"840.00", "0.00"});
    // On the first of June it had ended, so no list pays that month either.
    CHECK(payment.on("2025-06-10") == Bounds{"840.00", "1260.00"});
    CHECK(payment.on("2025-07-01") == Bounds{"1260.00", "1260.00"});
}

TEST_CASE("an end with an earlier day, once it is undone, leaves what was paid by then owed to nobody") {
    Payment payment;
    // Nobody ended it in March, so March was paid, by the office or by its list.
    payment.add("end", "ended", "2025-04-20", {"payment_ended"}, {{"from_on", {"2025-03-01"}}});
    CHECK(payment.on("2025-04-30") == Bounds{"1260.00", "0.00"});
    payment.add("reinstate", "paying", "2025-05-10", {"payment_resumed", "amount_set"},
                {{"amount", {"42000"}}});
    // April, of whose days both stood, and May, on whose first it had ended.
    CHECK(payment.on("2025-05-31") == Bounds{"1260.00", "840.00"});
    CHECK(payment.on("2025-05-31", {{february, all}}) == Bounds{"1260.00", "840.00"});
    CHECK(payment.on("2025-05-31", {{february, all}, {march, Money()}}) == Bounds{"1260.00", "1260.00"});
}

TEST_CASE("a payment ends no earlier than it begins, and after the last month that was paid") {
    const auto first = [](const Payment& payment, const char* on, const PaidByLists& lists = {}) {
        const FirstEnd end = first_end(payment.events, day(on), lists);
        return end.day.iso() + (end.paid ? " " + end.paid->iso().substr(0, 7) : "");
    };
    Payment payment;
    CHECK(first(payment, "2025-01-20") == "2025-02-01");  // granted, and not begun
    CHECK(first(payment, "2025-02-28") == "2025-02-01");
    CHECK(first(payment, "2025-03-01") == "2025-03-01 2025-02");
    CHECK(first(payment, "2025-02-10", {{february, all}}) == "2025-03-01 2025-02");
    CHECK(first(payment, "2025-03-10", {{february, all}, {march, all}}) == "2025-04-01 2025-03");
    CHECK(first(payment, "2025-03-10", {{february, all}, {march, Money()}}) == "2025-03-01 2025-02");
    // Of a month that stood still in part nobody knows whether it was paid.
    payment.add("hold", "held", "2025-03-05", {"payment_held"});
    CHECK(first(payment, "2025-04-10") == "2025-03-01 2025-02");
    Payment again;
    again.add("end", "ended", "2025-03-20", {"payment_ended"}, {{"from_on", {"2025-04-01"}}});
    again.add("reinstate", "paying", "2025-06-10", {"payment_resumed", "amount_set"},
              {{"amount", {"42000"}}});
    CHECK(first(again, "2025-07-01") == "2025-06-10");
    CHECK(first(again, "2025-08-01") == "2025-08-01 2025-07");
    Payment late;
    late.events.back().on = day("2025-04-05");  // granted for February, begun in April
    CHECK(first(late, "2025-04-20") == "2025-04-05");
    CHECK(first(late, "2025-06-01") == "2025-06-01 2025-05");
}

namespace {

// Decided in November, carried over and begun here on that day.
Payment carried(const char* on, const char* decided = "2024-11-01") {
    Payment payment;
    payment.events.clear();
    payment.add("carry", "to_start", on, {}, {{"amount", {"42000"}}, {"decided_on", {decided}}});
    payment.add("admit", "paying", on, {"payment_begun", "amount_set"}, {{"amount", {"42000"}}});
    return payment;
}

}  // namespace

TEST_CASE("what was carried over is known from the day on which it was begun here, and not before") {
    Payment payment = carried("2025-02-01");
    CHECK(payment.on("2025-02-28") == Bounds{"420.00", "0.00"});
    CHECK(payment.on("2025-03-01") == Bounds{"840.00", "0.00"});
    payment.add("hold", "held", "2025-03-05", {"payment_held"});
    CHECK(payment.on("2025-05-01") == Bounds{"840.00", "840.00"});  // March and April
    CHECK(payment.on("2025-05-01", {{february, all}, {march, all}, {day("2025-04-01"), Money()}}) ==
          Bounds{"840.00", "420.00"});
    // Before it no more than December and January, as it was decided in November.
    CHECK(payment.in_all("2025-05-01") == Bounds{"1680.00", "1680.00"});
    CHECK(Payment().in_all("2025-05-01") == Bounds{"known", "known"});
    // What was paid back of it is paid back once.
    payment.add("admit_back_pay", "held", "2025-05-02", {"back_paid"}, {{"amount", {"100000"}}});
    CHECK(payment.on("2025-05-02") == Bounds{"1840.00", "0.00"});
    CHECK(payment.in_all("2025-05-02") == Bounds{"2680.00", "680.00"});
}

TEST_CASE("of the month in whose course a payment was begun here nobody knows who was to pay it") {
    Payment payment = carried("2025-02-02");
    payment.add("hold", "held", "2025-03-01", {"payment_held"});
    CHECK(payment.on("2025-04-01") == Bounds{"420.00", "420.00"});  // March; February may have been paid
    CHECK(payment.in_all("2025-04-01") == Bounds{"1260.00", "1260.00"});
    // What a list here paid of it is not owed again, nor what one may pay yet.
    CHECK(payment.in_all("2025-04-01", {{february, all}, {march, Money()}}) == Bounds{"1260.00", "1260.00"});
    CHECK(payment.in_all("2025-04-01", {{february, Money::fen(40000)}, {march, Money()}}).second ==
          "1280.00");
    CHECK(carried("2025-02-02").in_all("2025-02-28").second == "840.00");
    // Decided in its course, it is paid from the month after.
    const Payment late = carried("2025-02-20", "2025-02-10");
    CHECK(late.in_all("2025-02-20") == Bounds{"420.00", "0.00"});
}

TEST_CASE("what was carried over and not begun, or decided nobody knows when, is as unknown as that") {
    Payment waiting = carried("2025-02-01");
    waiting.events.pop_back();
    CHECK(waiting.on("2025-05-01") == Bounds{"0.00", "0.00"});
    CHECK(waiting.in_all("2025-05-01") == Bounds{"0.00", "0.00"});
    Payment undated = carried("2025-02-01");
    undated.events.front().fields.erase("decided_on");
    CHECK(undated.on("2025-03-01") == Bounds{"840.00", "0.00"});
    CHECK(undated.in_all("2025-03-01") == Bounds{"unknown", "unknown"});
}

TEST_CASE("of a month that another payment was paid nothing is owed, and it is told by which") {
    Payment payment;
    payment.add("hold", "held", "2025-03-05", {"payment_held"});
    const auto bounds = [&](Month paid, Money unplaced = {}) {
        const PaidBeside beside{[paid](Month month, std::string_view) {
                                    return month == paid ? std::optional(CaseId(9)) : std::nullopt;
                                },
                                unplaced};
        return value(paid_bounds(CaseId(1), payment.events, day("2025-05-01"), {}, "decided_on", beside));
    };
    CHECK(bounds({2025, 2}).owed == Money::fen(84000));  // it was paid itself
    CHECK(bounds({2025, 2}).beside.empty());
    CHECK(bounds({2025, 3}).owed == all);
    CHECK(bounds({2025, 3}).beside == std::map{std::pair(CaseId(9), all)});
    CHECK(bounds({2025, 3}).paid == Money::fen(84000));
    CHECK(bounds({2025, 3}, Money::fen(41999)).owed == Money::fen(1));
    CHECK(bounds({2025, 3}, Money::fen(42001)).owed == Money());
    const Payment before = carried("2025-05-01");  // December to April
    const auto most = [&](const PaidBeside& beside) {
        return value(paid_bounds(CaseId(1), before.events, day("2025-05-01"), {}, "decided_on", beside))
            .earlier->owed;
    };
    CHECK(most({}) == Money::fen(210000));
    CHECK(most({[](Month month, std::string_view) {
              return month < Month{2025, 2} ? std::optional(CaseId(9)) : std::nullopt;
          }}) == Money::fen(126000));
}

TEST_CASE("a sum that cannot be read is no sum") {
    Payment broken;
    broken.add("admit_back_pay", "paying", "2025-03-03", {"back_paid"}, {{"amount", {"1e4"}}});
    CHECK(paid_bounds(CaseId(1), broken.events, day("2025-03-04")).error().code == "sum_unreadable");
    // Nor is it nothing, so that a claim would be refused as more than was paid.
    for (const std::size_t step : {0U, 1U}) {
        Payment set;
        set.events[step].fields["amount"] = {"四百二十"};
        CHECK(paid_bounds(CaseId(1), set.events, day("2025-03-04")).error().code == "sum_unreadable");
    }
    // Where it is asked whether a month was paid, it was: it does not end before, and nothing else pays it.
    Payment unread;
    unread.events.back().fields["amount"] = {"四百二十"};
    CHECK(first_end(unread.events, day("2025-03-10")).day == march);
    const PaidByLists none;
    const Course course(unread.events, day("2025-03-10"), none);
    CHECK(course.takes(Month{2025, 2}));
    CHECK_FALSE(course.takes(Month{2025, 1}));
}

}  // namespace doudi::casework

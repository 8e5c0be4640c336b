// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/store/EventColumns.h"
#include "models/store/Filter.h"

#include <random>

namespace mailward {

inline const Instant kStart = *parseRfc3339("2026-03-25T00:00:00Z"); // around the change to summer time in Europe

inline AddressFacts factsOf(IpAddress ip)
{
    AddressFacts facts;
    facts.cls = addressClassOf(ip);
    if (facts.cls != AddressClass::Public) {
        return facts;
    }
    const std::uint32_t net = ip.isV4() ? ip.v4() >> 24U : 7;
    const std::array<const char*, 4> codes{"CN", "IN", "DE", ""};
    facts.country = countryCodeOf(codes[net % codes.size()]);
    facts.asn = net % 5 == 0 ? 0 : 4000 + net % 5;
    return facts;
}

/// Random events with few values for each field, so that everything meets everything.
inline std::vector<Event> randomEvents(std::size_t count, unsigned seed)
{
    std::mt19937 random(seed);
    const auto pick = [&](unsigned n) { return static_cast<unsigned>(random() % n); };
    const std::vector<std::string> accounts{"bob@example.org", "Bobby@example.org", "alice", "a*b", "<b>x</b>", "\xff\xfe", "1.2.3.4", ""};
    std::vector<Event> events;
    for (std::size_t i = 0; i < count; ++i) {
        Event event;
        event.time = kStart + std::chrono::microseconds(std::int64_t{pick(1'000'000'000)} * 900);
        event.service = static_cast<Service>(pick(kServiceCount));
        event.kind = static_cast<EventKind>(pick(kEventKindCount));
        event.outcome = static_cast<Outcome>(pick(3));
        event.attempts = pick(200) == 0 ? 4'000'000'000U : pick(10) == 0 ? 70'000 : pick(3);
        if (const unsigned which = pick(20); which == 0) {
            event.ip = IpAddress::parse("2001:db8::" + std::to_string(pick(9)));
        } else if (which == 1) {
            event.ip = IpAddress::fromV4((10U << 24U) + pick(5));
        } else if (which > 2) {
            event.ip = IpAddress::fromV4(((1 + pick(9)) << 24U) + (pick(3) << 8U) + pick(20));
        }
        event.account = accounts[pick(static_cast<unsigned>(accounts.size()))];
        event.server = std::string("mx") + std::to_string(pick(3));
        event.program = "postfix/smtpd";
        event.line = LineRef{FileId{pick(2)}, i * 100, 0, 0};
        events.push_back(std::move(event));
    }
    return events;
}

/// With few enough kinds of events that a chunk numbers them, as those of real logs.
inline std::vector<Event> fewKinds(std::vector<Event> events)
{
    for (Event& event : events) {
        event.service = static_cast<Service>(static_cast<unsigned>(event.service) % 4);
        event.kind = static_cast<EventKind>(static_cast<unsigned>(event.kind) % 4);
        event.attempts = std::min(event.attempts, 70'000U);
    }
    return events;
}

/// A filter that a test wrote, as of five days after the first event.
inline Filter filterOf(const QString& text)
{
    const auto filter = parseFilter(text, kStart + std::chrono::hours(24 * 5));
    if (!filter) {
        qFatal("%s", qPrintable(filter.error().error.toString()));
    }
    return *filter;
}

} // namespace mailward

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/Event.h"

#include <algorithm>
#include <array>

namespace mailward {

namespace {

constexpr std::array<std::string_view, kServiceCount> kServices{"other", "smtp", "submission", "imap", "pop3",
                                                                "sieve", "lmtp", "ssh",        "ftp",  "web"};
constexpr std::array<std::string_view, kEventKindCount> kKinds{
    "auth-failure", "auth-success", "auth-aborted", "probe", "reject",      "accepted", "sent",
    "deferred",     "bounced",      "dsn",          "session-end", "ban", "unban",    "server-fault"};
constexpr std::array<std::string_view, 3> kOutcomes{"", "failure", "success"};

template <class Enum, std::size_t N>
std::optional<Enum> lookUp(const std::array<std::string_view, N>& names, std::string_view name)
{
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) {
        return std::nullopt;
    }
    return static_cast<Enum>(found - names.begin());
}

} // namespace

std::string_view serviceName(Service service) { return kServices[static_cast<std::size_t>(service)]; }
std::optional<Service> serviceFromName(std::string_view name) { return lookUp<Service>(kServices, name); }
std::string_view eventKindName(EventKind kind) { return kKinds[static_cast<std::size_t>(kind)]; }
std::optional<EventKind> eventKindFromName(std::string_view name) { return lookUp<EventKind>(kKinds, name); }
std::string_view outcomeName(Outcome outcome) { return kOutcomes[static_cast<std::size_t>(outcome)]; }
std::optional<Outcome> outcomeFromName(std::string_view name) { return lookUp<Outcome>(kOutcomes, name); }

} // namespace mailward

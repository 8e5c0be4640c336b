// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/CountryCode.h"
#include "models/core/IpAddress.h"
#include "models/core/Time.h"
#include "models/core/UntrustedText.h"
#include "models/detect/MemberSigns.h"

#include <QJsonObject>
#include <QString>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mailward {

enum class IncidentKind : std::uint8_t {
    BruteForce, DistributedGuessing, PasswordSpray, CredentialStuffing, UserEnumeration, AccountCompromise, OutboundSpam,
    Backscatter, StalePassword, SshBruteForce, RelayProbe
};

/// In rising order.
enum class Severity : std::uint8_t { Info, Low, Medium, High, Critical };

/// One participant.
struct IncidentSource {
    IpAddress ip;
    CountryCode country = kNoCountry;
    std::uint32_t asn = 0;
    double confidence = 0; ///< 0 to 1: how sure it is that this one belongs to the attack
    std::uint64_t attempts = 0;
    Instant first{};
    Instant last{};
    MemberSigns signs{}; ///< why
};

/// An account, and why it is named.
struct IncidentAccount {
    UntrustedText name;
    std::uint64_t attempts = 0; ///< wrong passwords of participants
    std::uint64_t sources = 0;  ///< participants that tried it
};

/// Somebody got in.
struct OpenedAccount {
    UntrustedText name;
    Instant at{};        ///< first success that was not its owner's
    IpAddress ip;        ///< from here
    QString reason;      ///< in plain words
};

/// A stretch of an incident in which its sources behaved alike.
struct IncidentPhase {
    TimeRange range;
    double triesPerSource = 0;
    QString text; ///< "many tries a source"
};

/// A network with more than one participant.
struct IncidentNetwork {
    Prefix prefix;
    std::uint64_t sources = 0;
};

struct IncidentCounts {
    std::uint64_t attempts = 0;
    std::uint64_t sources = 0;
    std::uint64_t accounts = 0;
    std::uint64_t mails = 0;
    std::uint64_t recipients = 0;
    std::uint64_t bounces = 0;
};

/// Everything that belongs together, as one card. Lists are sorted by value (addresses, names) and depend on nothing but
/// the events. Participants are in `sources`; people who suffer (an office with an old password) never are.
struct Incident {
    std::string id; ///< stable for the same kind, start and first account: for links and plans
    IncidentKind kind = IncidentKind::DistributedGuessing;
    Severity severity = Severity::Info;
    double confidence = 0; ///< 0 to 1
    Instant start{};
    Instant end{};
    Instant alarm{}; ///< when the evidence sufficed for the first time
    bool running = false;
    bool falseAlarm = false; ///< a person called it so
    QString title;
    std::vector<QString> reasons;
    std::vector<std::string> servers;
    std::vector<IncidentAccount> accounts;
    std::vector<OpenedAccount> opened;
    std::vector<IncidentSource> sources;
    std::vector<IncidentNetwork> networks; ///< most participants first
    std::map<CountryCode, std::uint64_t> countries;
    std::vector<IncidentPhase> phases;
    IncidentCounts counts;
};

[[nodiscard]] std::string_view incidentKindName(IncidentKind kind);
[[nodiscard]] std::string_view severityName(Severity severity);

/// Whether its `opened` are lost: below that they may be people who travel, and are to be asked.
[[nodiscard]] inline bool isSerious(const Incident& incident) { return incident.severity > Severity::Low; }

/// The object that `findings --json` prints. Foreign text is escaped for JSON.
[[nodiscard]] QJsonObject toJson(const Incident& incident);

} // namespace mailward

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/detect/Detection.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace mailward::detect {

inline constexpr std::uint32_t kNobody = 0xFFFFFFFFU;
inline constexpr std::int64_t kSecond = 1'000'000;
inline constexpr std::int64_t kMinute = 60 * kSecond;
inline constexpr std::int64_t kHour = 60 * kMinute;
inline constexpr std::int64_t kDay = 24 * kHour;
inline constexpr std::int64_t kMemory = 30 * kDay; ///< how long a success vouches for somebody

/// Passwords at the mail services, and at SSH, are two worlds with rhythms of their own.
enum class Door : std::uint8_t { Mail, Ssh };

/// One or more tries to log in, as the detectors see them. 32 bytes.
struct Attempt {
    std::int64_t time = 0;
    std::uint32_t address = 0;
    std::uint32_t account = kNobody; ///< kNobody: the log does not name it
    std::uint32_t tries = 1;
    std::uint16_t server = 0;
    Service service = Service::Other;
    bool success = false;
    bool unknownUser = false;

    [[nodiscard]] Door door() const { return service == Service::Ssh ? Door::Ssh : Door::Mail; }
};

/// A step of mail that somebody here sent: accepted from a log-in, delivered or refused elsewhere.
struct MailFact {
    std::int64_t time = 0;
    std::uint32_t account = 0;
    std::uint32_t address = kNobody;
    std::uint16_t server = 0;
    EventKind kind = EventKind::Accepted;
};

/// Mail that was refused to a peer without a log-in.
struct Refusal {
    std::int64_t time = 0;
    std::uint32_t address = 0;
    std::uint16_t server = 0;
    bool relay = false;       ///< for a stranger's mailbox
    bool unknownName = false; ///< for a mailbox that is not here
};

/// A bounce for mail that nobody here has sent.
struct Stray {
    std::int64_t time = 0;
    std::uint16_t server = 0;
};

/// What the detectors need of a snapshot, in the order of time; equal times in an order of their values, so that nothing
/// depends on the order of arrival.
struct Tape {
    const ColumnsSnapshot* data = nullptr;
    std::vector<Attempt> attempts;
    std::vector<MailFact> mail;
    std::vector<Refusal> refusals;
    std::vector<Stray> backscatter;
    std::int64_t begin = 0; ///< first event of any kind
    std::int64_t end = 0;   ///< just after the last one

    [[nodiscard]] const AddressEntry& address(std::uint32_t id) const { return data->address(AddressId{id}); }
    [[nodiscard]] std::uint32_t network(std::uint32_t address_) const { return address(address_).networkId; }
};

/// Events before `from`, and from `until` on, are left out.
[[nodiscard]] Tape readTape(const ColumnsSnapshot& data, std::int64_t until, std::int64_t from = INT64_MIN);

/// A tape that grows with its snapshots. What was read stays; from the earliest new or corrected event on it is read anew,
/// so that the tape is always the one that readTape() makes of the whole snapshot.
class GrowingTape
{
public:
    /// `data` must be a later snapshot of the same columns, or the first.
    const Tape& update(std::shared_ptr<const ColumnsSnapshot> data);
    [[nodiscard]] const Tape& tape() const { return m_tape; }

private:
    struct Seen {
        std::shared_ptr<const AmendableColumns> amendable;
        std::uint32_t rows = 0;
    };
    [[nodiscard]] std::int64_t firstChange(const ColumnsSnapshot& data) const;

    std::shared_ptr<const ColumnsSnapshot> m_data;
    std::vector<Seen> m_seen;
    Tape m_tape;
};

} // namespace mailward::detect

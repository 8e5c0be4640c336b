// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/Event.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace mailward {

/// What is known of one message in a mail queue.
struct QueuedMessage {
    std::string account;      ///< who logged in to send it; empty: nobody, or not told yet
    std::string from;         ///< envelope sender
    bool nullSender = false;  ///< a notification
    bool isOurNotification = false; ///< made by this server, about a message of `account`
    std::vector<LineRef> waiting; ///< events handed out before the account was known

    /// As new; the texts keep their room.
    void reset()
    {
        account.clear();
        from.clear();
        nullSender = false;
        isOurNotification = false;
        waiting.clear();
    }
};

/// Messages by queue id, and who has sent lately. Bounded: a ring in which the oldest id makes room, found by chains of hashes that
/// end by themselves where the ring has gone on.
class QueueBook
{
public:
    static constexpr std::uint64_t kCapacity = 1U << 16;
    static constexpr std::size_t kMostWaiting = 32;

    /// The message of an id, made on first sight. Good until the next call.
    [[nodiscard]] QueuedMessage& message(std::string_view qid);
    [[nodiscard]] QueuedMessage* find(std::string_view qid);
    /// A new message begins under this id (ids are used again). Events that wait for their account stay.
    QueuedMessage& begin(std::string_view qid);

    /// Somebody of ours sent mail under this address.
    void noteSender(std::string_view address, Instant at);
    [[nodiscard]] bool hasSent(std::string_view address, Instant at) const;

private:
    struct Slot {
        std::string qid;
        std::uint64_t older = 0; ///< serial number of the one before in its bucket
        QueuedMessage message;
    };

    static std::uint64_t folded(std::string_view address);
    [[nodiscard]] bool isAlive(std::uint64_t serial) const { return serial != 0 && serial + kCapacity >= m_next; }
    [[nodiscard]] std::size_t bucketOf(std::string_view qid) const { return std::hash<std::string_view>{}(qid) & (m_heads.size() - 1); }
    void grow();

    std::vector<Slot> m_ring;
    std::vector<std::uint64_t> m_heads;
    std::uint64_t m_next = 1;
    std::unordered_map<std::uint64_t, Instant> m_senders; ///< by a hash of the address in small letters
};

} // namespace mailward

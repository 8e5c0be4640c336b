// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/Event.h"

#include <cstdint>
#include <deque>
#include <string>
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
};

/// Messages by queue id, and who has sent lately. Bounded: the oldest ids are forgotten first.
class QueueBook
{
public:
    static constexpr std::size_t kCapacity = 100'000;
    static constexpr std::size_t kMostWaiting = 32;

    /// The message of an id, made on first sight.
    [[nodiscard]] QueuedMessage& message(const std::string& qid);
    [[nodiscard]] QueuedMessage* find(const std::string& qid);
    /// A new message begins under this id (ids are used again). Events that wait for their account stay.
    QueuedMessage& begin(const std::string& qid);

    /// Somebody of ours sent mail under this address.
    void noteSender(const std::string& address, Instant at);
    [[nodiscard]] bool hasSent(const std::string& address, Instant at) const;

private:
    static std::string folded(const std::string& address);

    std::unordered_map<std::string, QueuedMessage> m_messages;
    std::deque<std::string> m_order;
    std::unordered_map<std::string, Instant> m_senders;
};

} // namespace mailward

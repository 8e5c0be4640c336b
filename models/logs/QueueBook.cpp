// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/logs/QueueBook.h"

#include <algorithm>

namespace mailward {

namespace {

/// A notification may come as late as the other side kept trying.
constexpr auto kAnswerTime = std::chrono::days(7);
constexpr std::size_t kMostSenders = 100'000;

} // namespace

QueuedMessage* QueueBook::find(const std::string& qid)
{
    const auto found = m_messages.find(qid);
    return found == m_messages.end() ? nullptr : &found->second;
}

QueuedMessage& QueueBook::message(const std::string& qid)
{
    const auto [at, isNew] = m_messages.try_emplace(qid);
    if (isNew) {
        m_order.push_back(qid);
        if (m_order.size() > kCapacity) {
            m_messages.erase(m_order.front());
            m_order.pop_front();
        }
    }
    return at->second;
}

QueuedMessage& QueueBook::begin(const std::string& qid)
{
    QueuedMessage& known = message(qid);
    if (!known.account.empty()) {
        known = {};
    }
    return known;
}

std::string QueueBook::folded(const std::string& address)
{
    std::string out = address;
    std::transform(out.begin(), out.end(), out.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return out;
}

void QueueBook::noteSender(const std::string& address, Instant at)
{
    if (address.empty()) {
        return;
    }
    if (m_senders.size() >= kMostSenders) {
        std::erase_if(m_senders, [&](const auto& each) { return each.second + kAnswerTime < at; });
        if (m_senders.size() >= kMostSenders) {
            m_senders.clear();
        }
    }
    m_senders[folded(address)] = at;
}

bool QueueBook::hasSent(const std::string& address, Instant at) const
{
    const auto found = m_senders.find(folded(address));
    return found != m_senders.end() && found->second + kAnswerTime >= at;
}

} // namespace mailward

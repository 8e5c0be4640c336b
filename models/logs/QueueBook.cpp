// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/logs/QueueBook.h"

#include <algorithm>
#include <functional>
#include <utility>

namespace mailward {

namespace {

/// A notification may come as late as the other side kept trying.
constexpr auto kAnswerTime = std::chrono::days(7);
constexpr std::size_t kMostSenders = 100'000;

} // namespace

QueuedMessage* QueueBook::find(const std::string& qid)
{
    std::uint64_t serial = m_heads.empty() ? 0 : m_heads[bucketOf(qid)];
    while (isAlive(serial)) {
        Slot& slot = m_ring[serial % kCapacity];
        if (slot.qid == qid) {
            return &slot.message;
        }
        serial = slot.older;
    }
    return nullptr;
}

void QueueBook::grow()
{
    m_ring.resize(std::min<std::size_t>(kCapacity, std::max<std::size_t>(256, m_ring.size() * 4)));
    m_heads.assign(m_ring.size() * 2, 0);
    for (std::uint64_t serial = 1; serial < m_next; ++serial) {
        Slot& slot = m_ring[serial % kCapacity];
        slot.older = std::exchange(m_heads[bucketOf(slot.qid)], serial);
    }
}

QueuedMessage& QueueBook::message(const std::string& qid)
{
    if (QueuedMessage* known = find(qid)) {
        return *known;
    }
    if (m_ring.size() < kCapacity && m_ring.size() <= m_next) {
        grow();
    }
    const std::uint64_t serial = m_next++;
    Slot& slot = m_ring[serial % kCapacity];
    slot.qid = qid;
    slot.older = std::exchange(m_heads[bucketOf(qid)], serial);
    slot.message = {};
    return slot.message;
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

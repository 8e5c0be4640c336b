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

QueuedMessage* QueueBook::find(std::string_view qid)
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

QueuedMessage& QueueBook::message(std::string_view qid)
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
    slot.message.reset();
    return slot.message;
}

QueuedMessage& QueueBook::begin(std::string_view qid)
{
    QueuedMessage& known = message(qid);
    if (!known.account.empty()) {
        known.reset();
    }
    return known;
}

std::uint64_t QueueBook::folded(std::string_view address)
{
    std::uint64_t hash = 0xCBF29CE484222325ULL;
    for (const char c : address) {
        const char small = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
        hash = (hash ^ static_cast<unsigned char>(small)) * 0x100000001B3ULL;
    }
    return hash;
}

void QueueBook::noteSender(std::string_view address, Instant at)
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

bool QueueBook::hasSent(std::string_view address, Instant at) const
{
    const auto found = m_senders.find(folded(address));
    return found != m_senders.end() && found->second + kAnswerTime >= at;
}

} // namespace mailward

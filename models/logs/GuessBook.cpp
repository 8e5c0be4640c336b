// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/logs/GuessBook.h"

#include <algorithm>
#include <utility>

namespace mailward {

void Guess::addVoice(std::uint32_t voice)
{
    const auto free = std::find(voices.begin(), voices.end(), 0U);
    if (free != voices.end()) {
        *free = voice;
    }
}

void GuessBook::link(Guess& guess, std::uint32_t serial)
{
    const Head head{serial, tickOf(guess.time)};
    if (guess.session != 0) {
        guess.olderInSession = std::exchange(m_bySession[bucketOf(guess.session)], head).serial;
    }
    if (guess.address != 0) {
        guess.olderAtAddress = std::exchange(m_byAddress[bucketOf(guess.address)], head).serial;
    }
}

void GuessBook::grow()
{
    std::vector<Guess> small = std::move(m_ring);
    m_ring = std::vector<Guess>(small.empty() ? 1024 : small.size() * 2);
    m_bySession.assign(m_ring.size() * 2, {});
    m_byAddress.assign(m_ring.size() * 2, {});
    for (auto count = static_cast<std::uint32_t>(small.size()); count > 0; --count) {
        const std::uint32_t serial = m_next - count;
        Guess& old = small[serial & (small.size() - 1)];
        if (old.outcome != Outcome::None) { // a place that was never used has none
            link(m_ring[placeOf(serial)] = std::move(old), serial);
        }
    }
}

Guess& GuessBook::begin(Instant at)
{
    const bool mayGrow = m_ring.size() < kCapacity;
    if (mayGrow) {
        const bool isWanted = m_ring.empty() || (m_ring[placeOf(m_next)].outcome != Outcome::None && m_ring[placeOf(m_next)].time + kWorthKeeping >= at);
        if (isWanted) {
            grow();
        }
    }
    Guess& guess = m_ring[placeOf(m_next)];
    guess.reset();
    const Guess& later = m_ring[placeOf(m_next + 4)];
    touch(&later);
    touch(&later.account); // stands in the second line of the cache
    return guess;
}

void GuessBook::index(Guess& guess)
{
    link(guess, m_next++);
    m_next += m_next == 0 ? 1U : 0U; // 0 is nobody's number
}

} // namespace mailward

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/logs/GuessBook.h"

#include <algorithm>
#include <utility>

namespace mailward {

bool Guess::hasVoice(std::uint32_t voice) const { return std::find(voices.begin(), voices.end(), voice) != voices.end(); }

void Guess::addVoice(std::uint32_t voice)
{
    const auto free = std::find(voices.begin(), voices.end(), 0U);
    if (free != voices.end()) {
        *free = voice;
    }
}

void GuessBook::link(Guess& guess, std::uint64_t serial)
{
    if (guess.session != 0) {
        guess.olderInSession = std::exchange(m_bySession[bucketOf(guess.session)], serial);
    }
    if (guess.address != 0) {
        guess.olderAtAddress = std::exchange(m_byAddress[bucketOf(guess.address)], serial);
    }
}

void GuessBook::grow()
{
    m_ring.resize(std::min<std::size_t>(kCapacity, std::max<std::size_t>(256, m_ring.size() * 4)));
    m_bySession.assign(m_ring.size() * 2, 0);
    m_byAddress.assign(m_ring.size() * 2, 0);
    for (std::uint64_t serial = 1; serial < m_next; ++serial) {
        link(m_ring[serial % kCapacity], serial);
    }
}

void GuessBook::add(Guess guess)
{
    if (m_ring.size() < kCapacity && m_ring.size() <= m_next) {
        grow();
    }
    const std::uint64_t serial = m_next++;
    link(guess, serial);
    m_ring[serial % kCapacity] = std::move(guess);
}

} // namespace mailward

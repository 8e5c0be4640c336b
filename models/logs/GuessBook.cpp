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

void GuessBook::dropHead(Heads& heads, std::uint64_t key, std::uint64_t serial)
{
    const auto head = heads.find(key);
    if (head != heads.end() && head->second == serial) {
        heads.erase(head);
    }
}

std::uint64_t GuessBook::add(Guess guess)
{
    const std::uint64_t serial = m_next++;
    if (m_ring.size() < kCapacity && m_ring.size() <= serial) {
        m_ring.resize(std::min(kCapacity, std::max<std::size_t>(256, m_ring.size() * 2)));
    }
    if (serial > kCapacity) {
        const Guess& old = at(serial);
        dropHead(m_bySession, old.session, serial - kCapacity);
        dropHead(m_byAddress, old.address, serial - kCapacity);
    }
    const auto link = [&](Heads& heads, std::uint64_t key, std::uint64_t& older) {
        if (key != 0) {
            older = std::exchange(heads[key], serial);
        }
    };
    link(m_bySession, guess.session, guess.olderInSession);
    link(m_byAddress, guess.address, guess.olderAtAddress);
    at(serial) = std::move(guess);
    return serial;
}

} // namespace mailward

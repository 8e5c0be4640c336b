// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/Event.h"
#include "models/logs/ParsedBatch.h"

#include <array>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace mailward {

/// One try to log in, as told by one or more lines ("voices").
struct Guess {
    std::uint64_t session = 0;
    std::uint64_t address = 0; ///< hash of the peer's address; 0: none named
    Instant time{};
    Outcome outcome = Outcome::None;
    bool unknownUser = false;  ///< a password database did not know the name
    bool onlyPassdb = true;    ///< no voice but password databases has told of it
    bool isTakenBack = false;
    std::array<std::uint32_t, 6> voices{};
    std::string account;
    LineRef line;              ///< the event that counts it
    Service service = Service::Other;
    std::uint64_t olderInSession = 0; ///< serial numbers; 0: none
    std::uint64_t olderAtAddress = 0;

    [[nodiscard]] bool hasVoice(std::uint32_t voice) const;
    void addVoice(std::uint32_t voice);
};

/// The guesses of the last while, found by session and by address. A ring of fixed size: the oldest makes room.
class GuessBook
{
public:
    static constexpr std::size_t kCapacity = 1U << 16;
    static constexpr int kLongestWalk = 64; ///< a flood from one address must not make every line slow

    std::uint64_t add(Guess guess);

    /// Calls `visit(Guess&)` from the newest to the oldest of a session or an address, until it returns false.
    template <class Visit>
    void eachInSession(std::uint64_t session, Visit&& visit)
    {
        walk(m_bySession, session, &Guess::olderInSession, visit);
    }
    template <class Visit>
    void eachAtAddress(std::uint64_t address, Visit&& visit)
    {
        walk(m_byAddress, address, &Guess::olderAtAddress, visit);
    }

private:
    using Heads = std::unordered_map<std::uint64_t, std::uint64_t>;

    [[nodiscard]] bool isAlive(std::uint64_t serial) const { return serial != 0 && serial + kCapacity > m_next; }
    [[nodiscard]] Guess& at(std::uint64_t serial) { return m_ring[serial % kCapacity]; }
    void dropHead(Heads& heads, std::uint64_t key, std::uint64_t serial);

    template <class Visit>
    void walk(Heads& heads, std::uint64_t key, std::uint64_t Guess::* older, Visit& visit)
    {
        const auto head = key == 0 ? heads.end() : heads.find(key);
        std::uint64_t serial = head == heads.end() ? 0 : head->second;
        for (int steps = 0; isAlive(serial) && steps < kLongestWalk; ++steps) {
            Guess& guess = at(serial);
            if (!visit(guess)) {
                return;
            }
            serial = guess.*older;
        }
    }

    std::vector<Guess> m_ring;
    std::uint64_t m_next = 1;
    Heads m_bySession;
    Heads m_byAddress;
};

} // namespace mailward

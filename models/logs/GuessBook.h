// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/Event.h"
#include "models/logs/ParsedBatch.h"

#include <array>
#include <cstdint>
#include <string>
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

/// The guesses of the last while, found by session and by address. A ring of fixed size: the oldest makes room. Both indexes
/// are tables of chains without removal, since a chain ends by itself where the ring has gone on.
class GuessBook
{
public:
    static constexpr std::uint64_t kCapacity = 1U << 16;
    static constexpr int kLongestWalk = 64; ///< a flood from one address must not make every line slow

    void add(Guess guess);

    /// Calls `visit(Guess&)` from the newest to the oldest of a session, none older than `since`, until it returns false.
    template <class Visit>
    void eachInSession(std::uint64_t session, Instant since, Visit&& visit)
    {
        walk(m_bySession, session, &Guess::session, &Guess::olderInSession, since, visit);
    }
    /// The same for an address.
    template <class Visit>
    void eachAtAddress(std::uint64_t address, Instant since, Visit&& visit)
    {
        walk(m_byAddress, address, &Guess::address, &Guess::olderAtAddress, since, visit);
    }

private:
    using Table = std::vector<std::uint64_t>; ///< serial number of the newest guess of a bucket; 0: none

    [[nodiscard]] bool isAlive(std::uint64_t serial) const { return serial != 0 && serial + kCapacity >= m_next; }
    /// Tables have twice as many buckets as the ring has places, a power of two.
    [[nodiscard]] std::uint64_t bucketOf(std::uint64_t key) const { return ((key * 0x9E3779B97F4A7C15ULL) >> 32) & (m_bySession.size() - 1); }
    void grow();
    void link(Guess& guess, std::uint64_t serial);

    template <class Visit>
    void walk(const Table& table, std::uint64_t key, std::uint64_t Guess::* name, std::uint64_t Guess::* older, Instant since, Visit& visit)
    {
        std::uint64_t serial = key == 0 || table.empty() ? 0 : table[bucketOf(key)];
        for (int steps = 0; isAlive(serial) && steps < kLongestWalk; ++steps) {
            Guess& guess = m_ring[serial % kCapacity];
            if (guess.time < since) {
                return;
            }
            serial = guess.*older;
            if (guess.*name == key && !visit(guess)) {
                return;
            }
        }
    }

    std::vector<Guess> m_ring;
    std::uint64_t m_next = 1;
    Table m_bySession;
    Table m_byAddress;
};

} // namespace mailward

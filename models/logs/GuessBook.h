// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/Event.h"
#include "models/logs/ParsedBatch.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace mailward {

/// A name that stands with what it belongs to, unless it is long: most are looked at once, and a place of their own would be one
/// more that is far away.
class NearName
{
public:
    [[nodiscard]] std::string_view view() const { return m_size == kFar ? std::string_view(*m_far) : std::string_view(m_near.data(), m_size); }
    [[nodiscard]] bool empty() const { return m_size == 0; }
    void clear() { m_size = 0; }
    void assign(std::string_view text)
    {
        if (text.size() <= m_near.size()) {
            std::copy(text.begin(), text.end(), m_near.begin());
            m_size = static_cast<std::uint8_t>(text.size());
            return;
        }
        m_far ? void(*m_far = text) : void(m_far = std::make_unique<std::string>(text));
        m_size = kFar;
    }

private:
    static constexpr std::uint8_t kFar = UINT8_MAX;
    std::unique_ptr<std::string> m_far;
    std::array<char, 31> m_near{};
    std::uint8_t m_size = 0; ///< kFar: it is long
};

/// One try to log in, as told by one or more lines ("voices"). Two lines of the processor's cache.
struct alignas(64) Guess {
    std::uint64_t session = 0;
    std::uint64_t address = 0; ///< hash of the peer's address; 0: none named
    Instant time{};
    Outcome outcome = Outcome::None;
    bool unknownUser = false;  ///< a password database did not know the name
    bool onlyPassdb = true;    ///< no voice but password databases has told of it
    bool isTakenBack = false;
    Service service = Service::Other;
    std::array<std::uint32_t, 6> voices{};
    NearName account;
    FileId file;               ///< file, length, offset and number: the event that counts it, a word shorter than a LineRef
    std::uint32_t length = 0;
    std::uint64_t offset = 0;
    std::uint64_t number = 0;
    std::uint32_t olderInSession = 0; ///< serial numbers; 0: none
    std::uint32_t olderAtAddress = 0;

    [[nodiscard]] LineRef line() const { return {file, offset, length, number}; }
    void setLine(const LineRef& line)
    {
        file = line.file;
        length = line.length;
        offset = line.offset;
        number = line.number;
    }
    [[nodiscard]] bool hasVoice(std::uint32_t voice) const
    {
        return voice == voices[0] || voice == voices[1] || voice == voices[2] || voice == voices[3] || voice == voices[4] || voice == voices[5];
    }
    void addVoice(std::uint32_t voice);
    /// As new; a long account keeps its room.
    void reset()
    {
        session = address = 0;
        olderInSession = olderAtAddress = 0;
        time = {};
        outcome = Outcome::None;
        unknownUser = false;
        onlyPassdb = true;
        isTakenBack = false;
        voices = {};
        account.clear();
        setLine({});
        service = Service::Other;
    }
};

static_assert(sizeof(Guess) == 128);

/// The guesses of the last while, found by session and by address. A ring: the oldest makes room, and while that one is younger than
/// kWorthKeeping the ring grows, up to kCapacity. Small rings stay in the processor's cache. Both indexes are tables of chains
/// without removal, since a chain ends by itself where the ring has gone on.
class GuessBook
{
public:
    static constexpr std::uint64_t kCapacity = 1U << 16;
    static constexpr auto kWorthKeeping = std::chrono::hours(1);
    static constexpr int kLongestWalk = 64; ///< a flood from one address must not make every line slow

    /// A new guess, as new but for its account's room; index() files it under its session and address once they are set.
    [[nodiscard]] Guess& begin(Instant at);
    void index(Guess& guess);

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

    /// Brings what the walks of a guess that comes soon will look at into the cache: first the buckets, later what they point to.
    void prefetchBuckets(std::uint64_t session, std::uint64_t address) const
    {
        if (!m_ring.empty()) {
            touch(&m_bySession[bucketOf(session)]);
            touch(&m_byAddress[bucketOf(address)]);
        }
    }
    void prefetchGuesses(std::uint64_t session, std::uint64_t address, Instant since) const
    {
        if (m_ring.empty()) {
            return;
        }
        for (const Head* head : {&m_bySession[bucketOf(session)], &m_byAddress[bucketOf(address)]}) {
            if (head->serial != 0 && head->tick >= tickOf(since)) {
                touch(&m_ring[placeOf(head->serial)]);
            }
        }
    }

private:
    /// The newest guess of a bucket. The time stands here, too: most walks end with it.
    struct Head {
        std::uint32_t serial = 0; ///< 0: none
        std::int32_t tick = 0;
    };
    using Table = std::vector<Head>;

    static void touch([[maybe_unused]] const void* memory)
    {
#if defined(__GNUC__)
        __builtin_prefetch(memory);
#endif
    }
    /// About a second: a shift, where a division would be a good part of a walk.
    static std::int32_t tickOf(Instant at)
    {
        return static_cast<std::int32_t>(std::clamp<std::int64_t>((toMicros(at) >> kTick) - kEpoch, INT32_MIN, INT32_MAX));
    }
    static constexpr unsigned kTick = 20; ///< microseconds, as a power of two
    static constexpr std::int64_t kEpoch = 1'600'000'000'000'000 >> kTick; ///< so that 32 bits reach far into both directions

    [[nodiscard]] bool isAlive(std::uint32_t serial) const { return serial != 0 && m_next - serial <= m_ring.size(); }
    /// Tables have twice as many buckets as the ring has places, a power of two.
    [[nodiscard]] std::uint64_t bucketOf(std::uint64_t key) const { return ((key * 0x9E3779B97F4A7C15ULL) >> 32) & (m_bySession.size() - 1); }
    [[nodiscard]] std::size_t placeOf(std::uint32_t serial) const { return serial & (m_ring.size() - 1); }
    void grow();
    void link(Guess& guess, std::uint32_t serial);

    template <class Visit>
    void walk(const Table& table, std::uint64_t key, std::uint64_t Guess::* name, std::uint32_t Guess::* older, Instant since, Visit& visit)
    {
        if (key == 0 || table.empty()) {
            return;
        }
        const Head& head = table[bucketOf(key)];
        if (head.tick < tickOf(since)) {
            return;
        }
        std::uint32_t serial = head.serial;
        for (int steps = 0; isAlive(serial) && steps < kLongestWalk; ++steps) {
            Guess& guess = m_ring[placeOf(serial)];
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
    std::uint32_t m_next = 1; ///< may wrap around: only distances count
    Table m_bySession;
    Table m_byAddress;
};

} // namespace mailward

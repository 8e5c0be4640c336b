// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/CountryCode.h"
#include "models/core/Event.h"
#include "models/geo/AddressClass.h"
#include "models/store/AppendTable.h"

#include <array>
#include <bit>
#include <memory>
#include <span>
#include <vector>

namespace mailward {

inline constexpr std::uint32_t kChunkRows = 65536;
/// Rows of a chunk come in blocks, each with the times that it spans: most lie in one bar of the timeline as a whole.
inline constexpr std::uint32_t kBlockRows = 256;
inline constexpr std::uint32_t kChunkBlocks = kChunkRows / kBlockRows;

/// Position of an event in the columns: chunk * kChunkRows + row. Stable for the life of the columns.
using RowId = std::uint64_t;

/// What geography says about an address, looked up once when it is first seen.
struct AddressFacts {
    CountryCode country = kNoCountry;
    std::uint32_t asn = 0; ///< 0: unknown
    AddressClass cls = AddressClass::Public;
};

/// One interned peer address.
struct AddressEntry {
    IpAddress ip;
    Prefix network; ///< its /24 or /64
    std::uint32_t networkId = 0; ///< index among the networks, in order of first sight
    std::uint32_t asnIndex = 0;  ///< index into ColumnsSnapshot::asns()
    AddressFacts facts;
};

/// The words of an event that are no numbers: interned as one, since most events share theirs.
struct EventWords {
    TextId program, detail, qid, from, to, status, dsn;
    bool operator==(const EventWords&) const = default;
};

/// Kind and outcome in one byte, so that one table of 64 answers any question about both.
using Verdict = std::uint8_t;
[[nodiscard]] constexpr Verdict verdictOf(EventKind kind, Outcome outcome)
{
    return static_cast<Verdict>(static_cast<unsigned>(kind) | (static_cast<unsigned>(outcome) << 4U));
}
[[nodiscard]] constexpr EventKind kindOf(Verdict v) { return static_cast<EventKind>(v & 15U); }
[[nodiscard]] constexpr Outcome outcomeOf(Verdict v) { return static_cast<Outcome>(v >> 4U); }
inline constexpr std::size_t kVerdictCount = 48;

/// All of an event that has few values. A chunk numbers those that occur in it, so that a scan reads one small number a row.
struct EventMix {
    std::uint32_t attempts = 0;
    std::uint16_t server = 0;
    std::uint8_t service = 0;
    Verdict verdict = 0;
    bool operator==(const EventMix&) const = default;
};

/// First and last time in a block, in microseconds.
struct BlockTimes {
    std::int64_t first = INT64_MAX;
    std::int64_t last = INT64_MIN;
    bool inOrder = true; ///< no row is older than the one before it

    void add(std::int64_t time)
    {
        inOrder = inOrder && time >= last;
        first = time < first ? time : first;
        last = time > last ? time : last;
    }
};

/// The columns that never change once written.
struct FixedColumns {
    std::array<BlockTimes, kChunkBlocks> blocks; ///< of full blocks only
    std::array<std::int64_t, kChunkRows> time; ///< microseconds
    std::array<std::uint32_t, kChunkRows> address; ///< AddressId, kNone without one
    std::array<std::uint64_t, kChunkRows> offset;
    std::array<std::uint32_t, kChunkRows> file;
    std::array<std::uint16_t, kChunkRows> server;
};

/// The columns that a later line of the same session may correct; copied before they are changed under a reader.
struct AmendableColumns {
    std::array<std::uint32_t, kChunkRows> account; ///< AccountId, kNone without one
    std::array<std::uint32_t, kChunkRows> attempts;
    std::array<std::uint32_t, kChunkRows> words;
    std::array<std::uint16_t, kChunkRows> mix; ///< into ChunkView::mixes: service, verdict, attempts and server in one
    std::array<std::uint8_t, kChunkRows> service;
    std::array<Verdict, kChunkRows> verdict;
};

/// What a chunk holds, to leave it out without looking. One bit a value; servers by `server % 64`.
struct ChunkSummary {
    std::int64_t minTime = INT64_MAX;
    std::int64_t maxTime = INT64_MIN;
    std::uint64_t verdicts = 0;
    std::uint64_t servers = 0;
    std::uint32_t services = 0;
};

/// Rows of a sealed chunk ordered by address and by account: the way to one peer's own events.
struct ChunkPostings {
    std::vector<std::uint16_t> byAddress;
    std::vector<std::uint16_t> byAccount;
};

/// One chunk as a snapshot sees it: the first `rows` rows of the columns.
struct ChunkView {
    std::shared_ptr<const FixedColumns> fixed;
    std::shared_ptr<const AmendableColumns> amendable;
    std::shared_ptr<const ChunkPostings> postings; ///< null while the chunk is being filled
    AppendTable<EventMix>::View mixes;
    ChunkSummary summary;
    std::uint32_t rows = 0;

    [[nodiscard]] std::uint32_t blocks() const { return (rows + kBlockRows - 1) / kBlockRows; }
    [[nodiscard]] BlockTimes blockTimes(std::uint32_t block) const;
};

/// All events up to one moment, for any number of readers in any thread. Never changes.
class ColumnsSnapshot
{
public:
    [[nodiscard]] std::uint64_t rows() const { return m_rows; }
    [[nodiscard]] std::span<const ChunkView> chunks() const { return m_chunks; }
    /// Grows with every append; equal versions are equal data.
    [[nodiscard]] std::uint64_t version() const { return m_version; }
    /// First to just after the last event; empty without events.
    [[nodiscard]] TimeRange range() const;

    [[nodiscard]] std::uint32_t addressCount() const { return m_addresses.size(); }
    [[nodiscard]] std::uint32_t accountCount() const { return m_accounts.size(); }
    [[nodiscard]] std::uint32_t serverCount() const { return m_servers.size(); }
    [[nodiscard]] std::uint32_t networkCount() const { return m_networks.size(); }
    [[nodiscard]] std::uint32_t asnCount() const { return m_asns.size(); }
    [[nodiscard]] const AddressEntry& address(AddressId id) const { return m_addresses[id.value()]; }
    [[nodiscard]] const std::string& account(AccountId id) const { return m_accounts[id.value()]; }
    [[nodiscard]] const std::string& server(ServerId id) const { return m_servers[id.value()]; }
    [[nodiscard]] const std::string& text(TextId id) const { return m_texts[id.value()]; }
    [[nodiscard]] const Prefix& network(std::uint32_t networkId) const { return m_networks[networkId]; }
    [[nodiscard]] std::uint32_t asn(std::uint32_t asnIndex) const { return m_asns[asnIndex]; }
    [[nodiscard]] const EventWords& words(std::uint32_t index) const { return m_words[index]; }
    /// By value; kNone-id when never seen. Linear over the dictionary.
    [[nodiscard]] AddressId findAddress(IpAddress ip) const;
    [[nodiscard]] AccountId findAccount(std::string_view name) const;

    /// One whole event, as it was appended (without session, line number and line length), amendments applied.
    [[nodiscard]] Event event(RowId row) const;
    [[nodiscard]] LineRef line(RowId row) const;

    /// Rows of one peer or account in order of arrival; sealed chunks are searched by their postings.
    [[nodiscard]] std::vector<RowId> rowsOfAddress(AddressId id) const;
    [[nodiscard]] std::vector<RowId> rowsOfAccount(AccountId id) const;

private:
    friend class EventColumns;

    std::vector<ChunkView> m_chunks;
    AppendTable<AddressEntry>::View m_addresses;
    AppendTable<std::string>::View m_accounts;
    AppendTable<std::string>::View m_servers;
    AppendTable<std::string>::View m_texts;
    AppendTable<Prefix>::View m_networks;
    AppendTable<std::uint32_t>::View m_asns;
    AppendTable<EventWords>::View m_words;
    std::uint64_t m_rows = 0;
    std::uint64_t m_version = 0;
};

} // namespace mailward

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/EventColumns.h"

#include "models/store/FlatIndex.h"
#include "models/store/MixTable.h"

#include <algorithm>
#include <numeric>
#include <set>

namespace mailward {

namespace {

constexpr std::uint32_t kNone = EventBlock::kNone;
constexpr std::uint32_t kMaxServers = 65535; ///< a column of 16 bits; further names share the last number

/// Strings by number, each once.
class Interner
{
public:
    [[nodiscard]] std::uint32_t idOf(std::string_view text)
    {
        const std::uint32_t next = m_table.size();
        const std::uint32_t id = m_index.idOf(m_index.hashOf(text), next, [&](std::uint32_t known) { return m_table[known] == text; });
        return id == next ? m_table.append(std::string(text)) : id;
    }
    [[nodiscard]] const AppendTable<std::string>& table() const { return m_table; }

private:
    AppendTable<std::string> m_table;
    FlatIndex m_index;
};

std::uint64_t hashOf(const EventWords& w)
{
    std::uint64_t hash = 0;
    for (const TextId id : {w.program, w.detail, w.qid, w.from, w.to, w.status, w.dsn}) {
        hash = (hash ^ id.value()) * 0x9E3779B97F4A7C15ULL;
        hash ^= hash >> 29U;
    }
    return hash;
}

/// Rows that one append put one after the other, all of one file and in order of offset: the way from a line to its row.
struct Run {
    RowId first = 0;
    std::uint32_t count = 0;
    std::uint64_t firstOffset = 0;
};

EventMix mixAt(const FixedColumns& fixed, const AmendableColumns& columns, std::size_t at)
{
    return {columns.attempts[at], fixed.server[at], columns.service[at], columns.verdict[at]};
}

/// Rows by their value, equal ones in their order: a radix sort, which a chunk that is full needs twice.
std::vector<std::uint16_t> orderedBy(const std::array<std::uint32_t, kChunkRows>& column)
{
    constexpr unsigned kDigit = 11; // bits
    constexpr std::uint32_t kMask = (1U << kDigit) - 1;
    std::vector<std::uint16_t> order(kChunkRows);
    std::iota(order.begin(), order.end(), std::uint16_t{0});
    const std::uint32_t differing = std::accumulate(column.begin(), column.end(), std::uint32_t{0},
                                                    [&](std::uint32_t bits, std::uint32_t value) { return bits | (value ^ column[0]); });
    std::vector<std::uint16_t> next(kChunkRows);
    for (unsigned shift = 0; shift < 32 && (differing >> shift) != 0; shift += kDigit) {
        std::array<std::uint32_t, kMask + 2> starts{};
        for (const std::uint32_t value : column) {
            ++starts[((value >> shift) & kMask) + 1];
        }
        std::partial_sum(starts.begin(), starts.end(), starts.begin());
        for (const std::uint16_t row : order) {
            next[starts[(column[row] >> shift) & kMask]++] = row;
        }
        order.swap(next);
    }
    return order;
}

} // namespace

/// The one writer: owns what is being filled, and turns it into snapshots.
class EventColumns::Writer
{
public:
    explicit Writer(GeoLookup geo) : m_geo(std::move(geo)) {}

    void append(const EventBlock& block);
    void amend(const std::vector<Amendment>& amendments);
    void lookUpAgain(GeoLookup geo);
    [[nodiscard]] std::shared_ptr<const ColumnsSnapshot> takeSnapshot();

private:
    struct Chunk {
        ChunkView view;
        std::shared_ptr<FixedColumns> fixed;
        std::shared_ptr<AmendableColumns> amendable;
        MixTable mixes;
        bool shared = false; ///< a reader may hold the amendable columns: copy before a change
    };
    struct Ids {
        std::vector<std::uint32_t> texts, accounts, servers, addresses;
    };

    [[nodiscard]] std::uint32_t addressId(IpAddress ip);
    void lookUp(AddressEntry& entry);
    [[nodiscard]] std::uint32_t wordsId(const EventWords& words);
    [[nodiscard]] EventWords wordsOf(const EventBlock& block, std::size_t row, Ids& ids);
    void appendRow(const EventBlock& block, std::size_t row, Ids& ids);
    void noteRun(std::uint32_t file, RowId row, std::uint64_t offset);
    [[nodiscard]] static bool noteMix(Chunk& chunk, std::size_t at);
    static void numberMixesAnew(Chunk& chunk);
    static void noteTime(Chunk& chunk, std::size_t at);
    static void seal(Chunk& chunk);
    [[nodiscard]] std::optional<RowId> rowOf(const LineRef& line) const;
    [[nodiscard]] bool amendRow(RowId row, const Amendment& amendment);

    GeoLookup m_geo;
    Interner m_accounts, m_servers, m_texts;
    AppendTable<AddressEntry> m_addresses;
    AppendTable<Prefix> m_networks;
    AppendTable<std::uint32_t> m_asns;
    AppendTable<EventWords> m_words;
    FlatIndex m_addressIndex;
    std::map<Prefix, std::uint32_t> m_networkIndex;
    std::unordered_map<std::uint32_t, std::uint32_t> m_asnIndex;
    FlatIndex m_wordsIndex;
    std::unordered_map<std::uint32_t, std::vector<Run>> m_runs; ///< by file
    std::vector<Chunk> m_chunks;
    std::uint64_t m_rows = 0;
    std::uint64_t m_version = 0;
};

std::uint32_t EventColumns::Writer::addressId(IpAddress ip)
{
    const std::uint32_t next = m_addresses.size();
    const std::uint32_t id = m_addressIndex.idOf(m_addressIndex.hashOf(ip), next, [&](std::uint32_t known) { return m_addresses[known].ip == ip; });
    if (id != next) {
        return id;
    }
    AddressEntry entry;
    entry.ip = ip;
    entry.network = Prefix(ip, ip.isV4() ? 24 : 64);
    const auto [network, newNetwork] = m_networkIndex.try_emplace(entry.network, m_networks.size());
    if (newNetwork) {
        m_networks.append(entry.network);
    }
    entry.networkId = network->second;
    lookUp(entry);
    return m_addresses.append(entry);
}

void EventColumns::Writer::lookUp(AddressEntry& entry)
{
    entry.facts.cls = addressClassOf(entry.ip);
    if (m_geo) {
        entry.facts = m_geo(entry.ip);
    }
    const auto [asn, newAsn] = m_asnIndex.try_emplace(entry.facts.asn, m_asns.size());
    if (newAsn) {
        m_asns.append(entry.facts.asn);
    }
    entry.asnIndex = asn->second;
}

/// Into a table of its own: readers keep the one that they have.
void EventColumns::Writer::lookUpAgain(GeoLookup geo)
{
    m_geo = std::move(geo);
    AppendTable<AddressEntry> fresh;
    for (std::uint32_t id = 0; id < m_addresses.size(); ++id) {
        AddressEntry entry = m_addresses[id];
        lookUp(entry);
        fresh.append(entry);
    }
    m_addresses = std::move(fresh);
}

std::uint32_t EventColumns::Writer::wordsId(const EventWords& words)
{
    // A line of one mail shares its words with no other: looking for a twin would cost more than it saves.
    if (words.qid.isValid()) {
        return m_words.append(words);
    }
    const std::uint32_t next = m_words.size();
    const std::uint32_t id = m_wordsIndex.idOf(hashOf(words), next, [&](std::uint32_t known) { return m_words[known] == words; });
    return id == next ? m_words.append(words) : id;
}

EventWords EventColumns::Writer::wordsOf(const EventBlock& block, std::size_t row, Ids& ids)
{
    const auto id = [&](EventBlock::Text column) {
        const std::uint32_t local = block.texts[column][row];
        if (local == kNone) {
            return TextId{};
        }
        if (ids.texts[local] == kNone) {
            ids.texts[local] = m_texts.idOf(block.strings[local]);
        }
        return TextId{ids.texts[local]};
    };
    return {id(EventBlock::Program), id(EventBlock::Detail), id(EventBlock::Qid), id(EventBlock::From),
            id(EventBlock::To), id(EventBlock::Status), id(EventBlock::Dsn)};
}

void EventColumns::Writer::append(const EventBlock& block)
{
    const std::size_t strings = block.strings.size();
    Ids ids{std::vector(strings, kNone), std::vector(strings, kNone), std::vector(strings, kNone), {}};
    for (const IpAddress& ip : block.addresses) {
        ids.addresses.push_back(addressId(ip));
    }
    // Offline reading merges several files by time: bring each file's rows together, so that its lines can be found.
    std::vector<std::size_t> order(block.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return block.file[a] != block.file[b] ? block.file[a] < block.file[b] : block.offset[a] < block.offset[b];
    });
    for (const std::size_t row : order) {
        appendRow(block, row, ids);
    }
}

void EventColumns::Writer::appendRow(const EventBlock& block, std::size_t row, Ids& ids)
{
    const std::size_t at = m_rows % kChunkRows;
    if (at == 0) {
        Chunk chunk;
        chunk.fixed = std::make_shared<FixedColumns>();
        chunk.amendable = std::make_shared<AmendableColumns>();
        m_chunks.push_back(std::move(chunk));
    }
    Chunk& chunk = m_chunks.back();
    const auto interned = [&](EventBlock::Text column, std::vector<std::uint32_t>& known, Interner& interner) {
        const std::uint32_t local = block.texts[column][row];
        if (local == kNone) {
            return kNone;
        }
        if (known[local] == kNone) {
            known[local] = interner.idOf(block.strings[local]);
        }
        return known[local];
    };
    std::uint32_t server = interned(EventBlock::Server, ids.servers, m_servers);
    server = std::min(server == kNone ? m_servers.idOf({}) : server, kMaxServers);
    const std::uint32_t local = block.address[row];
    const Verdict verdict = verdictOf(static_cast<EventKind>(block.kind[row]), static_cast<Outcome>(block.outcome[row]));

    chunk.fixed->time[at] = block.time[row];
    chunk.fixed->address[at] = local == kNone ? kNone : ids.addresses[local];
    chunk.fixed->offset[at] = block.offset[row];
    chunk.fixed->file[at] = block.file[row];
    chunk.fixed->server[at] = static_cast<std::uint16_t>(server);
    chunk.amendable->account[at] = interned(EventBlock::Account, ids.accounts, m_accounts);
    chunk.amendable->attempts[at] = block.attempts[row];
    chunk.amendable->words[at] = wordsId(wordsOf(block, row, ids));
    chunk.amendable->service[at] = block.service[row];
    chunk.amendable->verdict[at] = verdict;
    if (!noteMix(chunk, at)) {
        numberMixesAnew(chunk);
        chunk.amendable->mix[at] = chunk.mixes.idOf(mixAt(*chunk.fixed, *chunk.amendable, at)).value_or(0);
    }
    noteTime(chunk, at);

    ChunkSummary& summary = chunk.view.summary;
    summary.minTime = std::min(summary.minTime, block.time[row]);
    summary.maxTime = std::max(summary.maxTime, block.time[row]);
    summary.verdicts |= std::uint64_t{1} << verdict;
    summary.services |= 1U << block.service[row];
    summary.servers |= std::uint64_t{1} << (server % 64);
    noteRun(block.file[row], m_rows, block.offset[row]);
    ++m_rows;
    if (++chunk.view.rows == kChunkRows) {
        seal(chunk);
    }
}

/// False when the chunk's mixes are full of such that no row has any more: only amendments come to that.
bool EventColumns::Writer::noteMix(Chunk& chunk, std::size_t at)
{
    const auto id = chunk.mixes.idOf(mixAt(*chunk.fixed, *chunk.amendable, at));
    if (id) {
        chunk.amendable->mix[at] = *id;
    }
    return id.has_value();
}

/// A chunk has no more mixes than rows, so that there is a number for each.
void EventColumns::Writer::numberMixesAnew(Chunk& chunk)
{
    if (chunk.shared) {
        chunk.amendable = std::make_shared<AmendableColumns>(*chunk.amendable);
        chunk.shared = false;
    }
    chunk.mixes = {};
    for (std::size_t row = 0; row < chunk.view.rows; ++row) {
        chunk.amendable->mix[row] = chunk.mixes.idOf(mixAt(*chunk.fixed, *chunk.amendable, row)).value_or(0);
    }
}

void EventColumns::Writer::noteTime(Chunk& chunk, std::size_t at)
{
    BlockTimes& times = chunk.fixed->blocks[at / kBlockRows];
    times = at % kBlockRows == 0 ? BlockTimes{} : times;
    times.add(chunk.fixed->time[at]);
}

void EventColumns::Writer::noteRun(std::uint32_t file, RowId row, std::uint64_t offset)
{
    auto& runs = m_runs[file];
    if (!runs.empty() && runs.back().first + runs.back().count == row && offset > runs.back().firstOffset) {
        ++runs.back().count;
        return;
    }
    runs.push_back({row, 1, offset});
}

void EventColumns::Writer::seal(Chunk& chunk)
{
    auto postings = std::make_shared<ChunkPostings>();
    postings->byAddress = orderedBy(chunk.fixed->address);
    postings->byAccount = orderedBy(chunk.amendable->account);
    chunk.view.postings = std::move(postings);
    chunk.mixes.seal();
}

std::optional<RowId> EventColumns::Writer::rowOf(const LineRef& line) const
{
    const auto runs = m_runs.find(line.file.value());
    if (runs == m_runs.end()) {
        return std::nullopt;
    }
    // From the last run that starts at or before the offset; runs come in order of arrival, which is order of offset.
    auto run = std::upper_bound(runs->second.begin(), runs->second.end(), line.offset,
                                [](std::uint64_t offset, const Run& r) { return offset < r.firstOffset; });
    if (run == runs->second.begin()) {
        return std::nullopt;
    }
    --run;
    RowId low = run->first;
    RowId high = run->first + run->count;
    while (low < high) {
        const RowId middle = low + (high - low) / 2;
        const std::uint64_t offset = m_chunks[middle / kChunkRows].fixed->offset[middle % kChunkRows];
        if (offset == line.offset) {
            return middle;
        }
        offset < line.offset ? low = middle + 1 : high = middle;
    }
    return std::nullopt;
}

/// False when the row's mix has no number yet: its chunk wants all numbered anew.
bool EventColumns::Writer::amendRow(RowId row, const Amendment& amendment)
{
    Chunk& chunk = m_chunks[row / kChunkRows];
    const std::size_t at = row % kChunkRows;
    if (chunk.shared) {
        chunk.amendable = std::make_shared<AmendableColumns>(*chunk.amendable);
        chunk.shared = false;
    }
    AmendableColumns& columns = *chunk.amendable;
    columns.verdict[at] = verdictOf(amendment.kind.value_or(kindOf(columns.verdict[at])),
                                    amendment.outcome.value_or(outcomeOf(columns.verdict[at])));
    columns.attempts[at] = amendment.attempts.value_or(columns.attempts[at]);
    if (amendment.service) {
        columns.service[at] = static_cast<std::uint8_t>(*amendment.service);
    }
    const bool numbered = noteMix(chunk, at);
    if (amendment.detail) {
        EventWords words = m_words[columns.words[at]];
        words.detail = amendment.detail->empty() ? TextId{} : TextId{m_texts.idOf(*amendment.detail)};
        columns.words[at] = wordsId(words);
    }
    chunk.view.summary.verdicts |= std::uint64_t{1} << columns.verdict[at];
    chunk.view.summary.services |= 1U << columns.service[at];
    if (amendment.account) {
        columns.account[at] = amendment.account->empty() ? kNone : m_accounts.idOf(*amendment.account);
    }
    return numbered;
}

void EventColumns::Writer::amend(const std::vector<Amendment>& amendments)
{
    std::set<std::size_t> full, reordered; // chunks; each is done once, however many of its rows changed
    for (const Amendment& amendment : amendments) {
        const auto row = rowOf(amendment.line);
        if (!row) {
            continue;
        }
        const std::size_t chunk = *row / kChunkRows;
        if (!amendRow(*row, amendment)) {
            full.insert(chunk);
        }
        if (amendment.account && m_chunks[chunk].view.postings) {
            reordered.insert(chunk);
        }
    }
    for (const std::size_t chunk : full) {
        numberMixesAnew(m_chunks[chunk]);
    }
    for (const std::size_t chunk : reordered) {
        seal(m_chunks[chunk]);
    }
}

std::shared_ptr<const ColumnsSnapshot> EventColumns::Writer::takeSnapshot()
{
    auto snapshot = std::make_shared<ColumnsSnapshot>();
    snapshot->m_chunks.reserve(m_chunks.size());
    for (Chunk& chunk : m_chunks) {
        chunk.shared = true;
        chunk.view.fixed = chunk.fixed;
        chunk.view.amendable = chunk.amendable;
        chunk.view.mixes = chunk.mixes.view();
        snapshot->m_chunks.push_back(chunk.view);
    }
    snapshot->m_addresses = m_addresses.view();
    snapshot->m_accounts = m_accounts.table().view();
    snapshot->m_servers = m_servers.table().view();
    snapshot->m_texts = m_texts.table().view();
    snapshot->m_networks = m_networks.view();
    snapshot->m_asns = m_asns.view();
    snapshot->m_words = m_words.view();
    snapshot->m_rows = m_rows;
    snapshot->m_version = ++m_version;
    return snapshot;
}

EventColumns::EventColumns(GeoLookup geo)
    : m_writer(std::make_unique<Writer>(std::move(geo))), m_snapshot(std::make_shared<ColumnsSnapshot>())
{
}

EventColumns::~EventColumns() = default;

void EventColumns::append(const std::vector<Event>& events, const std::vector<Amendment>& amendments)
{
    EventBlockBuilder builder;
    for (const Event& event : events) {
        builder.add(event);
    }
    append(builder.block(), amendments);
}

void EventColumns::append(const EventBlock& block, const std::vector<Amendment>& amendments)
{
    add(block, amendments);
    publish();
}

void EventColumns::add(const EventBlock& block, const std::vector<Amendment>& amendments)
{
    m_writer->append(block);
    m_writer->amend(amendments);
}

void EventColumns::publish()
{
    auto fresh = m_writer->takeSnapshot();
    const std::lock_guard lock(m_mutex);
    m_snapshot.swap(fresh);
}

void EventColumns::lookUpAgain(GeoLookup geo)
{
    m_writer->lookUpAgain(std::move(geo));
    auto fresh = m_writer->takeSnapshot();
    const std::lock_guard lock(m_mutex);
    m_snapshot.swap(fresh);
}

std::shared_ptr<const ColumnsSnapshot> EventColumns::snapshot() const
{
    const std::lock_guard lock(m_mutex);
    return m_snapshot;
}

} // namespace mailward

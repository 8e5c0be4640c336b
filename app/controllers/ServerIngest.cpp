// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/controllers/ServerIngest.h"

#include "app/controllers/WorkLine.h"

#include <algorithm>

namespace mailward {

namespace {

/// What is read again after a start, per file, so that a session that began before it is still known.
constexpr std::size_t kWarmUpBytes = 256 * 1024;
/// From here on it pays to read on while others parse and store.
constexpr qsizetype kLargeCommit = 512 * 1024;
constexpr std::size_t kMostToParse = 8; ///< chunks that wait: the link stays busy while a slow disk is waited for
constexpr std::size_t kMostToStore = 4;

PulledFile toPulled(const FileState& state)
{
    PulledFile file;
    file.id = state.id;
    file.path = state.path;
    file.device = state.device;
    file.inode = state.inode;
    file.fingerprint = state.fingerprint;
    file.offset = state.offset;
    file.tailHash = state.tailHash;
    file.bytesLost = state.bytesLost;
    return file;
}

FileState toState(const PulledFile& file, ServerId server, std::uint64_t lineNumber)
{
    FileState state;
    state.id = file.id;
    state.server = server;
    state.path = file.path;
    state.device = file.device;
    state.inode = file.inode;
    state.fingerprint = file.fingerprint;
    state.offset = file.offset;
    state.lineNumber = lineNumber;
    state.tailHash = file.tailHash;
    state.bytesLost = file.bytesLost;
    return state;
}

} // namespace

void IngestTotals::add(const UnknownSample& sample)
{
    const auto known = std::find_if(notUnderstood.begin(), notUnderstood.end(), [&](const UnknownSample& each) { return each.program == sample.program; });
    if (known != notUnderstood.end()) {
        known->count += sample.count;
    } else if (notUnderstood.size() < kMostPrograms) {
        notUnderstood.push_back(sample);
    }
}

void IngestTotals::add(const IngestTotals& more)
{
    bytes += more.bytes;
    lines += more.lines;
    events += more.events;
    boring += more.boring;
    unknown += more.unknown;
    for (const UnknownSample& sample : more.notUnderstood) {
        add(sample);
    }
    newest = std::max(newest, more.newest);
}

/// Large chunks on their way to the store, through two threads.
class ServerIngest::Backlog
{
public:
    explicit Backlog(ServerIngest& ingest)
        : m_ingest(ingest),
          m_toStore(kMostToStore, [this](Understood understood) { store(std::move(understood)); }),
          m_toParse(kMostToParse, [this](const PullChunk& chunk) { parse(chunk); })
    {
    }

    void put(const PullChunk& chunk) { m_toParse.put(chunk); }

    /// Waits until all of it is stored, or was given up.
    void drain()
    {
        m_toParse.drain();
        m_toStore.drain();
        finish();
    }

private:
    void parse(const PullChunk& chunk)
    {
        if (m_ingest.hasFailed()) {
            return; // what comes after a gap is not stored
        }
        auto understood = m_ingest.understand(chunk);
        understood ? m_toStore.put(std::move(*understood)) : m_ingest.note(tl::unexpected(understood.error()), {});
    }

    /// Packs one chunk while the store writes the one before.
    void store(Understood understood)
    {
        if (m_ingest.hasFailed()) {
            return;
        }
        seal(*understood.pull, m_compressor);
        finish();
        m_totals = std::move(understood.totals);
        m_answer = m_ingest.m_store.commitLater(std::move(understood.pull));
    }

    /// Waits for what was handed over to the store last.
    void finish()
    {
        if (m_answer.valid()) {
            m_ingest.note(m_answer.get(), m_totals);
        }
    }

    ServerIngest& m_ingest;
    Compressor m_compressor;
    std::future<Result<void>> m_answer; ///< of the store, to the last chunk
    IngestTotals m_totals;              ///< of that one
    WorkLine<Understood> m_toStore;
    WorkLine<PullChunk> m_toParse; ///< ends first
};

ServerIngest::ServerIngest(LocalEventStore& store, std::shared_ptr<const RuleBook> rules, const ServerProfile& profile, const Clock& clock)
    : m_store(store), m_rules(std::move(rules)), m_asksZone(profile.timezone == QLatin1String(ServerProfile::kServersZone)), m_clock(clock)
{
    m_options.server = profile.name.toStdString();
    m_options.timezone = m_asksZone ? "UTC" : profile.timezone.toStdString();
}

ServerIngest::~ServerIngest() = default;

void ServerIngest::setServerZone(const QString& zone)
{
    if (m_asksZone) {
        if (m_backlog) {
            m_backlog->drain(); // parsed with the zone that was told before
        }
        m_options.timezone = zone.toStdString();
    }
}

Result<ServerId> ServerIngest::serverId()
{
    if (!m_server.isValid()) {
        Result<ServerId> id = failure(ErrorCode::Internal, QStringLiteral("the store is closing"));
        m_store.withDatabase([&](EventDatabase& database) { id = database.serverId(m_options.server); });
        if (!id) {
            return id;
        }
        m_server = *id;
    }
    return m_server;
}

Result<std::vector<FileState>> ServerIngest::files()
{
    const auto server = serverId();
    if (!server) {
        return tl::unexpected(server.error());
    }
    Result<std::vector<FileState>> states = failure(ErrorCode::Internal, QStringLiteral("the store is closing"));
    m_store.withDatabase([&](EventDatabase& database) { states = database.files(*server); });
    return states;
}

Result<std::vector<PulledFile>> ServerIngest::known(const std::string& path)
{
    if (const auto settled = settle(); !settled) {
        return tl::unexpected(settled.error());
    }
    const auto states = files();
    if (!states) {
        return tl::unexpected(states.error());
    }
    std::vector<PulledFile> found;
    for (const FileState& state : *states) {
        if (state.path == path) {
            found.push_back(toPulled(state));
        }
    }
    return found;
}

Result<PulledFile> ServerIngest::begin(const PulledFile& file)
{
    const auto server = serverId();
    if (!server) {
        return tl::unexpected(server.error());
    }
    Result<FileState> stored = failure(ErrorCode::Internal, QStringLiteral("the store is closing"));
    m_store.withDatabase([&](EventDatabase& database) { stored = database.registerFile(toState(file, *server, 0)); });
    if (!stored) {
        return tl::unexpected(stored.error());
    }
    return toPulled(*stored);
}

StreamParser ServerIngest::makeParser(FileId file, std::uint64_t offset, std::uint64_t lineNumber) const
{
    StreamOptions options = m_options;
    // No line is younger than now: that is the anchor from which years are counted back.
    options.fileTime = m_clock.now();
    return StreamParser(m_rules, options, file, offset, lineNumber + 1);
}

/// Reads the last stored stretch of every file once more and throws the events away: what stays is the memory of
/// sessions and queue ids under way.
Result<void> ServerIngest::warmUp()
{
    const auto states = files();
    if (!states) {
        return tl::unexpected(states.error());
    }
    for (const FileState& state : *states) {
        Result<QByteArray> tail = QByteArray();
        m_store.withDatabase([&](EventDatabase& database) { tail = database.tailBytes(state.id, kWarmUpBytes); });
        if (!tail) {
            return tl::unexpected(tail.error());
        }
        const auto bytes = static_cast<std::uint64_t>(tail->size());
        const auto lines = static_cast<std::uint64_t>(tail->count('\n'));
        StreamParser parser = makeParser(state.id, state.offset - bytes, state.lineNumber - std::min(lines, state.lineNumber));
        ParsedBatch batch;
        parser.feed(viewOf(*tail), batch);
        m_correlator.process(batch);
        m_parsers.insert_or_assign(state.id, std::move(parser));
    }
    m_warm = true;
    return {};
}

/// After a commit that failed, parser and correlator know lines that were not stored: start again from what is.
void ServerIngest::forget()
{
    m_warm = false;
    m_parsers.clear();
    m_correlator = Correlator();
}

Result<ServerIngest::Understood> ServerIngest::understand(const PullChunk& chunk)
{
    if (!m_warm) {
        if (auto warm = warmUp(); !warm) {
            return tl::unexpected(warm.error());
        }
    }
    auto parser = m_parsers.find(chunk.file.id);
    if (parser == m_parsers.end() || parser->second.consumed() != chunk.startOffset) {
        const std::uint64_t line = parser == m_parsers.end() ? 0 : parser->second.nextLineNumber() - 1;
        parser = m_parsers.insert_or_assign(chunk.file.id, makeParser(chunk.file.id, chunk.startOffset, line)).first;
    }
    PullGatherer gatherer;
    Understood understood;
    parser->second.feed(viewOf(chunk.bytes), [&](LogBlock& block) {
        std::vector<Amendment> amendments;
        m_correlator.process(block.events, block.links, block.notes, block.texts, amendments);
        gatherer.add(block);
        gatherer.amend(std::move(amendments));
        for (const EventView& event : block.events) {
            understood.totals.newest = std::max(understood.totals.newest, event.time);
        }
    });
    auto pull = gatherer.take(toState(chunk.file, m_server, parser->second.nextLineNumber() - 1), chunk.startOffset, chunk.bytes);
    if (!pull) {
        return tl::unexpected(pull.error());
    }
    understood.totals.bytes = static_cast<std::uint64_t>(chunk.bytes.size());
    understood.totals.lines = pull->lines;
    understood.totals.events = pull->block.size();
    understood.totals.boring = pull->boring;
    understood.totals.unknown = pull->unknown;
    for (const UnknownSample& sample : pull->samples) {
        understood.totals.add(sample);
    }
    understood.pull = std::make_shared<EncodedPull>(std::move(*pull));
    return understood;
}

void ServerIngest::note(const Result<void>& done, const IngestTotals& totals)
{
    const std::lock_guard lock(m_noting);
    if (done) {
        m_stored.add(totals);
    } else if (!m_failed) {
        m_failed = done.error();
    }
}

bool ServerIngest::hasFailed()
{
    const std::lock_guard lock(m_noting);
    return m_failed.has_value();
}

/// What became of the chunks so far.
Result<void> ServerIngest::takeNotes()
{
    const bool failed = hasFailed();
    if (failed && m_backlog) {
        m_backlog->drain(); // what is still on its way comes after the gap
        m_backlog.reset();
    }
    IngestTotals fresh;
    {
        const std::lock_guard lock(m_noting);
        fresh = std::exchange(m_stored, {});
    }
    m_totals.add(fresh);
    if (fresh.bytes > 0 && m_committed) {
        m_committed();
    }
    if (!failed) {
        return {};
    }
    forget();
    return tl::unexpected(*std::exchange(m_failed, {}));
}

Result<void> ServerIngest::commit(const PullChunk& chunk)
{
    if (const auto server = serverId(); !server) {
        return tl::unexpected(server.error());
    }
    if (chunk.bytes.size() >= kLargeCommit) {
        if (const auto noted = takeNotes(); !noted) {
            return noted;
        }
        if (!m_backlog) {
            m_backlog = std::make_unique<Backlog>(*this);
        }
        m_backlog->put(chunk);
        return {};
    }
    if (const auto settled = settle(); !settled) {
        return settled;
    }
    auto understood = understand(chunk);
    if (understood) {
        Compressor compressor;
        seal(*understood->pull, compressor);
        note(m_store.commitLater(std::move(understood->pull)).get(), understood->totals);
    } else {
        note(tl::unexpected(understood.error()), {});
    }
    return takeNotes();
}

Result<void> ServerIngest::settle()
{
    if (m_backlog) {
        m_backlog->drain();
        m_backlog.reset();
    }
    return takeNotes();
}

} // namespace mailward

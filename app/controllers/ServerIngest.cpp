// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/controllers/ServerIngest.h"

#include <algorithm>

namespace mailward {

namespace {

/// What is read again after a start, per file, so that a session that began before it is still known.
constexpr std::size_t kWarmUpBytes = 256 * 1024;
/// From here on it pays to parse on while the store writes.
constexpr qsizetype kLargeCommit = 512 * 1024;

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

std::string_view viewOf(const QByteArray& bytes) { return {bytes.constData(), static_cast<std::size_t>(bytes.size())}; }

} // namespace

ServerIngest::ServerIngest(LocalEventStore& store, std::shared_ptr<const RuleBook> rules, const ServerProfile& profile, const Clock& clock)
    : m_store(store), m_rules(std::move(rules)), m_asksZone(profile.timezone == QLatin1String(ServerProfile::kServersZone)), m_clock(clock)
{
    m_options.server = profile.name.toStdString();
    m_options.timezone = m_asksZone ? "UTC" : profile.timezone.toStdString();
}

void ServerIngest::setServerZone(const QString& zone)
{
    if (m_asksZone) {
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

Result<void> ServerIngest::commit(const PullChunk& chunk)
{
    if (!m_warm) {
        if (auto warm = warmUp(); !warm) {
            return warm;
        }
    }
    auto parser = m_parsers.find(chunk.file.id);
    if (parser == m_parsers.end() || parser->second.consumed() != chunk.startOffset) {
        const std::uint64_t line = parser == m_parsers.end() ? 0 : parser->second.nextLineNumber() - 1;
        parser = m_parsers.insert_or_assign(chunk.file.id, makeParser(chunk.file.id, chunk.startOffset, line)).first;
    }
    PullCommit pull;
    parser->second.feed(viewOf(chunk.bytes), pull.batch);
    m_correlator.process(pull.batch);
    pull.startOffset = chunk.startOffset;
    pull.rawBytes = chunk.bytes;
    const auto server = serverId();
    if (!server) {
        return tl::unexpected(server.error());
    }
    pull.newState = toState(chunk.file, *server, parser->second.nextLineNumber() - 1);

    // One at a time, in order; the store is busy with the one before while this one was parsed.
    if (const auto settled = settle(); !settled) {
        return settled;
    }
    m_pendingTotals = m_totals;
    m_pendingTotals.bytes += static_cast<std::uint64_t>(chunk.bytes.size());
    m_pendingTotals.lines += pull.batch.lines;
    m_pendingTotals.events += pull.batch.events.size();
    m_pendingTotals.boring += pull.batch.boring;
    m_pendingTotals.unknown += pull.batch.unknown;
    for (const Event& event : pull.batch.events) {
        m_pendingTotals.newest = std::max(m_pendingTotals.newest, event.time);
    }
    if (chunk.bytes.size() >= kLargeCommit) {
        m_pending = m_store.commitPullLater(std::move(pull));
        return {};
    }
    return stored(m_store.commitPull(pull));
}

Result<void> ServerIngest::settle()
{
    return m_pending.valid() ? stored(m_pending.get()) : Result<void>{};
}

Result<void> ServerIngest::stored(const Result<void>& done)
{
    if (!done) {
        forget();
        return done;
    }
    m_totals = m_pendingTotals;
    if (m_committed) {
        m_committed();
    }
    return {};
}

} // namespace mailward

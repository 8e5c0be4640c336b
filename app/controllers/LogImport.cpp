// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/controllers/LogImport.h"

#include "models/logs/Correlator.h"
#include "models/logs/LogInput.h"
#include "models/logs/StreamParser.h"

#include <QCryptographicHash>

namespace mailward {

namespace {

/// Files of this console have an inventory entry of their own; their events name the hosts of their lines.
const std::string kLocalFiles = "local files";
constexpr std::size_t kCommitBytes = std::size_t{4} << 20;

/// What a file is known by: its first bytes, as they are after unpacking.
std::string fingerprintOf(const std::string& bytes)
{
    const auto size = static_cast<qsizetype>(std::min<std::size_t>(bytes.size(), 1024));
    return QCryptographicHash::hash(QByteArrayView(bytes.data(), size), QCryptographicHash::Sha256).toHex().toStdString();
}

Result<FileState> registered(LocalEventStore& store, const QString& path, const std::string& fingerprint)
{
    Result<FileState> state = failure(ErrorCode::Internal, QStringLiteral("the store is closing"));
    store.withDatabase([&](EventDatabase& database) {
        const auto server = database.serverId(kLocalFiles);
        const auto files = server ? database.files(*server) : Result<std::vector<FileState>>(tl::unexpected(server.error()));
        if (!files) {
            state = tl::unexpected(files.error());
            return;
        }
        for (const FileState& file : *files) {
            if (file.fingerprint == fingerprint) {
                state = file;
                return;
            }
        }
        FileState fresh;
        fresh.server = *server;
        fresh.path = path.toStdString();
        fresh.fingerprint = fingerprint;
        state = database.registerFile(fresh);
    });
    return state;
}

} // namespace

Result<ImportTotals> LogImport::run(const QString& path, std::stop_token stop, const std::function<void(const ImportTotals&)>& progress)
{
    auto input = LogInput::open(path);
    if (!input) {
        return tl::unexpected(input.error());
    }
    std::string bytes;
    auto more = input->read(bytes);
    if (!more) {
        return tl::unexpected(more.error());
    }
    const auto known = registered(m_store, path, fingerprintOf(bytes));
    if (!known) {
        return tl::unexpected(known.error());
    }
    FileState state = *known;
    StreamOptions options;
    options.fileTime = input->modified();
    StreamParser parser(m_rules, options, state.id);
    Correlator correlator;
    ImportTotals totals;
    std::uint64_t position = 0; // of bytes.front() in the file
    const auto store = [&](std::size_t length, bool last) -> Result<void> {
        PullCommit commit;
        parser.feed(std::string_view(bytes).substr(0, length), commit.batch);
        if (last) {
            parser.finish(commit.batch);
        }
        correlator.process(commit.batch);
        const std::uint64_t end = position + length;
        // What an earlier import stored is only read to warm up parser and correlator.
        if (end > state.offset && position >= state.offset) {
            commit.startOffset = state.offset;
            commit.rawBytes = QByteArray(bytes.data(), static_cast<qsizetype>(length));
            totals.lines += commit.batch.lines;
            totals.events += commit.batch.events.size();
            totals.boring += commit.batch.boring;
            totals.unknown += commit.batch.unknown;
            state.offset = end;
            state.lineNumber = parser.nextLineNumber() - 1;
            commit.newState = state;
            if (auto stored = m_store.commitPull(commit); !stored) {
                return stored;
            }
        }
        bytes.erase(0, length);
        position = end;
        return {};
    };
    for (;;) {
        const bool last = !*more;
        // Whole lines only, and no commit across the place where an earlier import ended.
        std::size_t length = last ? bytes.size() : bytes.rfind('\n') + 1;
        if (position < state.offset) {
            length = std::min<std::size_t>(length, state.offset - position);
        }
        if (length > 0 && (last || length >= kCommitBytes || position < state.offset)) {
            if (auto stored = store(length, last && length == bytes.size()); !stored) {
                return tl::unexpected(stored.error());
            }
            if (progress) {
                progress(totals);
            }
        }
        if (last && bytes.empty()) {
            return totals;
        }
        if (stop.stop_requested()) {
            return failure(ErrorCode::Cancelled, QStringLiteral("the import was stopped"), QStringLiteral("What was read stays; import the file again to go on."));
        }
        if (!last) {
            more = input->read(bytes);
            if (!more) {
                return tl::unexpected(more.error());
            }
        }
    }
}

} // namespace mailward

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
constexpr std::size_t kFingerprintBytes = 1024;

/// What a file is known by: its first bytes, as they are after unpacking.
std::string fingerprintOf(const std::string& bytes)
{
    const auto size = static_cast<qsizetype>(std::min(bytes.size(), kFingerprintBytes));
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

/// One file on its way into the store.
class FileImport
{
public:
    FileImport(LocalEventStore& store, std::shared_ptr<const RuleBook> rules, LogInput input, FileState state)
        : m_store(store), m_input(std::move(input)), m_state(std::move(state)), m_parser(std::move(rules), optionsFor(m_input), m_state.id)
    {}

    /// `bytes` is what was read already; `more` is false when that is all.
    [[nodiscard]] Result<ImportTotals> run(std::string bytes, bool more, const std::stop_token& stop,
                                           const std::function<void(const ImportTotals&)>& progress)
    {
        m_bytes = std::move(bytes);
        for (;;) {
            const std::size_t length = nextPiece(!more);
            if (length > 0) {
                if (auto stored = take(length, !more && length == m_bytes.size()); !stored) {
                    return tl::unexpected(stored.error());
                }
                if (progress) {
                    progress(m_totals);
                }
            }
            if (!more && m_bytes.empty()) {
                return m_totals;
            }
            if (stop.stop_requested()) {
                return failure(ErrorCode::Cancelled, QStringLiteral("The import was stopped."),
                               QStringLiteral("What was read stays; import the file again to go on."));
            }
            if (more) {
                auto read = m_input.read(m_bytes);
                if (!read) {
                    return tl::unexpected(read.error());
                }
                more = *read;
            }
        }
    }

private:
    [[nodiscard]] static StreamOptions optionsFor(const LogInput& input)
    {
        StreamOptions options;
        options.fileTime = input.modified();
        return options;
    }

    [[nodiscard]] bool isKnownPart() const { return m_position < m_state.offset; }

    /// How many bytes make the next commit: whole lines, enough of them, and never across the place where an earlier
    /// import ended. 0: read on.
    [[nodiscard]] std::size_t nextPiece(bool last) const
    {
        std::size_t length = last ? m_bytes.size() : m_bytes.rfind('\n') + 1;
        if (isKnownPart()) {
            return std::min<std::size_t>(length, m_state.offset - m_position);
        }
        return last || length >= kCommitBytes ? length : 0;
    }

    [[nodiscard]] Result<void> take(std::size_t length, bool last)
    {
        PullCommit commit;
        m_parser.feed(std::string_view(m_bytes).substr(0, length), commit.batch);
        if (last) {
            m_parser.finish(commit.batch);
        }
        m_correlator.process(commit.batch);
        // What an earlier import stored is only read to warm up parser and correlator.
        if (!isKnownPart()) {
            commit.startOffset = m_state.offset;
            commit.rawBytes = QByteArray(m_bytes.data(), static_cast<qsizetype>(length));
            m_state.offset = m_position + length;
            m_state.lineNumber = m_parser.nextLineNumber() - 1;
            commit.newState = m_state;
            if (auto stored = m_store.commitPull(commit); !stored) {
                return stored;
            }
            m_totals.lines += commit.batch.lines;
            m_totals.events += commit.batch.events.size();
            m_totals.boring += commit.batch.boring;
            m_totals.unknown += commit.batch.unknown;
        }
        m_bytes.erase(0, length);
        m_position += length;
        return {};
    }

    LocalEventStore& m_store;
    LogInput m_input;
    FileState m_state;
    StreamParser m_parser;
    Correlator m_correlator;
    ImportTotals m_totals;
    std::string m_bytes;
    std::uint64_t m_position = 0; ///< of m_bytes in the file
};

} // namespace

Result<ImportTotals> LogImport::run(const QString& path, std::stop_token stop, const std::function<void(const ImportTotals&)>& progress)
{
    auto input = LogInput::open(path);
    if (!input) {
        return tl::unexpected(input.error());
    }
    std::string bytes;
    bool more = true;
    // The first kilobyte says which file this is: it must be whole before anything is looked up.
    while (more && bytes.size() < kFingerprintBytes) {
        auto read = input->read(bytes);
        if (!read) {
            return tl::unexpected(read.error());
        }
        more = *read;
    }
    const auto state = registered(m_store, path, fingerprintOf(bytes));
    if (!state) {
        return tl::unexpected(state.error());
    }
    return FileImport(m_store, m_rules, std::move(*input), *state).run(std::move(bytes), more, stop, progress);
}

} // namespace mailward

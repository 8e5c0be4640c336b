// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/servers/RemoteLogs.h"

#include "models/core/UntrustedText.h"
#include "models/servers/LogIdentity.h"
#include "models/servers/ServerProfile.h"

#include <QList>
#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace mailward {

namespace {

using namespace std::chrono_literals;

constexpr std::array<std::string_view, 4> kCompressed{".gz", ".xz", ".zst", ".bz2"};
constexpr int kMissing = 41;
constexpr int kUnreadable = 42;
constexpr int kNoFile = 43;
constexpr int kMaxHeaderLine = 200;
constexpr qsizetype kFirstRead = 64 * 1024;
constexpr auto kSilence = 30s;
constexpr qsizetype kMaxListing = 8 * 1024 * 1024; ///< some 50,000 rotated files

// "-- file" lines part the sources; a name can hold anything, so the reader checks each.
// The zone: the link is what the C library follows, /etc/timezone may be older than it.
constexpr std::string_view kListScript = R"sh(z=$(readlink /etc/localtime 2>/dev/null | sed -n 's|.*/zoneinfo/||p')
[ -n "$z" ] || z=$(cat /etc/timezone 2>/dev/null)
[ -n "$z" ] || z=$(date +%z | sed 's/\(..\)$/:\1/')
echo "$(date +%s) $z"
for p do
  echo --
  stat -L -c '%d %i %s %Y %n' -- "$p" "$p".* "$p"-* 2>/dev/null
done
exit 0)sh";

constexpr std::string_view kOpenCheck = R"sh(p=$1
[ -e "$p" ] || exit 41
[ -f "$p" ] || exit 43
[ -r "$p" ] || exit 42
)sh";

// Opened once as 3; /dev/fd/3 leads to the same file again even when it is renamed or deleted. The data go in pieces, each
// followed by its proof: ProvenPieces. It packs only where it can, and says so at the end of its first line. dd hands over
// large pieces, as cat does; tail and head together take three times as long, and are for a dd that cannot count bytes.
constexpr std::string_view kReadScript = R"sh(off=$2 max=$3 pack=$4
[ -z "$pack" ] || command -v gzip >/dev/null 2>&1 || pack=''
{
  set -- $(stat -L -c '%d %i %s %Y' /dev/fd/3)
  size=$3 head=$3 before=$off
  [ "$head" -gt 1024 ] && head=1024
  [ "$before" -gt 256 ] && before=256
  [ "$off" -gt "$size" ] && before=0 max=0
  data=$((size - off))
  [ "$data" -gt "$max" ] && data=$max
  from=$((off - before + 1))
  proof() {
    head -c "$head" /dev/fd/3
    [ "$before" -gt 0 ] && tail -c +$from /dev/fd/3 | head -c "$before"
  }
  dd if=/dev/null iflag=skip_bytes,count_bytes,fullblock status=none 2>/dev/null && counts=yes || counts=''
  pieces() {
    piece=1048576
    while [ "$data" -gt 0 ]; do
      [ "$piece" -gt "$data" ] && piece=$data
      if [ -n "$counts" ]; then
        dd if=/dev/fd/3 bs=256k iflag=skip_bytes,count_bytes,fullblock skip="$off" count="$piece" status=none 2>/dev/null
      else
        tail -c +$((off + 1)) /dev/fd/3 | head -c "$piece"
      fi
      proof
      off=$((off + piece)) data=$((data - piece))
      [ "$piece" -lt 8388608 ] && piece=$((piece * 2))
    done
  }
  echo "$@${pack:+ gzip}"
  proof
  if [ "$data" -gt 0 ] && [ -n "$pack" ]; then
    pieces | gzip -1 -c
  elif [ "$data" -gt 0 ]; then
    pieces
  fi
  exit 0
} 3<"$p"
exit 41)sh";

constexpr std::string_view kCompressedScript = R"sh({
  stat -L -c '%d %i %s %Y' /dev/fd/3
  case $p in
    *.gz) tail -c 4 /dev/fd/3; cat /dev/fd/3 ;;
    *.xz) printf '0000'; xz -dc </dev/fd/3 ;;
    *.zst) printf '0000'; zstd -dcq </dev/fd/3 ;;
    *.bz2) printf '0000'; bzip2 -dc </dev/fd/3 ;;
  esac
  exit 0
} 3<"$p"
exit 41)sh";

constexpr std::string_view kDoorbellScript = R"sh(pids=''
for p do
  shift
  case $p in
    journal)
      journalctl -q -f -n 0 -o cat SYSLOG_FACILITY=2 SYSLOG_FACILITY=4 SYSLOG_FACILITY=10 + SYSLOG_IDENTIFIER=dovecot 2>/dev/null &
      pids="$pids $!" ;;
    *) set -- "$@" "$p" ;;
  esac
done
if [ $# -gt 0 ]; then
  tail -q -n 0 -F -- "$@" 2>/dev/null &
  pids="$pids $!"
fi
cat >/dev/null
kill $pids 2>/dev/null)sh";

std::optional<RemoteFileStat> parseStat(const QList<QByteArray>& words)
{
    if (words.size() < 4) {
        return std::nullopt;
    }
    std::array<bool, 4> ok{};
    const RemoteFileStat stat{words.at(0).toULongLong(&ok[0]), words.at(1).toULongLong(&ok[1]),
                              words.at(2).toULongLong(&ok[2]), words.at(3).toLongLong(&ok[3])};
    const bool all = std::all_of(ok.begin(), ok.end(), [](bool one) { return one; });
    return all ? std::optional(stat) : std::nullopt;
}

/// By time; of the same second the higher number of rotation first.
bool olderFirst(const RemoteFile& a, const RemoteFile& b)
{
    if (a.stat.modified != b.stat.modified) {
        return a.stat.modified < b.stat.modified;
    }
    return std::pair(a.name.size(), a.name) > std::pair(b.name.size(), b.name);
}

/// Takes out what gzip is still writing: the original goes away only when the compressed copy is whole.
void dropHalfCompressed(std::vector<RemoteFile>& files)
{
    const auto hasPlainTwin = [&files](const RemoteFile& file) {
        return file.isCompressed() && std::any_of(files.begin(), files.end(), [&](const RemoteFile& other) {
                   return file.name.starts_with(other.name) &&
                          file.name.find('.', other.name.size()) == other.name.size() &&
                          !other.isCompressed() && file.name.rfind('.') == other.name.size();
               });
    };
    std::vector<RemoteFile> kept;
    std::copy_if(files.begin(), files.end(), std::back_inserter(kept),
                 [&](const RemoteFile& file) { return !hasPlainTwin(file); });
    files = std::move(kept);
}

SourceListing parseSource(const QByteArray& text, const std::string& path)
{
    SourceListing source;
    std::optional<RemoteFile> live;
    for (const QByteArray& line : text.split('\n')) {
        const auto stat = parseStat(line.split(' '));
        const qsizetype nameAt = line.indexOf('/');
        if (!stat || nameAt < 0) {
            continue;
        }
        RemoteFile file{line.mid(nameAt).toStdString(), *stat};
        if (file.name == path) {
            live = std::move(file);
        } else if (file.name.starts_with(path) &&
                   isRotatedSuffix(std::string_view(file.name).substr(path.size()))) {
            source.files.push_back(std::move(file));
        }
    }
    dropHalfCompressed(source.files);
    std::sort(source.files.begin(), source.files.end(), olderFirst);
    source.hasLive = live.has_value();
    if (live) {
        source.files.push_back(std::move(*live));
    }
    return source;
}

/// The first line and at least `count` bytes after it.
Result<QByteArray> readAtLeast(CommandStream& stream, QByteArray& buffer, qsizetype count)
{
    while (buffer.size() < count && !stream.atEnd()) {
        auto part = stream.read(kFirstRead, 500ms);
        if (!part) {
            return tl::unexpected(part.error());
        }
        buffer += *part;
    }
    return buffer.first(std::min(count, buffer.size()));
}

tl::unexpected<Error> openFailure(const std::string& name, const CommandOutput& output)
{
    const QString shown = QString::fromStdString(name);
    switch (output.exitCode) {
    case kMissing:
        return failure(ErrorCode::NotFound, QStringLiteral("%1 is not there.").arg(shown));
    case kUnreadable:
        return failure(ErrorCode::Permission, QStringLiteral("%1 may not be read by this user.").arg(shown));
    case kNoFile:
        return failure(ErrorCode::InvalidInput, QStringLiteral("%1 is no regular file.").arg(shown));
    default:
        break;
    }
    const QString said = UntrustedText(output.err.toStdString()).plain(200).trimmed();
    return failure(ErrorCode::Remote, QStringLiteral("%1 cannot be read: %2").arg(shown, said),
                   QStringLiteral("The server needs the usual GNU tools: stat, head, tail."));
}

/// Starts the script and reads its first line: what the opened file is.
Result<OpenedLog> open(StreamingRunner& runner, std::string_view script, const std::vector<std::string>& arguments, qsizetype window)
{
    auto command = RemoteCommand::script(std::string(kOpenCheck) + std::string(script), arguments);
    command.timeout = kSilence;
    command.window = window;
    auto stream = runner.start(command);
    if (!stream) {
        return tl::unexpected(stream.error());
    }
    OpenedLog opened;
    opened.stream = std::move(*stream);
    while (opened.pending.indexOf('\n') < 0 && opened.pending.size() < kMaxHeaderLine &&
           !opened.stream->atEnd()) {
        if (const auto more = readAtLeast(*opened.stream, opened.pending, opened.pending.size() + 1); !more) {
            return tl::unexpected(more.error());
        }
    }
    const qsizetype end = opened.pending.indexOf('\n');
    const auto stat = end >= 0 ? parseStat(opened.pending.first(end).split(' ')) : std::nullopt;
    if (!stat) {
        auto output = opened.stream->atEnd() ? opened.stream->finish() : CommandOutput{};
        return output ? openFailure(arguments.front(), *output) : tl::unexpected(output.error());
    }
    opened.stat = *stat;
    opened.packed = opened.pending.first(end).endsWith(" gzip");
    opened.pending.remove(0, end + 1);
    return opened;
}

} // namespace

bool RemoteFile::isCompressed() const
{
    return std::any_of(kCompressed.begin(), kCompressed.end(),
                       [this](std::string_view end) { return name.ends_with(end); });
}

bool isRotatedSuffix(std::string_view suffix)
{
    static const QRegularExpression kRotated(QRegularExpression::anchoredPattern(
        QStringLiteral("([.](\\d{1,4}|old|0)|[.-]\\d{8}([-._T]?\\d{2,6})?|[.-]\\d{4}-\\d{2}-\\d{2}([-._T]?"
                       "\\d{2,6})?)([.](gz|xz|zst|bz2))?")));
    return kRotated.match(QString::fromLatin1(suffix.data(), static_cast<qsizetype>(suffix.size())))
        .hasMatch();
}

Result<Listing> listLogs(CommandRunner& runner, const std::vector<std::string>& paths)
{
    auto command = RemoteCommand::script(kListScript, paths);
    command.timeout = kSilence;
    command.limits.maxOut = kMaxListing;
    const auto output = runner.run(command);
    if (!output) {
        return tl::unexpected(output.error());
    }
    // Each path begins with "--" on a line of its own, which no line of stat can be.
    QList<QByteArray> parts{QByteArray()};
    for (const QByteArray& line : output->out.split('\n')) {
        if (line == "--") {
            parts.append(QByteArray());
        } else {
            parts.last() += line + '\n';
        }
    }
    Listing listing;
    bool ok = false;
    const QList<QByteArray> clock = parts.first().trimmed().split(' ');
    listing.now = clock.first().toLongLong(&ok);
    const QString zone = QString::fromLatin1(clock.value(1));
    listing.zone = isValidTimezone(zone) ? zone : QStringLiteral("UTC");
    if (!ok || static_cast<std::size_t>(parts.size()) != paths.size() + 1) {
        return failure(ErrorCode::Remote,
                       QStringLiteral("The server cannot list its log files: %1")
                           .arg(UntrustedText(output->err.toStdString()).plain(200)),
                       QStringLiteral("It needs a POSIX shell and GNU stat."));
    }
    for (std::size_t i = 0; i < paths.size(); ++i) {
        listing.sources.push_back(parseSource(parts.at(static_cast<qsizetype>(i) + 1), paths[i]));
    }
    return listing;
}

Result<OpenedLog> openLog(StreamingRunner& runner, const std::string& name, std::uint64_t offset, std::uint64_t max, bool packed,
                          qsizetype window)
{
    auto opened = open(runner, kReadScript, {name, std::to_string(offset), std::to_string(max), packed ? "gzip" : ""}, window);
    if (!opened) {
        return opened;
    }
    const std::uint64_t size = opened->stat.size;
    const auto headSize = static_cast<qsizetype>(std::min(size, kFingerprintBytes));
    const auto beforeSize = static_cast<qsizetype>(offset > size ? 0 : std::min(offset, kTailBytes));
    const auto first = readAtLeast(*opened->stream, opened->pending, headSize + beforeSize);
    if (!first) {
        return tl::unexpected(first.error());
    }
    if (first->size() < headSize + beforeSize) {
        return failure(
            ErrorCode::Conflict,
            QStringLiteral("%1 was cut short while it was read.").arg(QString::fromStdString(name)));
    }
    opened->head = first->first(headSize);
    opened->before = first->last(beforeSize);
    opened->pending.remove(0, headSize + beforeSize);
    opened->length = offset > size ? 0 : std::min(size - offset, max);
    return opened;
}

Result<OpenedLog> openCompressed(StreamingRunner& runner, const std::string& name)
{
    auto opened = open(runner, kCompressedScript, {name}, kLinkFillingCount);
    if (!opened) {
        return opened;
    }
    const auto trailer = readAtLeast(*opened->stream, opened->pending, 4);
    if (!trailer) {
        return tl::unexpected(trailer.error());
    }
    if (trailer->size() < 4) {
        return failure(
            ErrorCode::Conflict,
            QStringLiteral("%1 was cut short while it was read.").arg(QString::fromStdString(name)));
    }
    for (qsizetype i = 3; i >= 0; --i) {
        opened->contentSize = (opened->contentSize << 8) | static_cast<unsigned char>(trailer->at(i));
    }
    opened->pending.remove(0, 4);
    return opened;
}

RemoteCommand doorbellCommand(const std::vector<std::string>& paths)
{
    auto command = RemoteCommand::script(kDoorbellScript, paths);
    command.keepStdinOpen = true;
    command.timeout = std::chrono::hours(24 * 365);
    return command;
}

} // namespace mailward

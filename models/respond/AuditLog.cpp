// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/respond/AuditLog.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMessageAuthenticationCode>
#include <QRandomGenerator>
#include <QSysInfo>

#include <unistd.h>

namespace mailward {

namespace {

constexpr int kKeyBytes = 32;
const QByteArray kStart(64, '0');

QString logPath(const QString& folder) { return folder + QStringLiteral("/audit.jsonl"); }
QString keyPath(const QString& folder) { return folder + QStringLiteral("/audit.key"); }
QString headPath(const QString& folder) { return folder + QStringLiteral("/audit.head"); }

QByteArray chained(const QByteArray& key, const QByteArray& previous, const QByteArray& body)
{
    return QMessageAuthenticationCode::hash(previous + body, key, QCryptographicHash::Sha256).toHex();
}

/// "COUNT MAC SEAL": the seal keeps somebody without the key from writing a shorter one.
QByteArray headText(const QByteArray& key, std::uint64_t count, const QByteArray& mac)
{
    const QByteArray text = QByteArray::number(quint64(count)) + ' ' + mac;
    return text + ' ' + chained(key, "head ", text) + '\n';
}

/// Not of the first entry: whoever rewrites the whole log writes that one anew, too. The console's part needs no file that could be
/// replaced along with the log.
AuditIdentity identityOf(const QByteArray& key, const QString& folder)
{
    constexpr int kDigits = 16;
    const QByteArray machine = QSysInfo::machineUniqueId().isEmpty() ? QSysInfo::machineHostName().toUtf8() : QSysInfo::machineUniqueId();
    const QByteArray place = "mailward console " + machine + ' ' + QByteArray::number(qint64(::getuid())) + ' ' + QDir(folder).canonicalPath().toUtf8();
    return {key.isEmpty() ? QByteArray() : chained(key, "chain", {}).left(kDigits), QCryptographicHash::hash(place, QCryptographicHash::Sha256).toHex().left(kDigits)};
}

QByteArray bodyOf(const AuditEntry& entry)
{
    return QJsonDocument(QJsonObject{{QStringLiteral("seq"), double(entry.sequence)},
                                     {QStringLiteral("time"), QString::fromStdString(formatRfc3339(entry.time))},
                                     {QStringLiteral("who"), entry.who}, {QStringLiteral("action"), entry.action},
                                     {QStringLiteral("server"), entry.server}, {QStringLiteral("plan"), entry.planId},
                                     {QStringLiteral("detail"), entry.detail}}).toJson(QJsonDocument::Compact);
}

/// A line is the mac, a blank, and the body to the letter: what is hashed is what stands there, not what it means.
bool readEntry(const QByteArray& key, const QByteArray& line, std::uint64_t sequence, const QByteArray& previous, AuditEntry& entry)
{
    const QByteArray body = line.mid(65);
    if (line.size() < 67 || line[64] != ' ' || line.left(64) != chained(key, previous, body)) {
        return false;
    }
    const auto json = QJsonDocument::fromJson(body).object();
    const auto time = parseRfc3339(json[QLatin1String("time")].toString().toStdString());
    entry = {std::uint64_t(json[QLatin1String("seq")].toDouble()), time.value_or(Instant{}), json[QLatin1String("who")].toString(),
             json[QLatin1String("action")].toString(), json[QLatin1String("server")].toString(), json[QLatin1String("plan")].toString(),
             json[QLatin1String("detail")].toString(), line.left(64)};
    return entry.sequence == sequence && time;
}

struct Reading {
    std::vector<AuditEntry> entries;
    AuditLog::Verification verification;
    bool headIsBehind = false; ///< by the one line that a crash left without its head
};

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

Reading readChain(const QByteArray& key, const QByteArray& log, const QByteArray& head)
{
    Reading reading;
    QByteArray previous = kStart;
    QByteArray beforeLast = kStart;
    const auto unsound = [&](const QString& problem) {
        reading.verification = {reading.entries.size(), false, problem};
        return reading;
    };
    for (qsizetype from = 0; from < log.size();) {
        const qsizetype end = log.indexOf('\n', from);
        AuditEntry entry;
        const auto sequence = std::uint64_t(reading.entries.size()) + 1;
        if (end < 0 || !readEntry(key, log.mid(from, end - from), sequence, previous, entry)) {
            return unsound(QStringLiteral("Entry %1 was changed, moved or removed.").arg(sequence));
        }
        beforeLast = std::exchange(previous, entry.mac);
        reading.entries.push_back(std::move(entry));
        from = end + 1;
    }
    const auto count = std::uint64_t(reading.entries.size());
    if (head != headText(key, count, previous) && !(count == 0 && head.isEmpty())) {
        reading.headIsBehind = count > 0 && (head == headText(key, count - 1, beforeLast) || (count == 1 && head.isEmpty()));
        if (!reading.headIsBehind) {
            return unsound(QStringLiteral("Entries after %1 are missing.").arg(count));
        }
    }
    reading.verification.entries = count;
    return reading;
}

tl::unexpected<Error> tampered(const QString& problem)
{
    return failure(ErrorCode::Corrupt, QStringLiteral("The audit log is not sound: %1").arg(problem),
                   QStringLiteral("\"mailward-cli audit --verify\" compares it with what the servers hold. Keep a copy, then move it away to start a new one."));
}

} // namespace

Result<std::unique_ptr<AuditLog>> AuditLog::open(const QString& folder, const Clock& clock)
{
    std::unique_ptr<AuditLog> log(new AuditLog(clock));
    log->m_folder = folder;
    const auto content = log->m_file.open(logPath(folder));
    if (!content) {
        return tl::unexpected(content.error());
    }
    log->m_key = contentOf(keyPath(folder));
    if (log->m_key.isEmpty() && content->isEmpty()) {
        std::array<quint32, kKeyBytes / 4> random{};
        QRandomGenerator::system()->fillRange(random.data(), qsizetype(random.size()));
        log->m_key = QByteArray(reinterpret_cast<const char*>(random.data()), kKeyBytes).toHex();
        if (auto written = DurableFile::replace(keyPath(folder), log->m_key); !written) {
            return tl::unexpected(written.error());
        }
    }
    auto reading = readChain(log->m_key, *content, contentOf(headPath(folder)));
    if (!reading.verification.sound || log->m_key.size() != 2 * kKeyBytes) {
        return tampered(reading.verification.sound ? QStringLiteral("Its key is gone.") : reading.verification.problem);
    }
    log->m_entries = std::move(reading.entries);
    log->m_head = log->m_entries.empty() ? kStart : log->m_entries.back().mac;
    if (auto written = log->writeHead(); !written) {
        return tl::unexpected(written.error());
    }
    return log;
}

Result<void> AuditLog::writeHead() const
{
    return DurableFile::replace(headPath(m_folder), headText(m_key, m_entries.size(), m_head));
}

Result<AuditEntry> AuditLog::append(AuditEntry entry)
{
    entry.sequence = m_entries.size() + 1;
    entry.time = m_clock.now();
    const QByteArray body = bodyOf(entry);
    entry.mac = chained(m_key, m_head, body);
    if (auto written = m_file.append(entry.mac + ' ' + body); !written) {
        return tl::unexpected(written.error());
    }
    m_head = entry.mac;
    m_entries.push_back(entry);
    if (auto written = writeHead(); !written) {
        return tl::unexpected(written.error());
    }
    return entry;
}

QByteArray AuditLog::headHex() const
{
    return m_head;
}

AuditIdentity AuditLog::identity() const
{
    return identityOf(m_key, m_folder);
}

Result<AuditLog::Verification> AuditLog::verify(const QString& folder)
{
    return read(folder).map([](const Chain& chain) { return chain.verification; });
}

Result<AuditLog::Chain> AuditLog::read(const QString& folder)
{
    const QByteArray key = contentOf(keyPath(folder));
    Chain chain{{}, {}, identityOf(key, folder)};
    const QByteArray head = contentOf(headPath(folder)); // before the log, which may grow meanwhile
    if (!QFile::exists(logPath(folder))) {
        if (QFile::exists(headPath(folder))) {
            chain.verification = {0, false, QStringLiteral("The log is gone.")};
        }
        return chain;
    }
    QFile file(logPath(folder));
    if (!file.open(QIODevice::ReadOnly)) {
        return failure(ErrorCode::Io, QStringLiteral("The audit log cannot be read: %1.").arg(file.errorString()),
                       QStringLiteral("Look at the rights of %1.").arg(folder));
    }
    if (head.isEmpty() && file.size() > 0) {
        chain.verification = {0, false, QStringLiteral("Its head is gone.")};
        return chain;
    }
    auto reading = readChain(key, file.readAll(), head);
    chain.verification = reading.verification;
    chain.entries = std::move(reading.entries);
    return chain;
}

} // namespace mailward

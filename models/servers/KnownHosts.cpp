// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/servers/KnownHosts.h"

#include <QCryptographicHash>
#include <QFile>
#include <QMessageAuthenticationCode>
#include <QSaveFile>

#include <algorithm>
#include <functional>

namespace mailward {

namespace {

constexpr qint64 kMaxFileSize = 64 * 1024 * 1024;

struct Entry
{
    QByteArray hosts; ///< pattern list or "|1|salt|hash"
    QByteArray blob;
    bool revoked = false;
};

/// The type word that every public key blob begins with.
QByteArray typeOf(const QByteArray& blob)
{
    if (blob.size() < 4) {
        return {};
    }
    const auto byte = [&](qsizetype i) {
        return static_cast<unsigned>(static_cast<unsigned char>(blob.at(i)));
    };
    const auto length = static_cast<qsizetype>((byte(0) << 24) | (byte(1) << 16) | (byte(2) << 8) | byte(3));
    return length <= blob.size() - 4 ? blob.mid(4, length) : QByteArray();
}

QByteArray nameOf(const QString& host, std::uint16_t port)
{
    const QByteArray plain = host.toLower().toLatin1();
    return port == 22 ? plain : '[' + plain + "]:" + QByteArray::number(port);
}

/// Pattern with * and ?, both case-folded already.
bool matchesPattern(const char* pattern, const char* text)
{
    const char* star = nullptr;
    const char* retry = nullptr;
    while (*text != '\0') {
        if (*pattern == '*') {
            star = pattern++;
            retry = text;
        } else if (*pattern == '?' || *pattern == *text) {
            ++pattern;
            ++text;
        } else if (star != nullptr) {
            pattern = star + 1;
            text = ++retry;
        } else {
            return false;
        }
    }
    while (*pattern == '*') {
        ++pattern;
    }
    return *pattern == '\0';
}

bool matchesHashed(const QByteArray& hosts, const QByteArray& name)
{
    const QList<QByteArray> parts = hosts.split('|'); // "", "1", salt, hash
    if (parts.size() != 4 || parts.at(1) != "1") {
        return false;
    }
    const QByteArray salt = QByteArray::fromBase64(parts.at(2));
    return QMessageAuthenticationCode::hash(name, salt, QCryptographicHash::Sha1) ==
           QByteArray::fromBase64(parts.at(3));
}

bool matchesHost(const QByteArray& hosts, const QByteArray& name)
{
    if (hosts.startsWith('|')) {
        return matchesHashed(hosts, name);
    }
    bool found = false;
    for (const QByteArray& part : hosts.toLower().split(',')) {
        const bool negated = part.startsWith('!');
        if (matchesPattern(part.constData() + (negated ? 1 : 0), name.constData())) {
            if (negated) {
                return false;
            }
            found = true;
        }
    }
    return found;
}

std::optional<Entry> parseLine(const QByteArray& line)
{
    QList<QByteArray> words = line.simplified().split(' ');
    Entry entry;
    if (words.first().startsWith('@')) {
        // An authority signs host keys; it is none itself, and libssh cannot check what it signed.
        if (words.first() != "@revoked") {
            return std::nullopt;
        }
        entry.revoked = true;
        words.removeFirst();
    }
    if (words.size() < 3 || words.first().startsWith('#')) {
        return std::nullopt;
    }
    entry.hosts = words.at(0);
    entry.blob = QByteArray::fromBase64(words.at(2));
    return typeOf(entry.blob) == words.at(1) ? std::optional(entry) : std::nullopt;
}

/// Calls `visit(entry, "file:line")` for every entry. An absent file has none. False: it is there and cannot
/// be read.
bool visitFile(const QString& path, const std::function<void(const Entry&, const QString&)>& visit)
{
    QFile file(path);
    if (!file.exists()) {
        return true;
    }
    if (!file.open(QIODevice::ReadOnly) || file.size() > kMaxFileSize) {
        return false;
    }
    int number = 0;
    for (const QByteArray& line : file.readAll().split('\n')) {
        ++number;
        if (const auto entry = parseLine(line)) {
            visit(*entry, QStringLiteral("%1:%2").arg(path).arg(number));
        }
    }
    return true;
}

Result<void> writeOwn(const QString& path, const QByteArray& content)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner) ||
        file.write(content) != content.size() || !file.commit()) {
        return failure(
            ErrorCode::Io,
            QStringLiteral("The list of known host keys cannot be written: %1").arg(file.errorString()),
            QStringLiteral("Look at the rights of and the room for %1.").arg(path));
    }
    return {};
}

Result<QByteArray> readOwn(const QString& path)
{
    QFile file(path);
    if (!file.exists()) {
        return QByteArray();
    }
    if (!file.open(QIODevice::ReadOnly)) {
        return failure(
            ErrorCode::Io,
            QStringLiteral("The list of known host keys cannot be read: %1").arg(file.errorString()),
            QStringLiteral("Look at the rights of %1.").arg(path));
    }
    return file.readAll();
}

} // namespace

KnownHosts::KnownHosts(QString ownFile, QStringList readOnlyFiles)
    : m_ownFile(std::move(ownFile)),
      m_readOnly(std::move(readOnlyFiles))
{
}

KnownHosts::Verdict KnownHosts::check(const QString& host, std::uint16_t port,
                                      const QByteArray& keyBlob) const
{
    const QByteArray name = nameOf(host, port);
    const QByteArray type = typeOf(keyBlob);
    if (type.isEmpty()) {
        return {HostKeyState::Error, {}, QStringLiteral("The server's key cannot be read."), {}};
    }
    Verdict verdict{HostKeyState::Unknown, {}, {}, {}};
    const auto settle = [&](HostKeyState state, const QString& where, const Entry& entry) {
        verdict.state = state;
        verdict.where = where;
        verdict.storedFingerprint = sha256Fingerprint(entry.blob);
    };
    const auto visit = [&](const Entry& entry, const QString& where) {
        if (verdict.state == HostKeyState::Revoked) {
            return;
        }
        if (entry.revoked) {
            if (entry.blob == keyBlob) {
                settle(HostKeyState::Revoked, where, entry);
            }
        } else if (verdict.state != HostKeyState::Known && matchesHost(entry.hosts, name)) {
            if (entry.blob == keyBlob) {
                settle(HostKeyState::Known, where, entry);
            } else if (typeOf(entry.blob) == type) {
                settle(HostKeyState::Changed, where, entry);
            } else if (verdict.state == HostKeyState::Unknown) {
                settle(HostKeyState::OtherType, where, entry);
            }
        }
    };
    for (const QString& path : QStringList{m_ownFile} + m_readOnly) {
        if (!path.isEmpty() && !visitFile(path, visit)) {
            // It might hold the line that revokes this very key.
            return {HostKeyState::Error, {}, QStringLiteral("%1 cannot be read.").arg(path), {}};
        }
    }
    return verdict;
}

std::vector<QByteArray> KnownHosts::storedTypes(const QString& host, std::uint16_t port) const
{
    const QByteArray name = nameOf(host, port);
    std::vector<QByteArray> types;
    const auto visit = [&](const Entry& entry, const QString&) {
        const QByteArray type = typeOf(entry.blob);
        if (!entry.revoked && matchesHost(entry.hosts, name) &&
            std::find(types.begin(), types.end(), type) == types.end()) {
            types.push_back(type);
        }
    };
    for (const QString& path : QStringList{m_ownFile} + m_readOnly) {
        if (!path.isEmpty() && !visitFile(path, visit)) {
            continue; // check() is what reports it
        }
    }
    return types;
}

Result<void> KnownHosts::add(const QString& host, std::uint16_t port, const QByteArray& keyBlob)
{
    const Verdict now = check(host, port, keyBlob);
    if (now.state != HostKeyState::Unknown) {
        return failure(
            ErrorCode::Conflict,
            QStringLiteral("The key of %1 cannot be added: it is %2.").arg(host, hostKeyStateName(now.state)),
            QStringLiteral("See %1.").arg(now.where));
    }
    auto content = readOwn(m_ownFile);
    if (!content) {
        return tl::unexpected(content.error());
    }
    if (!content->isEmpty() && !content->endsWith('\n')) {
        content->append('\n');
    }
    content->append(nameOf(host, port) + ' ' + typeOf(keyBlob) + ' ' + keyBlob.toBase64() + '\n');
    return writeOwn(m_ownFile, *content);
}

Result<void> KnownHosts::forget(const QString& host, std::uint16_t port)
{
    const auto content = readOwn(m_ownFile);
    if (!content) {
        return tl::unexpected(content.error());
    }
    const QByteArray name = nameOf(host, port);
    QList<QByteArray> kept;
    for (const QByteArray& line : content->split('\n')) {
        const auto entry = parseLine(line);
        if (!entry || entry->revoked || !matchesHost(entry->hosts, name)) {
            kept.append(line);
        }
    }
    return writeOwn(m_ownFile, kept.join('\n'));
}

Result<void> KnownHosts::forgetReplaced(const HostKeyInfo& shown, const QString& typedFingerprint)
{
    if (shown.state != HostKeyState::Changed && shown.state != HostKeyState::OtherType) {
        return failure(ErrorCode::Conflict,
                       QStringLiteral("The key of %1 is %2: there is no old one to forget.")
                           .arg(shown.host, hostKeyStateName(shown.state)),
                       shown.state == HostKeyState::Revoked ? QStringLiteral("A revoked key is never accepted: give the server a new one.") : QString());
    }
    if (typedFingerprint.trimmed() != shown.fingerprint) {
        return failure(ErrorCode::InvalidInput, QStringLiteral("That is not the fingerprint of the key that %1 shows. Nothing was forgotten.").arg(shown.host),
                       QStringLiteral("If the server's own console says what you typed, somebody stands in between."));
    }
    if (const auto forgotten = forget(shown.host, shown.port); !forgotten) {
        return forgotten;
    }
    const QString file = shown.storedIn.section(u':', 0, -2);
    if (file != m_ownFile) {
        const QString name = QString::fromLatin1(nameOf(shown.host, shown.port));
        return failure(ErrorCode::Conflict, QStringLiteral("The old key stands in %1, which Mailward only reads.").arg(shown.storedIn),
                       QStringLiteral("Take it out with: ssh-keygen -R '%1' -f '%2'").arg(name, file));
    }
    return {};
}

} // namespace mailward

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/respond/DurableFile.h"

#include <QFileInfo>
#include <QSaveFile>

#include <fcntl.h>
#include <unistd.h>

namespace mailward {

namespace {

constexpr auto kOwnerOnly = QFileDevice::ReadOwner | QFileDevice::WriteOwner;

tl::unexpected<Error> ioFailure(const QString& path, const QString& why)
{
    return failure(ErrorCode::Io, QStringLiteral("%1 cannot be written: %2.").arg(path, why),
                   QStringLiteral("Look at the free space and the rights of that folder; nothing is done on a server without it."));
}

/// A new name is only safe once its folder is on the disk too.
void syncFolder(const QString& path)
{
    const int folder = ::open(QFile::encodeName(QFileInfo(path).absolutePath()).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder >= 0) {
        ::fsync(folder);
        ::close(folder);
    }
}

} // namespace

Result<QByteArray> DurableFile::open(const QString& path)
{
    m_file.setFileName(path);
    const bool isNew = !QFileInfo::exists(path);
    if (!m_file.open(QIODevice::ReadWrite | QIODevice::Unbuffered)) {
        return ioFailure(path, m_file.errorString());
    }
    if (isNew) {
        m_file.setPermissions(kOwnerOnly);
        syncFolder(path);
    }
    QByteArray content = m_file.readAll();
    const qsizetype whole = content.lastIndexOf('\n') + 1;
    if (whole != content.size()) {
        content.truncate(whole);
        if (!m_file.resize(whole)) {
            return ioFailure(path, m_file.errorString());
        }
    }
    m_file.seek(whole);
    return content;
}

Result<void> DurableFile::append(const QByteArray& line)
{
    const qint64 before = m_file.size();
    const QByteArray text = line + '\n';
    if (m_file.seek(before) && m_file.write(text) == text.size() && ::fsync(m_file.handle()) == 0) {
        return {};
    }
    const QString why = m_file.errorString();
    m_file.resize(before);
    return ioFailure(m_file.fileName(), why);
}

Result<void> DurableFile::replace(const QString& path, const QByteArray& content)
{
    QSaveFile file(path);
    file.setDirectWriteFallback(false);
    if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(kOwnerOnly) || file.write(content) != content.size() ||
        !file.flush() || ::fsync(file.handle()) != 0 || !file.commit()) {
        return ioFailure(path, file.errorString());
    }
    syncFolder(path);
    return {};
}

} // namespace mailward

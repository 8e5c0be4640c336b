// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/logs/LogInput.h"

#include <QDateTime>
#include <QFile>
#include <QFileInfo>
#include <array>
#include <cstdio>

namespace mailward {

struct LogInput::File {
    QFile file;
    ByteBuffer packed; ///< what was read and is not unpacked yet
};

namespace {

constexpr std::size_t kReadSize = 128 * 1024;
constexpr std::size_t kPackedReadSize = 32 * 1024; // becomes ten times as much

} // namespace

LogInput::LogInput(QString name, std::unique_ptr<File> file) : m_name(std::move(name)), m_file(std::move(file)) {}
LogInput::~LogInput() = default;
LogInput::LogInput(LogInput&&) noexcept = default;
LogInput& LogInput::operator=(LogInput&&) noexcept = default;

Result<LogInput> LogInput::open(const QString& path)
{
    auto file = std::make_unique<File>();
    if (path == QLatin1String("-")) {
        if (!file->file.open(stdin, QIODevice::ReadOnly | QIODevice::Unbuffered)) {
            return failure(ErrorCode::Io, QStringLiteral("Standard input cannot be read."));
        }
        return LogInput(path, std::move(file));
    }
    const QFileInfo info(path);
    if (!info.exists()) {
        return failure(ErrorCode::NotFound, QStringLiteral("There is no file %1.").arg(path), QStringLiteral("Look at its name and folder."));
    }
    if (info.isDir()) {
        return failure(ErrorCode::InvalidInput, QStringLiteral("%1 is a folder.").arg(path), QStringLiteral("name the files in it"));
    }
    file->file.setFileName(path);
    if (!file->file.open(QIODevice::ReadOnly | QIODevice::Unbuffered)) {
        return failure(ErrorCode::Permission, QStringLiteral("%1 cannot be read: %2").arg(path, file->file.errorString()),
                       QStringLiteral("logs often belong to root or to the group adm"));
    }
    LogInput input(path, std::move(file));
    if (info.isFile()) {
        input.m_modified = fromMicros(info.lastModified().toMSecsSinceEpoch() * 1000);
    }
    return input;
}

Result<bool> LogInput::read(ByteBuffer& out)
{
    if (m_ended) {
        return false;
    }
    const bool isPlain = m_unpacker.isPlain();
    ByteBuffer& target = isPlain ? out : m_file->packed;
    const std::size_t wanted = isPlain ? kReadSize : kPackedReadSize;
    const qint64 got = m_file->file.read(target.room(wanted), static_cast<qint64>(wanted));
    if (got < 0) {
        return failure(ErrorCode::Io, QStringLiteral("%1: %2").arg(m_name, m_file->file.errorString()));
    }
    m_ended = got == 0;
    target.commit(static_cast<std::size_t>(got));
    if (isPlain) {
        return true;
    }
    const auto done = m_ended ? m_unpacker.finish(out) : m_unpacker.feed(target.view(), out);
    target.clear();
    if (!done) {
        m_ended = true;
        return failure(done.error().code, QStringLiteral("%1: %2").arg(m_name, done.error().text), done.error().hint);
    }
    return true;
}

Result<bool> LogInput::read(std::string& out)
{
    ByteBuffer piece;
    const auto more = read(piece);
    out += piece.view();
    return more;
}

} // namespace mailward

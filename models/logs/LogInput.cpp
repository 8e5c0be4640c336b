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
    std::string packed;
};

namespace {

constexpr std::size_t kReadSize = 256 * 1024;

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

Result<bool> LogInput::read(std::string& out)
{
    if (m_ended) {
        return false;
    }
    auto& packed = m_file->packed;
    packed.resize(kReadSize);
    const qint64 got = m_file->file.read(packed.data(), static_cast<qint64>(packed.size()));
    if (got < 0) {
        return failure(ErrorCode::Io, QStringLiteral("%1: %2").arg(m_name, m_file->file.errorString()));
    }
    m_ended = got == 0;
    const auto done = m_ended ? m_unpacker.finish(out) : m_unpacker.feed({packed.data(), static_cast<std::size_t>(got)}, out);
    if (!done) {
        m_ended = true;
        return failure(done.error().code, QStringLiteral("%1: %2").arg(m_name, done.error().text), done.error().hint);
    }
    return true;
}

} // namespace mailward

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/Result.h"

#include <QByteArray>
#include <QFile>
#include <QString>

namespace mailward {

/// A file of lines that only grows; a line is on the disk when append() returns. The one place here that is POSIX-only.
class DurableFile
{
public:
    /// Opens or creates `path` (mode 0600) and hands out what it holds. An unfinished last line, left by a crash, is cut off.
    [[nodiscard]] Result<QByteArray> open(const QString& path);
    /// `line` without its newline. After an error the file is as it was.
    [[nodiscard]] Result<void> append(const QByteArray& line);

    /// Replaces the whole file `path` (mode 0600), atomically and durably.
    [[nodiscard]] static Result<void> replace(const QString& path, const QByteArray& content);

private:
    QFile m_file;
};

} // namespace mailward

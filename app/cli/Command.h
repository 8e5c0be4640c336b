// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/DataPaths.h"
#include "models/core/Result.h"

#include <QJsonObject>
#include <QStringList>
#include <memory>
#include <span>

namespace mailward {
class GeoDatabase;
}

namespace mailward::cli {

/// Exit codes of every verb: done, failed (stderr says what and what to do), wrong use.
inline constexpr int kDone = 0;
inline constexpr int kFailed = 1;
inline constexpr int kWrongUse = 2;

/// What every verb gets: its words (verb and global options taken out), the folders, and how to print.
struct Context {
    QStringList words;
    DataPaths paths;
    bool json = false;
};

/// One verb: its row in the help, and what it does. `run` returns an exit code.
struct Command {
    const char* name;
    const char* synopsis;
    const char* summary;
    int (*run)(const Context&);
};

/// Every verb of the program, in the order of the help (Commands.cpp).
[[nodiscard]] std::span<const Command> commands();

/// One JSON object as a line on stdout. Keys keep the order in which they are given.
class JsonLine
{
public:
    JsonLine& text(const char* key, const QString& value);
    JsonLine& number(const char* key, qint64 value);
    JsonLine& real(const char* key, double value, int decimals);
    JsonLine& flag(const char* key, bool value);
    JsonLine& null(const char* key);
    /// `json` must be valid JSON text.
    JsonLine& json(const char* key, const QByteArray& json);
    void print() const;

private:
    void key(const char* name);
    QByteArray m_line;
};

/// Text with the quotes and escapes of a JSON string.
[[nodiscard]] QByteArray jsonString(const QString& text);

/// "mailward-cli: text" and "  hint: ..." on stderr; returns kFailed.
int printError(const Error& error);
/// The geography that we ship; broken or missing data is said on stderr and is no reason to stop (null comes back).
[[nodiscard]] std::shared_ptr<const GeoDatabase> geography(const Context& context);
/// A sentence about wrong use on stderr; returns kWrongUse.
int wrongUse(const QString& sentence);

} // namespace mailward::cli

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMap>
#include <QStringList>
#include <tl/expected.hpp>

namespace mailward::cli {

/// Which options a verb knows: those with a value, and plain switches. Names with their dashes.
struct OptionNames {
    QStringList withValue;
    QStringList switches;
};

/// A verb's words, sorted into options and the rest. "--name=value" and "--name value" are the same; "--" ends the options.
struct Arguments {
    QStringList positional;
    QMultiMap<QString, QString> values;
    QStringList switches;

    [[nodiscard]] bool has(const QString& name) const { return switches.contains(name) || values.contains(name); }
    [[nodiscard]] QString value(const QString& name, const QString& otherwise = {}) const { return values.value(name, otherwise); }
    /// All values of a repeatable option, in the order given.
    [[nodiscard]] QStringList all(const QString& name) const;
    /// A whole number within bounds; nothing when it is none. `otherwise` when the option was not given.
    [[nodiscard]] tl::expected<qint64, QString> number(const QString& name, qint64 otherwise, qint64 least, qint64 most) const;
};

/// The error is a sentence about wrong use.
[[nodiscard]] tl::expected<Arguments, QString> readArguments(const QStringList& words, const OptionNames& names);

} // namespace mailward::cli

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/Arguments.h"

#include <algorithm>

namespace mailward::cli {

QStringList Arguments::all(const QString& name) const
{
    // QMultiMap hands out the newest first.
    QStringList found = values.values(name);
    std::reverse(found.begin(), found.end());
    return found;
}

tl::expected<qint64, QString> Arguments::number(const QString& name, qint64 otherwise, qint64 least, qint64 most) const
{
    if (!values.contains(name)) {
        return otherwise;
    }
    bool ok = false;
    const qint64 number = values.value(name).toLongLong(&ok);
    if (!ok || number < least || number > most) {
        return tl::unexpected(QStringLiteral("%1 takes a whole number from %2 to %3").arg(name).arg(least).arg(most));
    }
    return number;
}

tl::expected<Arguments, QString> readArguments(const QStringList& words, const OptionNames& names)
{
    Arguments arguments;
    for (qsizetype i = 0; i < words.size(); ++i) {
        const QString& word = words[i];
        if (word == QLatin1String("--")) {
            arguments.positional += words.mid(i + 1);
            break;
        }
        if (!word.startsWith(QLatin1String("--"))) {
            arguments.positional << word;
            continue;
        }
        const qsizetype equals = word.indexOf(QLatin1Char('='));
        const QString name = word.left(equals);
        if (names.switches.contains(name) && equals < 0) {
            arguments.switches << name;
        } else if (!names.withValue.contains(name)) {
            return tl::unexpected(QStringLiteral("there is no option %1 here").arg(word));
        } else if (equals >= 0) {
            arguments.values.insert(name, word.mid(equals + 1));
        } else if (++i < words.size()) {
            arguments.values.insert(name, words[i]);
        } else {
            return tl::unexpected(QStringLiteral("%1 takes a value").arg(name));
        }
    }
    return arguments;
}

} // namespace mailward::cli

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/respond/AllowList.h"

#include "models/respond/DurableFile.h"

#include <QFile>
#include <QRegularExpression>

#include <algorithm>

namespace mailward {

Result<AllowList> AllowList::parse(const QString& text)
{
    static const QRegularExpression kLine(QStringLiteral("^\\s*([0-9A-Fa-f.:/]+)(?:\\s+until\\s+(\\S+))?\\s*(?:#\\s*(.*))?$"));
    AllowList list;
    const auto lines = text.split(u'\n');
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const QString line = lines[i].trimmed();
        if (line.isEmpty() || line.startsWith(u'#')) {
            continue;
        }
        const auto match = kLine.match(line);
        const auto prefix = match.hasMatch() ? Prefix::parse(match.captured(1).toStdString()) : std::nullopt;
        const auto until = match.captured(2).isEmpty() ? std::nullopt : parseRfc3339(match.captured(2).toStdString());
        if (!prefix || (!match.captured(2).isEmpty() && !until)) {
            return failure(ErrorCode::InvalidInput, QStringLiteral("Line %1 of the allow-list cannot be read: %2").arg(i + 1).arg(line.left(80)),
                           QStringLiteral("Write \"PREFIX\" or \"PREFIX until 2026-12-31T00:00:00Z\", and a comment after \"#\"."));
        }
        list.add({*prefix, match.captured(3).trimmed(), until});
    }
    return list;
}

Result<AllowList> AllowList::load(const QString& path)
{
    QFile file(path);
    if (!file.exists()) {
        return AllowList();
    }
    if (!file.open(QIODevice::ReadOnly)) {
        return failure(ErrorCode::Io, QStringLiteral("The allow-list %1 cannot be read: %2.").arg(path, file.errorString()),
                       QStringLiteral("Nothing is banned without it."));
    }
    return parse(QString::fromUtf8(file.readAll()));
}

Result<void> AllowList::save(const QString& path) const
{
    return DurableFile::replace(path, toText().toUtf8());
}

QString AllowList::toText() const
{
    QString text;
    for (const auto& entry : m_entries) {
        text += QString::fromStdString(entry.prefix.toString());
        if (entry.expires) {
            text += QStringLiteral(" until ") + QString::fromStdString(formatRfc3339(*entry.expires));
        }
        if (!entry.comment.isEmpty()) {
            text += QStringLiteral(" # ") + entry.comment.simplified();
        }
        text += u'\n';
    }
    return text;
}

void AllowList::add(AllowEntry entry)
{
    remove(entry.prefix);
    m_entries.push_back(std::move(entry));
}

bool AllowList::remove(const Prefix& prefix)
{
    return std::erase_if(m_entries, [&](const AllowEntry& entry) { return entry.prefix == prefix; }) > 0;
}

const AllowEntry* AllowList::meets(const Prefix& prefix, Instant now) const
{
    const auto it = std::find_if(m_entries.begin(), m_entries.end(), [&](const AllowEntry& entry) {
        return entry.prefix.overlaps(prefix) && (!entry.expires || *entry.expires > now);
    });
    return it == m_entries.end() ? nullptr : &*it;
}

} // namespace mailward

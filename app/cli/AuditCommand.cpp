// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/AuditCommand.h"

#include "models/core/Clock.h"
#include "models/respond/AuditLog.h"

#include <cstdio>

namespace mailward::cli {

namespace {

int verify(const Context& context)
{
    const auto found = AuditLog::verify(context.paths.state);
    if (!found) {
        return printError(found.error());
    }
    if (context.json) {
        JsonLine().flag("sound", found->sound).number("entries", static_cast<qint64>(found->entries)).text("problem", found->problem).print();
    } else if (found->sound) {
        std::printf("The chain is whole: %llu entries.\n", static_cast<unsigned long long>(found->entries));
    }
    if (found->sound) {
        return kDone;
    }
    return printError({ErrorCode::Corrupt, QStringLiteral("the audit log was changed: ") + found->problem,
                       QStringLiteral("the first %1 entries are sound; compare the anchors in the servers' syslog").arg(found->entries)});
}

void print(const Context& context, const AuditEntry& entry)
{
    const QString time = QString::fromStdString(formatRfc3339(entry.time));
    if (context.json) {
        JsonLine()
            .number("sequence", static_cast<qint64>(entry.sequence))
            .text("time", time)
            .text("who", entry.who)
            .text("action", entry.action)
            .text("server", entry.server)
            .text("plan", entry.planId)
            .text("detail", entry.detail)
            .text("mac", QString::fromLatin1(entry.mac))
            .print();
        return;
    }
    std::printf("%6llu  %s  %-10s %-12s %-12s %s\n", static_cast<unsigned long long>(entry.sequence), qUtf8Printable(time),
                qUtf8Printable(entry.who), qUtf8Printable(entry.action), qUtf8Printable(entry.server), qUtf8Printable(entry.detail));
}

} // namespace

int runAudit(const Context& context)
{
    if (context.words == QStringList{QStringLiteral("--verify")}) {
        return verify(context);
    }
    if (!context.words.isEmpty()) {
        return wrongUse(QStringLiteral("audit takes --verify or nothing"));
    }
    const SystemClock clock;
    const auto log = AuditLog::open(context.paths.state, clock);
    if (!log) {
        return printError(log.error());
    }
    for (const AuditEntry& entry : (*log)->entries()) {
        print(context, entry);
    }
    return kDone;
}

} // namespace mailward::cli

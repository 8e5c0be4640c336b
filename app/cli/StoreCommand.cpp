// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/StoreCommand.h"

#include "app/cli/Arguments.h"
#include "models/core/Clock.h"
#include "models/store/EventDatabase.h"
#include "models/store/StoreCheck.h"

#include <cstdio>

namespace mailward::cli {

namespace {

constexpr std::uint64_t kMiB = 1ULL << 20;

Result<void> sweep(const EventDatabase& database)
{
    auto sweep = database.sweep(SystemClock().now());
    if (!sweep) {
        return tl::unexpected(sweep.error());
    }
    for (;;) {
        const auto step = sweep->step();
        if (!step || step->isDone) {
            return step ? Result<void>{} : Result<void>{tl::unexpected(step.error())};
        }
    }
}

void print(const Context& context, const Retention& limits, const StoreSize& size)
{
    const QString oldest = size.oldest ? QString::fromStdString(formatRfc3339(*size.oldest)) : QString();
    if (context.json) {
        JsonLine()
            .number("bytes", static_cast<qint64>(size.fileBytes))
            .number("raw_bytes", static_cast<qint64>(size.rawBytes))
            .number("events", static_cast<qint64>(size.events))
            .text("oldest", oldest)
            .number("keep_days", limits.eventDays)
            .number("keep_raw_bytes", static_cast<qint64>(limits.rawBytes))
            .number("max_bytes", static_cast<qint64>(limits.totalBytes))
            .print();
        return;
    }
    std::printf("holds  %llu events since %s; %.1f MiB, of them %.1f MiB raw lines\n", static_cast<unsigned long long>(size.events),
                size.oldest ? qUtf8Printable(oldest) : "(none)", static_cast<double>(size.fileBytes) / static_cast<double>(kMiB),
                static_cast<double>(size.rawBytes) / static_cast<double>(kMiB));
    std::printf("keeps  events for %d days, raw lines up to %llu MiB, %llu MiB in all\n", limits.eventDays,
                static_cast<unsigned long long>(limits.rawBytes / kMiB), static_cast<unsigned long long>(limits.totalBytes / kMiB));
}

} // namespace

int runStore(const Context& context)
{
    const QString days = QStringLiteral("--keep-days");
    const QString raw = QStringLiteral("--keep-raw");
    const QString most = QStringLiteral("--max");
    const auto arguments = readArguments(context.words, {{days, raw, most}, {QStringLiteral("--check")}});
    if (!arguments || !arguments->positional.isEmpty()) {
        return wrongUse(arguments ? QStringLiteral("store takes [--keep-days N] [--keep-raw MIB] [--max MIB] [--check]") : arguments.error());
    }
    const QString path = context.paths.state + QStringLiteral("/events.sqlite");
    const auto database = EventDatabase::open(path);
    if (!database) {
        return printError(database.error());
    }
    const auto before = (*database)->retention();
    if (!before) {
        return printError(before.error());
    }
    const auto keepDays = arguments->number(days, before->eventDays, 1, 3650);
    const auto keepRaw = arguments->number(raw, static_cast<qint64>(before->rawBytes / kMiB), 0, 1 << 20);
    const auto keepAll = arguments->number(most, static_cast<qint64>(before->totalBytes / kMiB), 16, 1 << 24);
    for (const auto* value : {&keepDays, &keepRaw, &keepAll}) {
        if (!*value) {
            return wrongUse(value->error());
        }
    }
    Retention limits = *before;
    limits.eventDays = static_cast<int>(*keepDays);
    limits.rawBytes = arguments->has(raw) ? static_cast<std::uint64_t>(*keepRaw) * kMiB : limits.rawBytes;
    limits.totalBytes = arguments->has(most) ? static_cast<std::uint64_t>(*keepAll) * kMiB : limits.totalBytes;
    if (limits != *before) {
        if (const auto stored = (*database)->setRetention(limits); !stored) {
            return printError(stored.error());
        }
        if (const auto swept = sweep(**database); !swept) {
            return printError(swept.error());
        }
    }
    const auto size = (*database)->size();
    if (!size) {
        return printError(size.error());
    }
    print(context, limits, *size);
    if (arguments->has(QStringLiteral("--check"))) {
        if (const auto checked = checkStore(path, {}); !checked) {
            return printError(checked.error());
        }
        std::fprintf(stderr, "All that is stored fits its checksums.\n");
    }
    return kDone;
}

} // namespace mailward::cli

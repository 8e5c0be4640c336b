// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/QueryCommand.h"

#include "app/cli/EventWriter.h"
#include "app/cli/TerminalSecret.h"
#include "app/controllers/Parts.h"
#include "app/controllers/RawFetch.h"
#include "app/controllers/ServerLink.h"
#include "models/core/Clock.h"
#include "models/core/UntrustedText.h"
#include "models/servers/ProfileStore.h"

#include <cstdio>

namespace mailward::cli {

namespace {

struct Options {
    Filter filter;
    std::optional<Group> group;
    std::size_t top = 100;
    bool raw = false;   ///< print the log lines, too
    bool fetch = false; ///< those that are no longer kept from their server
};

tl::expected<Options, QString> readOptions(const QStringList& words)
{
    Options options;
    QStringList filterWords;
    for (qsizetype i = 0; i < words.size(); ++i) {
        const QString& word = words[i];
        if (word == QLatin1String("--group") || word == QLatin1String("--top")) {
            if (++i == words.size()) {
                return tl::unexpected(word + QStringLiteral(" takes a value"));
            }
            bool ok = true;
            if (word == QLatin1String("--group")) {
                options.group = groupFromName(words[i].toStdString());
                ok = options.group.has_value();
            } else {
                options.top = words[i].toULongLong(&ok);
            }
            if (!ok) {
                return tl::unexpected(QStringLiteral("%1 does not know '%2'").arg(word, words[i]));
            }
        } else if (word == QLatin1String("--raw") || word == QLatin1String("--fetch")) {
            options.raw = true;
            options.fetch = options.fetch || word == QLatin1String("--fetch");
        } else if (word.startsWith(QLatin1String("--"))) {
            return tl::unexpected(QStringLiteral("query does not know the option %1").arg(word));
        } else {
            filterWords << word;
        }
    }
    const QString text = filterWords.join(QLatin1Char(' '));
    auto filter = parseFilter(text, SystemClock().now());
    if (!filter) {
        const FilterError& error = filter.error();
        return tl::unexpected(QStringLiteral("%1\n    %2\n    %3%4")
                                  .arg(error.error.toString(), text, QString(error.position, QLatin1Char(' ')),
                                       QString(std::max<qsizetype>(error.length, 1), QLatin1Char('^'))));
    }
    options.filter = *filter;
    return options;
}

void printGroupRow(const Context& context, Group group, const GroupRow& row)
{
    const QString label = UntrustedText(row.label).json();
    if (context.json) {
        JsonLine()
            .text("group", QString::fromLatin1(groupName(group).data(), static_cast<qsizetype>(groupName(group).size())))
            .text("key", label)
            .number("failed", static_cast<qint64>(row.failed))
            .number("succeeded", static_cast<qint64>(row.succeeded))
            .number("events", static_cast<qint64>(row.events))
            .number("addresses", static_cast<qint64>(row.addresses))
            .number("accounts", static_cast<qint64>(row.accounts))
            .text("first", QString::fromStdString(formatRfc3339(row.first)))
            .text("last", QString::fromStdString(formatRfc3339(row.last)))
            .print();
        return;
    }
    std::printf("%-40s %9llu failed %9llu let in  last %s\n", qUtf8Printable(UntrustedText(row.label).plain(40)),
                static_cast<unsigned long long>(row.failed), static_cast<unsigned long long>(row.succeeded),
                formatRfc3339(row.last).c_str());
}

void printEventRow(const Context& context, const Event& event, const std::optional<std::string>& raw)
{
    std::string line;
    if (context.json) {
        appendEventJson(event, {}, line);
        if (raw) {
            line.resize(line.size() - 2); // "}" and the line end
            line += ",\"raw\":" + jsonString(UntrustedText(*raw).json()).toStdString() + "}\n";
        }
    } else {
        appendEventRow(event, line);
        if (raw) {
            line += "    " + UntrustedText(*raw).plain().toStdString() + "\n";
        }
    }
    std::fwrite(line.data(), 1, line.size(), stdout);
}

/// The event's log line, from the store or, where that is wished, from its server.
Result<std::string> rawLine(const Context& context, LocalEventStore& store, const LineRef& line, bool fetch)
{
    auto kept = store.rawLine(line);
    if (kept || !fetch || kept.error().code != ErrorCode::NotFound) {
        return kept ? Result<std::string>(std::move(kept->text)) : tl::unexpected(kept.error());
    }
    const auto connect = [&context](const QString& server) -> Result<std::unique_ptr<ServerConnection>> {
        const auto profile = ProfileStore(context.paths.config).find(server);
        if (!profile) {
            return tl::unexpected(profile.error());
        }
        auto connection = std::make_unique<ServerConnection>(*profile, context.paths.config, userKnownHosts());
        ConnectionCallbacks callbacks;
        callbacks.secret = terminalSecrets();
        if (const auto opened = connection->open(callbacks); !opened) {
            return tl::unexpected(opened.error());
        }
        return connection;
    };
    if (const auto fetched = fetchRawLines(store, line, connect); !fetched) {
        return tl::unexpected(fetched.error());
    }
    kept = store.rawLine(line);
    return kept ? Result<std::string>(std::move(kept->text)) : tl::unexpected(kept.error());
}

} // namespace

int runQuery(const Context& context)
{
    const auto options = readOptions(context.words);
    if (!options) {
        return wrongUse(options.error());
    }
    auto store = openStore(context.paths, geography(context));
    if (!store) {
        return printError(store.error());
    }
    if (const auto loaded = (*store)->waitUntilLoaded(); !loaded) {
        return printError(loaded.error());
    }
    QuerySpec spec;
    spec.bins = 0;
    spec.topN = options->top;
    if (options->group) {
        spec.groups = {*options->group};
    } else {
        spec.pageOffset = 0;
        spec.pageLimit = options->top;
    }
    const auto result = (*store)->query(options->filter, spec);
    if (!result) {
        return printError(result.error());
    }
    for (const GroupResult& group : result->groups) {
        for (const GroupRow& row : group.rows) {
            printGroupRow(context, group.group, row);
        }
    }
    bool complained = false;
    for (const EventRow& row : result->page.rows) {
        std::optional<std::string> raw;
        if (options->raw) {
            auto line = rawLine(context, **store, row.event.line, options->fetch);
            raw = line ? std::optional(std::move(*line)) : std::nullopt;
            if (!line && !std::exchange(complained, true)) {
                std::ignore = printError(line.error());
            }
        }
        printEventRow(context, row.event, raw);
    }
    return complained ? kFailed : kDone;
}

} // namespace mailward::cli

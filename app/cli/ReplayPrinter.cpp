// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/ReplayPrinter.h"

#include "models/core/UntrustedText.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <cstdio>

namespace mailward::cli {

namespace {

QByteArray array(const QJsonArray& values) { return QJsonDocument(values).toJson(QJsonDocument::Compact); }

QString stamp(Instant at) { return QString::fromStdString(formatRfc3339(at)); }

} // namespace

void printResult(const Context& context, const ReplayResult& result)
{
    if (!context.json) {
        std::printf("attempts stopped   %.1f %%\nsources stopped    %.1f %%\nbans               %llu\ngood log-ins cut   %llu\naccounts cut       %llu\n",
                    result.attemptsStoppedPct, result.sourcesStoppedPct, static_cast<unsigned long long>(result.bans),
                    static_cast<unsigned long long>(result.goodLoginsCut), static_cast<unsigned long long>(result.accountsCut));
        for (const auto& cut : result.examplesCut) {
            std::printf("  cut off: %s  %s  %s\n", formatRfc3339(cut.at).c_str(), qUtf8Printable(UntrustedText(cut.account).plain(60)), cut.ip.toString().c_str());
        }
        return;
    }
    QJsonArray prevented, examples;
    for (const std::string& account : result.openedPrevented) {
        prevented.append(UntrustedText(account).json());
    }
    for (const auto& cut : result.examplesCut) {
        examples.append(QJsonObject{{QStringLiteral("time"), stamp(cut.at)}, {QStringLiteral("account"), UntrustedText(cut.account).json()},
                                    {QStringLiteral("ip"), QString::fromStdString(cut.ip.toString())}});
    }
    JsonLine line;
    line.real("attempts_stopped_pct", result.attemptsStoppedPct, 2)
        .real("sources_stopped_pct", result.sourcesStoppedPct, 2)
        .number("bans", static_cast<qint64>(result.bans))
        .number("good_logins_cut", static_cast<qint64>(result.goodLoginsCut))
        .number("accounts_cut", static_cast<qint64>(result.accountsCut));
    if (result.firstStoppedAt) {
        line.text("first_stopped_at", stamp(*result.firstStoppedAt));
    } else {
        line.null("first_stopped_at");
    }
    line.json("opened_prevented", array(prevented)).json("examples_cut", array(examples)).print();
}

} // namespace mailward::cli

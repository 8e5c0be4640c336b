// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/Command.h"
#include "models/core/ProcessGuard.h"

#include <QCoreApplication>
#include <QLocale>
#include <algorithm>
#include <cstdio>

using namespace mailward;
using namespace mailward::cli;

namespace {

void printHelp(const QString& verb)
{
    std::printf("mailward-cli %s: what the console knows and does, without a window\n\n"
                "  mailward-cli [--json] [--home DIR] VERB ...\n\n",
                MAILWARD_VERSION);
    for (const Command& command : commands()) {
        if (verb.isEmpty() || verb == QLatin1String(command.name)) {
            std::printf("  %s %s\n      %s\n", command.name, command.synopsis, command.summary);
        }
    }
    std::printf("\nExit: 0 done, 1 failed (stderr says what and what to do), 2 wrong use.\n");
}

/// Takes the options that stand for every verb out of the words.
Result<Context> readGlobalOptions(QStringList words)
{
    Context context;
    QString home;
    for (qsizetype i = 0; i < words.size();) {
        if (words[i] == QLatin1String("--json")) {
            context.json = true;
            words.removeAt(i);
        } else if (words[i] == QLatin1String("--home")) {
            if (i + 1 >= words.size()) {
                return failure(ErrorCode::InvalidInput, QStringLiteral("--home takes a folder"));
            }
            home = words[i + 1];
            words.remove(i, 2);
        } else if (words[i] == QLatin1String("--")) {
            break;
        } else {
            ++i;
        }
    }
    context.words = words;
    context.paths = DataPaths::locate(home);
    return context;
}

} // namespace

int main(int argc, char** argv)
{
    guardProcess(); // before a secret can be in memory
    const QCoreApplication application(argc, argv);
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); // scripts read what it says: the same everywhere
    QCoreApplication::setApplicationName(QStringLiteral("mailward"));
    QCoreApplication::setApplicationVersion(QStringLiteral(MAILWARD_VERSION));

    auto context = readGlobalOptions(QCoreApplication::arguments().mid(1));
    if (!context) {
        return wrongUse(context.error().text);
    }
    if (context->words.isEmpty()) {
        printHelp({});
        return kWrongUse;
    }
    const QString verb = context->words.takeFirst();
    if (verb == QLatin1String("help") || verb == QLatin1String("--help") || verb == QLatin1String("-h")) {
        printHelp(context->words.value(0));
        return kDone;
    }
    if (verb == QLatin1String("version") || verb == QLatin1String("--version")) {
        std::printf("mailward-cli %s\n", MAILWARD_VERSION);
        return kDone;
    }
    const auto all = commands();
    const auto found = std::find_if(all.begin(), all.end(), [&](const Command& c) { return verb == QLatin1String(c.name); });
    if (found == all.end()) {
        return wrongUse(QStringLiteral("there is no verb '%1'").arg(verb));
    }
    return found->run(*context);
}

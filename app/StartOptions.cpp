// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/StartOptions.h"

#include <map>

namespace mailward {

tl::expected<StartOptions, QString> StartOptions::read(const QStringList& words)
{
    StartOptions options;
    const std::map<QString, QString*> withValue{{QStringLiteral("--home"), &options.home},
                                                {QStringLiteral("--grab"), &options.grab},
                                                {QStringLiteral("--summary"), &options.summary},
                                                {QStringLiteral("--theme"), &options.theme},
                                                {QStringLiteral("--page"), &options.page},
                                                {QStringLiteral("--filter"), &options.filter}};
    const std::map<QString, bool*> switches{{QStringLiteral("--demo"), &options.demo},
                                            {QStringLiteral("--help"), &options.help},
                                            {QStringLiteral("-h"), &options.help},
                                            {QStringLiteral("--version"), &options.version}};
    for (qsizetype i = 0; i < words.size(); ++i) {
        const QString& word = words[i];
        if (const auto found = switches.find(word); found != switches.end()) {
            *found->second = true;
        } else if (const auto named = withValue.find(word); named != withValue.end()) {
            if (++i == words.size()) {
                return tl::unexpected(word + QStringLiteral(" takes a value"));
            }
            *named->second = words[i];
        } else if (word == QLatin1String("--size")) {
            const QStringList sides = words.value(++i).split(QLatin1Char('x'));
            options.size = QSize(sides.value(0).toInt(), sides.value(1).toInt());
            if (sides.size() != 2 || options.size.width() < 640 || options.size.height() < 480 || options.size.width() > 16384 || options.size.height() > 16384) {
                return tl::unexpected(word + QStringLiteral(" takes WIDTHxHEIGHT, 640x480 at least"));
            }
        } else if (word == QLatin1String("--confirm-within")) {
            bool isNumber = false;
            options.confirmWithin = words.value(++i).toInt(&isNumber);
            if (!isNumber || options.confirmWithin < 5 || options.confirmWithin > 600) {
                return tl::unexpected(word + QStringLiteral(" takes a number of seconds, 5 to 600"));
            }
        } else if (word.startsWith(QLatin1Char('-')) && word.size() > 1) {
            return tl::unexpected(QStringLiteral("there is no option ") + word);
        } else {
            options.files << word;
        }
    }
    return options;
}

QString StartOptions::helpText()
{
    return QStringLiteral("mailward " MAILWARD_VERSION ": the console for people who run mail servers\n\n"
                          "  mailward [--demo] [--home DIR] [LOG FILE ...]\n\n"
                          "  --demo          open the bundled incident; nothing of yours is touched\n"
                          "  --home DIR      keep profiles, database, journal and audit in DIR\n"
                          "  --theme NAME    light or dark (default: as the desktop)\n"
                          "  --page NAME     triage, servers, bans, accounts or audit\n"
                          "  --filter TEXT   begin with this filter, such as \"country:CN outcome:failure\"\n"
                          "  --size WxH      size of the window\n"
                          "  --confirm-within S  seconds in which a change is to be kept, else the servers undo it (default 60)\n"
                          "  --grab FILE     save a picture of the window when all is loaded, then quit\n"
                          "  --summary FILE  and what it shows, as text\n"
                          "  --version, --help\n\n"
                          "Without a window: mailward-cli help\n");
}

} // namespace mailward

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/ProcessGuard.h"
#include "app/StartOptions.h"
#include "app/Translations.h"
#include "app/Wiring.h"
#include "models/geo/GeoDatabase.h"

#include <QApplication>
#include <QMessageBox>
#include <cstdio>
#include <cstdlib>

using namespace mailward;

namespace {

QStringList wordsOf(int argc, char** argv)
{
    QStringList words;
    for (int i = 1; i < argc; ++i) {
        words << QString::fromLocal8Bit(argv[i]);
    }
    return words;
}

bool hasDisplay()
{
    const QByteArray platform = qgetenv("QT_QPA_PLATFORM");
    return !platform.isEmpty() || qEnvironmentVariableIsSet("DISPLAY") || qEnvironmentVariableIsSet("WAYLAND_DISPLAY");
}

int sayNoDisplay(const char* why)
{
    std::fprintf(stderr, "mailward: %s\n"
                         "  hint: mailward-cli does the same without a window; or set QT_QPA_PLATFORM=offscreen and use --grab FILE\n", why);
    return 1;
}

/// What Qt says is passed on, but for two things. Without a display it complains of each window that it has none: noise in front of
/// what a person wants to read. And with a display that nobody answers at it aborts, with a core dump in place of a hint.
void hearQt()
{
    static const bool offscreen = qgetenv("QT_QPA_PLATFORM") == "offscreen";
    static QtMessageHandler usual = nullptr;
    usual = qInstallMessageHandler([](QtMsgType type, const QMessageLogContext& context, const QString& text) {
        if (type == QtFatalMsg && text.contains(QLatin1String("platform plugin"))) {
            std::_Exit(sayNoDisplay("the display (DISPLAY or WAYLAND_DISPLAY) does not answer, or does not let us in"));
        }
        const bool isNoise = text.startsWith(QLatin1String("This plugin does not support")) || text.startsWith(QLatin1String("QStandardPaths: XDG_RUNTIME_DIR"));
        if (!offscreen || !isNoise) {
            usual(type, context, text);
        }
    });
}

/// The child of GeoImport: reads a file that may be made to crash its reader. No window, no access to anything else.
int checkGeography(int argc, char** argv, const QString& path)
{
    const QCoreApplication application(argc, argv);
    const auto usable = verifyMmdb(path);
    if (!usable) {
        std::fprintf(stderr, "%s\n", qUtf8Printable(usable.error().text));
    }
    return usable ? 0 : 1;
}

/// Nothing can be opened: said on stderr, and in a box for those who started from a menu and see no stderr.
int sayWhy(const Error& error)
{
    std::fprintf(stderr, "mailward: %s\n  hint: %s\n", qUtf8Printable(error.text), qUtf8Printable(error.hint));
    if (QGuiApplication::platformName() != QLatin1String("offscreen")) {
        QMessageBox box(QMessageBox::Critical, QStringLiteral("Mailward"), QString(), QMessageBox::Close);
        box.setTextFormat(Qt::PlainText);
        box.setText(error.text + QStringLiteral("\n\n") + error.hint);
        box.show();
        QApplication::exec();
    }
    return 1;
}

} // namespace

int main(int argc, char** argv)
{
    guardProcess();
    const QStringList words = wordsOf(argc, argv);
    if (words.size() == 2 && words.first() == QLatin1String("--verify-mmdb")) {
        return checkGeography(argc, argv, words.last());
    }
    auto options = StartOptions::read(words);
    if (!options) {
        std::fprintf(stderr, "mailward: %s\n  try: mailward --help\n", qUtf8Printable(options.error()));
        return 2;
    }
    if (options->help) {
        std::printf("%s", qUtf8Printable(StartOptions::helpText()));
        return 0;
    }
    if (options->version) {
        std::printf("mailward %s\n", MAILWARD_VERSION);
        return 0;
    }
#ifdef Q_OS_LINUX
    if (!hasDisplay()) {
        return sayNoDisplay("there is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set)");
    }
#endif
    hearQt();
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("mailward"));
    QApplication::setApplicationDisplayName(QStringLiteral("Mailward"));
    QApplication::setApplicationVersion(QStringLiteral(MAILWARD_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("org.mailward.Mailward"));
    options->program = QCoreApplication::applicationFilePath();
    const Translations translations(QLocale{});
    const auto wiring = Wiring::make(*options);
    if (!wiring) {
        return sayWhy(wiring.error());
    }
    (*wiring)->start();
    if (options->demo && options->grab.isEmpty() && options->summary.isEmpty()) {
        (*wiring)->takeTour();
    }
    return QApplication::exec();
}

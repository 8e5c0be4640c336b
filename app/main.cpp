// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/ProcessGuard.h"
#include "app/StartOptions.h"
#include "app/Wiring.h"

#include <QApplication>
#include <QMessageBox>
#include <cstdio>

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

/// Qt ends the process without a word that helps when there is no display: say it before.
bool hasDisplay()
{
    const QByteArray platform = qgetenv("QT_QPA_PLATFORM");
    return !platform.isEmpty() || qEnvironmentVariableIsSet("DISPLAY") || qEnvironmentVariableIsSet("WAYLAND_DISPLAY");
}

/// Without a display Qt complains of each window that it has none: noise in front of what a person wants to read.
void silenceOffscreen()
{
    if (qgetenv("QT_QPA_PLATFORM") != "offscreen") {
        return;
    }
    static QtMessageHandler usual = nullptr;
    usual = qInstallMessageHandler([](QtMsgType type, const QMessageLogContext& context, const QString& text) {
        if (!text.startsWith(QLatin1String("This plugin does not support")) && !text.startsWith(QLatin1String("QStandardPaths: XDG_RUNTIME_DIR"))) {
            usual(type, context, text);
        }
    });
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
    const auto options = StartOptions::read(wordsOf(argc, argv));
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
        std::fprintf(stderr, "mailward: there is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set)\n"
                             "  hint: mailward-cli does the same without a window; or set QT_QPA_PLATFORM=offscreen and use --grab FILE\n");
        return 1;
    }
#endif
    silenceOffscreen();
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("mailward"));
    QApplication::setApplicationDisplayName(QStringLiteral("Mailward"));
    QApplication::setApplicationVersion(QStringLiteral(MAILWARD_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("org.mailward.Mailward"));
    const auto wiring = Wiring::make(*options);
    if (!wiring) {
        return sayWhy(wiring.error());
    }
    (*wiring)->start();
    return QApplication::exec();
}

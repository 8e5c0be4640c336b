// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/DataPaths.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QStandardPaths>

namespace mailward {

namespace {

QString shareFolder()
{
    const QString fromEnvironment = qEnvironmentVariable("MAILWARD_SHARE");
    if (!fromEnvironment.isEmpty()) {
        return fromEnvironment;
    }
    const QDir beside(QCoreApplication::applicationDirPath() + QStringLiteral("/../share/mailward"));
    return beside.exists() ? beside.canonicalPath() : QStringLiteral("/usr/share/mailward");
}

/// Creates the folder, for its owner only.
void makePrivate(const QString& path)
{
    QDir().mkpath(path);
    QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
}

} // namespace

DataPaths DataPaths::locate(const QString& home)
{
    DataPaths paths;
    paths.share = shareFolder();
    if (home.isEmpty()) {
        paths.config = QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) + QStringLiteral("/mailward");
        paths.state = QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + QStringLiteral("/mailward");
    } else {
        paths.config = QDir(home).absoluteFilePath(QStringLiteral("config"));
        paths.state = QDir(home).absoluteFilePath(QStringLiteral("state"));
    }
    makePrivate(paths.config);
    makePrivate(paths.state);
    return paths;
}

} // namespace mailward

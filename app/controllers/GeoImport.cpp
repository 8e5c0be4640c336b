// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/controllers/GeoImport.h"

#include "app/controllers/ViewWords.h"
#include "models/core/UntrustedText.h"

#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QLocale>
#include <QProcess>
#include <QSaveFile>
#include <QTemporaryFile>
#include <QTimeZone>

namespace mailward {

namespace {

constexpr int kPatience = 60'000;                 ///< ms for the child
constexpr qint64 kLargest = qint64{512} << 20U;   ///< bytes; the largest such file that is known has 130 MB
constexpr qint64 kPiece = qint64{4} << 20U;

/// A copy that nobody can change or cut short under us; the one before stays until the new one is whole.
Result<void> copyTo(QFile& from, QIODevice& to)
{
    while (!from.atEnd()) {
        const QByteArray piece = from.read(kPiece);
        if (piece.isEmpty() || to.write(piece) != piece.size()) {
            return failure(ErrorCode::Io, tr("The file could not be copied: %1").arg(from.error() != QFile::NoError ? from.errorString() : to.errorString()), tr("Is the disk full?"));
        }
    }
    return {};
}

} // namespace

Result<void> GeoImport::check(const QString& path) const
{
    QProcess child;
    child.setStandardOutputFile(QProcess::nullDevice());
    child.start(m_checker, {QStringLiteral("--verify-mmdb"), path});
    if (!child.waitForStarted(kPatience) || !child.waitForFinished(kPatience)) {
        child.kill();
        child.waitForFinished(1000);
        return failure(ErrorCode::Timeout, tr("The file was not read to its end in a minute"), tr("Choose another file."));
    }
    if (child.exitStatus() != QProcess::NormalExit) {
        return failure(ErrorCode::Corrupt, tr("This file makes its reader crash"), tr("It is damaged or made to do harm: do not use it."));
    }
    if (child.exitCode() != 0) {
        return failure(ErrorCode::Corrupt, UntrustedText(child.readAllStandardError().trimmed().toStdString()).plain(300), tr("Choose a database of countries (.mmdb) of MaxMind, DB-IP or ip-location-db."));
    }
    return {};
}

Result<std::shared_ptr<const GeoDatabase>> GeoImport::run(const QString& path) const
{
    QFile from(path);
    const QString own = ownFile(m_paths);
    if (!from.open(QIODevice::ReadOnly) || from.size() > kLargest || !QDir().mkpath(QFileInfo(own).path())) {
        return failure(ErrorCode::Io, tr("%1 could not be read").arg(QFileInfo(path).fileName()), from.size() > kLargest ? tr("It is larger than any known database of countries.") : from.errorString());
    }
    // What is checked is the copy: the original may change in between.
    QTemporaryFile copy(QFileInfo(own).path() + QStringLiteral("/incoming-XXXXXX"));
    if (!copy.open()) {
        return failure(ErrorCode::Io, tr("%1 could not be copied").arg(QFileInfo(path).fileName()), copy.errorString());
    }
    if (auto copied = copyTo(from, copy); !copied || !copy.flush()) {
        return tl::unexpected(copied ? Error{ErrorCode::Io, tr("The file could not be copied"), copy.errorString()} : copied.error());
    }
    if (auto checked = check(copy.fileName()); !checked) {
        return tl::unexpected(checked.error());
    }
    auto opened = GeoDatabase::openShipped(m_paths.share, copy.fileName());
    if (!opened) {
        return opened;
    }
    QSaveFile kept(own);
    copy.seek(0);
    if (!kept.open(QIODevice::WriteOnly)) {
        return failure(ErrorCode::Io, tr("The file could not be kept"), kept.errorString());
    }
    if (auto copied = copyTo(copy, kept); !copied) {
        return tl::unexpected(copied.error());
    }
    if (!kept.commit()) {
        return failure(ErrorCode::Io, tr("The file could not be kept"), kept.errorString());
    }
    return opened;
}

QString geoSourceText(const GeoSource& source, Instant now)
{
    if (!source.isLoaded() || source.type.isEmpty()) {
        return {};
    }
    const QString type = UntrustedText(source.type.toStdString()).plain(40);
    const auto age = source.ageDays(now);
    if (!age) {
        return type;
    }
    const QDate day = QDateTime::fromMSecsSinceEpoch(toMicros(*source.built) / 1000, QTimeZone::utc()).date();
    const QString date = QLocale().toString(day, QStringLiteral("d MMM yyyy"));
    return *age > 0 ? tr("%1 of %2 (%3 days old)").arg(type, date).arg(*age) : tr("%1 of %2").arg(type, date);
}

} // namespace mailward

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/DataPaths.h"
#include "models/geo/GeoDatabase.h"

#include <memory>

namespace mailward {

/// A newer country database that a person dropped onto the window: read as a stranger's file by a child process, copied, and only then
/// used. Blocking; any thread but the window's.
class GeoImport
{
public:
    /// `checker`: our own program, which with --verify-mmdb FILE reads the file and says on stderr what is wrong with it.
    GeoImport(DataPaths paths, QString checker) : m_paths(std::move(paths)), m_checker(std::move(checker)) {}

    /// The geography with that file in front. After an error everything is as before.
    [[nodiscard]] Result<std::shared_ptr<const GeoDatabase>> run(const QString& path) const;
    /// Where the copy stands.
    [[nodiscard]] static QString ownFile(const DataPaths& paths) { return paths.state + QStringLiteral("/geo/country.mmdb"); }

private:
    [[nodiscard]] Result<void> check(const QString& path) const;

    DataPaths m_paths;
    QString m_checker;
};

/// "DB-IP Lite of 1 Jun 2026 (174 days old)"; empty without data.
[[nodiscard]] QString geoSourceText(const GeoSource& source, Instant now);

} // namespace mailward

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/Result.h"

#include <QStringList>
#include <vector>

namespace mailward {

class SqlSession;

/// One numbered step of the schema: a file NNN_name.sql.
struct SchemaStep {
    int number = 0;
    QString name;
    QStringList statements;
};

/// The steps in `folder` (default: those that we ship), sorted. The numbers start at 1 and have no gap.
[[nodiscard]] Result<std::vector<SchemaStep>> readSchemaSteps(const QString& folder = QStringLiteral(":/schema"));

/// Brings a database to the last step, all missing steps in one transaction. Conflict when it was written by a newer
/// program; InvalidInput when it holds tables that are not ours.
[[nodiscard]] Result<void> migrateSchema(const SqlSession& session, const std::vector<SchemaStep>& steps);

} // namespace mailward

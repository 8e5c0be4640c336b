// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/SchemaMigration.h"

#include "models/store/SqlSession.h"

#include <QDir>
#include <QFile>

/// A static library's resources are only there when somebody asks for them; the macro must stand outside a namespace.
static void initSchemaResource() { Q_INIT_RESOURCE(store_schema); }

namespace mailward {

namespace {

/// "MwEv": tells our files from other programs' databases.
constexpr int kApplicationId = 0x4d774576;

QStringList statementsOf(const QString& script)
{
    QString bare;
    for (const QString& line : script.split(QLatin1Char('\n'))) {
        if (!line.trimmed().startsWith(QStringLiteral("--"))) {
            bare += line + QLatin1Char('\n');
        }
    }
    QStringList statements;
    for (const QString& statement : bare.split(QLatin1Char(';'))) {
        if (!statement.trimmed().isEmpty()) {
            statements << statement.trimmed();
        }
    }
    return statements;
}

Result<void> applySteps(const SqlSession& session, const std::vector<SchemaStep>& steps, int from)
{
    for (const SchemaStep& step : steps) {
        if (step.number <= from) {
            continue;
        }
        for (const QString& statement : step.statements) {
            if (const auto done = session.run(statement); !done) {
                return tl::unexpected(done.error());
            }
        }
    }
    // A pragma takes no bound values; both are numbers of our own.
    for (const QString& pragma : {QStringLiteral("PRAGMA user_version=%1").arg(steps.back().number),
                                  QStringLiteral("PRAGMA application_id=%1").arg(kApplicationId)}) {
        if (const auto done = session.run(pragma); !done) {
            return tl::unexpected(done.error());
        }
    }
    return {};
}

} // namespace

Result<std::vector<SchemaStep>> readSchemaSteps(const QString& folder)
{
    initSchemaResource();
    std::vector<SchemaStep> steps;
    for (const QString& name : QDir(folder).entryList({QStringLiteral("*.sql")}, QDir::Files, QDir::Name)) {
        QFile file(folder + QLatin1Char('/') + name);
        const int number = name.section(QLatin1Char('_'), 0, 0).toInt();
        if (!file.open(QIODevice::ReadOnly) || number != static_cast<int>(steps.size()) + 1) {
            return failure(ErrorCode::Internal, QStringLiteral("Schema step %1 is out of order or unreadable.").arg(name));
        }
        steps.push_back({number, name, statementsOf(QString::fromUtf8(file.readAll()))});
    }
    if (steps.empty()) {
        return failure(ErrorCode::Internal, QStringLiteral("There is no database schema in %1.").arg(folder));
    }
    return steps;
}

Result<void> migrateSchema(const SqlSession& session, const std::vector<SchemaStep>& steps)
{
    const auto version = session.value(QStringLiteral("PRAGMA user_version"));
    const auto application = session.value(QStringLiteral("PRAGMA application_id"));
    const auto tables = session.value(QStringLiteral("SELECT count(*) FROM sqlite_master"));
    for (const auto* answer : {&version, &application, &tables}) {
        if (!*answer) {
            return tl::unexpected(answer->error());
        }
    }
    if (tables->toInt() > 0 && application->toInt() != kApplicationId) {
        return failure(ErrorCode::InvalidInput, QStringLiteral("This is the database of another program."),
                       QStringLiteral("Choose another file for the event store."));
    }
    if (version->toInt() > steps.back().number) {
        return failure(ErrorCode::Conflict,
                       QStringLiteral("The event store was written by a newer Mailward (schema %1, this one knows %2).")
                           .arg(version->toInt())
                           .arg(steps.back().number),
                       QStringLiteral("Update Mailward, or give this one its own folder with --home."));
    }
    if (version->toInt() == steps.back().number) {
        return {};
    }
    return session.transaction([&] { return applySteps(session, steps, version->toInt()); });
}

} // namespace mailward

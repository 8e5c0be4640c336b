// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMap>
#include <QSet>
#include <QString>
#include <QStringList>
#include <optional>

namespace mailward {

/// One server of the rig, as rig.json describes it.
struct RigHost {
    QString name;
    QString ip;
    QString user;
    QString fingerprint; ///< "SHA256:..."
    QStringList logs;
};

/// A rig that is up (tests/rig): its description, its driver's truth, and its tools, for tests that run as the operator.
class RigAccess
{
public:
    /// Reads the file named by MAILWARD_RIG; not valid without it.
    RigAccess();

    [[nodiscard]] bool isValid() const { return !m_about.isEmpty(); }
    [[nodiscard]] const QList<RigHost>& hosts() const { return m_hosts; }
    [[nodiscard]] QString key() const { return m_about.value(QStringLiteral("operator_key")).toString(); }
    [[nodiscard]] QString person() const; ///< the address of somebody who works there
    /// Address -> wrong passwords that the servers refused, from what the driver wrote down.
    [[nodiscard]] QMap<QString, quint64> failures() const;
    [[nodiscard]] quint64 logins() const; ///< attempts that were let in
    /// What the clients see when they connect: "open", "timeout" ...; one word for all of them, or all words that came.
    /// Keeps the event loop going while it waits.
    [[nodiscard]] QString probe(const QStringList& addresses, const QList<int>& ports, double patience) const;
    /// Runs the driver's scenario that MAILWARD_RIG_SCENARIO names, its truth beside the rig's; false when it failed.
    [[nodiscard]] bool playScenario() const;
    /// rig VERB --id ID WORDS; false when it failed.
    [[nodiscard]] bool call(const QString& verb, const QStringList& words) const;

private:
    [[nodiscard]] QString truthPath() const;
    [[nodiscard]] std::optional<QByteArray> run(const QString& program, const QStringList& words, const QString& input = {}) const;
    [[nodiscard]] QList<QJsonObject> truth() const;

    QString m_file;
    QJsonObject m_about;
    QList<RigHost> m_hosts;
};

} // namespace mailward

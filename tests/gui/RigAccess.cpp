// SPDX-License-Identifier: GPL-3.0-or-later
#include "RigAccess.h"

#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QTest>

namespace mailward {

RigAccess::RigAccess() : m_file(qEnvironmentVariable("MAILWARD_RIG"))
{
    QFile file(m_file);
    if (m_file.isEmpty() || !file.open(QIODevice::ReadOnly)) {
        return;
    }
    m_about = QJsonDocument::fromJson(file.readAll()).object();
    for (const QJsonValue& value : m_about.value(QStringLiteral("hosts")).toArray()) {
        const QJsonObject host = value.toObject();
        RigHost one{host.value(QStringLiteral("name")).toString(), host.value(QStringLiteral("ip")).toString(), host.value(QStringLiteral("ssh_user")).toString(),
                    host.value(QStringLiteral("host_key_fingerprint")).toString(), {}};
        for (const QJsonValue& path : host.value(QStringLiteral("logs")).toObject()) {
            one.logs << path.toString();
        }
        m_hosts << one;
    }
}

QString RigAccess::person() const
{
    return m_about.value(QStringLiteral("people")).toArray().first().toObject().value(QStringLiteral("ip")).toString();
}

QString RigAccess::truthPath() const { return QFileInfo(m_file).path() + QStringLiteral("/../truth.jsonl"); }

QList<QJsonObject> RigAccess::truth() const
{
    QList<QJsonObject> rows;
    QFile file(truthPath());
    if (file.open(QIODevice::ReadOnly)) {
        for (const QByteArray& line : file.readAll().split('\n')) {
            rows << QJsonDocument::fromJson(line).object();
        }
    }
    return rows;
}

QMap<QString, quint64> RigAccess::failures() const
{
    QMap<QString, quint64> found;
    for (const QJsonObject& one : truth()) {
        if (one.value(QStringLiteral("outcome")) == QStringLiteral("failure") && one.value(QStringLiteral("attempts")).toInt() > 0) {
            found[one.value(QStringLiteral("ip")).toString()] += static_cast<quint64>(one.value(QStringLiteral("attempts")).toInt());
        }
    }
    return found;
}

quint64 RigAccess::logins() const
{
    const auto rows = truth();
    return static_cast<quint64>(std::count_if(rows.begin(), rows.end(), [](const QJsonObject& one) { return one.value(QStringLiteral("outcome")) == QStringLiteral("success"); }));
}

QString RigAccess::probe(const QStringList& addresses, const QList<int>& ports, double patience) const
{
    QStringList numbers;
    for (const int port : ports) {
        numbers << QString::number(port);
    }
    const auto answer = run(QStringLiteral("driver"), {QStringLiteral("--rig"), m_file, QStringLiteral("probe"), QStringLiteral("--ip"), addresses.join(QLatin1Char(',')),
                                                             QStringLiteral("--ports"), numbers.join(QLatin1Char(',')), QStringLiteral("--timeout"), QString::number(patience),
                                                             QStringLiteral("--hosts"), QStringLiteral("mx1,mx2")});
    QSet<QString> states;
    for (const QJsonValue& one : QJsonDocument::fromJson(answer.value_or(QByteArray())).array()) {
        states.insert(one.toObject().value(QStringLiteral("state")).toString());
    }
    QStringList words(states.begin(), states.end());
    words.sort();
    return words.isEmpty() ? QStringLiteral("the probe itself failed") : words.join(QLatin1Char(' '));
}

bool RigAccess::playScenario() const
{
    return run(QStringLiteral("driver"), {QStringLiteral("--rig"), m_file, QStringLiteral("--truth"), truthPath(), QStringLiteral("scenario")},
               qEnvironmentVariable("MAILWARD_RIG_SCENARIO")).has_value();
}

bool RigAccess::call(const QString& verb, const QStringList& words) const
{
    return run(QStringLiteral("rig"), QStringList{verb, QStringLiteral("--id"), m_about.value(QStringLiteral("id")).toString()} + words).has_value();
}

std::optional<QByteArray> RigAccess::run(const QString& program, const QStringList& words, const QString& input) const
{
    QProcess process;
    if (!input.isEmpty()) {
        process.setStandardInputFile(input);
    }
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process.start(QStringLiteral(MAILWARD_SOURCE_DIR "/tests/rig/") + program, words);
    // The window goes on while the tool works, as it does beside a person's other programs.
    if (!QTest::qWaitFor([&process] { return process.state() == QProcess::NotRunning; }, 120'000) || process.exitCode() != 0) {
        return std::nullopt;
    }
    return process.readAllStandardOutput();
}

} // namespace mailward

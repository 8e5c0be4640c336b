// SPDX-License-Identifier: GPL-3.0-or-later
// The command line gives the window's answer: the site's allow-list, its own servers and its false alarms count in every verb that
// looks for incidents.
#include "HandMadeLog.h"
#include "models/detect/SiteThresholds.h"
#include "models/respond/AllowList.h"
#include "models/servers/ProfileStore.h"
#include "tests/support/FailedLogin.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace mailward;

namespace {

constexpr int kSources = 8;
constexpr int kTen = 10 * 3600; // o'clock

std::string sourceAddress(int i) { return "45." + std::to_string(10 + i) + ".7.9"; }

/// Eight addresses, sixty tries each.
QByteArray bruteForce()
{
    QByteArray lines;
    for (int i = 0; i < 60 * kSources; ++i) {
        lines += failedLogin(kTen + 15 * i, QByteArray::fromStdString(sourceAddress(i % kSources)), "u" + QByteArray::number(i % 20) + "@example.org");
    }
    return lines;
}

} // namespace

class TestCliDetect : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void theAllowListCounts();
    void ownServersStandApart();
    void aBrokenAllowListIsSaid();
    void falseAlarmsAreNotPlannedFor();

private:
    /// What a verb prints, line by line; -1 in `code`: any.
    std::vector<QJsonObject> cli(const QStringList& words, int code = 0);
    [[nodiscard]] std::set<std::string> named();
    [[nodiscard]] QString config() const { return m_home->filePath(QStringLiteral("config")); }

    std::unique_ptr<QTemporaryDir> m_home;
    QString m_log;
};

void TestCliDetect::init()
{
    m_home = std::make_unique<QTemporaryDir>();
    QVERIFY(QDir().mkpath(config()));
    m_log = m_home->filePath(QStringLiteral("mail.log"));
    QFile file(m_log);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bruteForce());
}

std::vector<QJsonObject> TestCliDetect::cli(const QStringList& words, int code)
{
    QProcess process;
    process.start(QStringLiteral(MAILWARD_BINARY_DIR "/bin/mailward-cli"), QStringList{QStringLiteral("--json"), QStringLiteral("--home"), m_home->path()} + words);
    const bool done = process.waitForFinished(60'000);
    std::vector<QJsonObject> rows;
    for (const QByteArray& line : process.readAllStandardOutput().split('\n')) {
        if (!line.isEmpty()) {
            rows.push_back(QJsonDocument::fromJson(line).object());
        }
    }
    if (!done || process.exitCode() != code) {
        QTest::qFail(process.readAllStandardError().constData(), __FILE__, __LINE__);
    }
    return rows;
}

std::set<std::string> TestCliDetect::named()
{
    std::set<std::string> all;
    for (const QJsonObject& incident : cli({QStringLiteral("findings"), m_log})) {
        for (const auto& source : incident.value(QStringLiteral("sources")).toArray()) {
            all.insert(source.toObject().value(QStringLiteral("ip")).toString().toStdString());
        }
    }
    return all;
}

void TestCliDetect::theAllowListCounts()
{
    QCOMPARE(named().size(), std::size_t{kSources});
    AllowList list;
    list.add({*Prefix::parse("45.10.0.0/16"), QStringLiteral("the scanner that we hired"), {}});
    list.add({*Prefix::parse("45.11.0.0/16"), QStringLiteral("last year's"), parseRfc3339("2026-01-01T00:00:00Z")});
    QVERIFY(list.save(config() + QStringLiteral("/allow.list")));
    const auto now = named();
    QVERIFY(!now.contains(sourceAddress(0)));
    QVERIFY(now.contains(sourceAddress(1)));
}

void TestCliDetect::ownServersStandApart()
{
    ServerProfile profile;
    profile.name = QStringLiteral("mx1");
    profile.endpoint.host = QString::fromStdString(sourceAddress(2));
    profile.endpoint.user = QStringLiteral("root");
    profile.jumpHosts.push_back(profile.endpoint);
    profile.jumpHosts.front().host = QString::fromStdString(sourceAddress(3));
    profile.logs = ServerProfile::usualLogs();
    QVERIFY(ProfileStore(config()).add(profile));
    const auto now = named();
    QVERIFY(!now.contains(sourceAddress(2)) && !now.contains(sourceAddress(3)));
    QCOMPARE(now.size(), std::size_t{kSources - 2});
}

void TestCliDetect::aBrokenAllowListIsSaid()
{
    QFile file(config() + QStringLiteral("/allow.list"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("45.10.0.0/16/9\n");
    file.close();
    QVERIFY(cli({QStringLiteral("findings"), m_log}, 1).empty());
}

void TestCliDetect::falseAlarmsAreNotPlannedFor()
{
    const auto plan = cli({QStringLiteral("plan"), QStringLiteral("--until"), QStringLiteral("2026-11-23T11:00:00Z"), m_log}); // half-way
    QCOMPARE(plan.size(), std::size_t{1});
    QVERIFY(!plan[0].value(QStringLiteral("bans")).toArray().isEmpty());
    QFile file(m_home->filePath(QStringLiteral("plan.json")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QJsonDocument(plan[0]).toJson());
    file.close();
    const QStringList judge{QStringLiteral("judge"), QStringLiteral("--plan"), file.fileName(), m_log};
    const QStringList replay{QStringLiteral("replay"), QStringLiteral("--maxretry"), QStringLiteral("2"), m_log};
    const auto stopped = [&](const QStringList& words) { return cli(words).at(0).value(QStringLiteral("sources_stopped_pct")).toDouble(); };
    QVERIFY(stopped(judge) > 0);
    QCOMPARE(stopped(replay), 100.0);

    Incident alarm;
    for (const QJsonObject& row : cli({QStringLiteral("findings"), m_log})) {
        QCOMPARE(row.value(QStringLiteral("kind")).toString(), QStringLiteral("brute-force"));
        alarm.id = row.value(QStringLiteral("id")).toString().toStdString();
        alarm.kind = IncidentKind::BruteForce;
        alarm.start = *parseRfc3339(row.value(QStringLiteral("start")).toString().toStdString());
        alarm.end = *parseRfc3339(row.value(QStringLiteral("end")).toString().toStdString());
        alarm.sources.resize(kSources);
        alarm.counts.attempts = 60 * kSources;
    }
    SiteThresholds site;
    site.markFalseAlarm(alarm, *parseRfc3339("2026-11-23T12:30:00Z"), QStringLiteral("anna"));
    QVERIFY(site.save(config() + QStringLiteral("/thresholds.toml")));
    QCOMPARE(cli({QStringLiteral("findings"), m_log}).at(0).value(QStringLiteral("severity")).toString(), QStringLiteral("info"));
    for (const QJsonObject& now : cli({QStringLiteral("plan"), m_log})) {
        QVERIFY2(now.value(QStringLiteral("bans")).toArray().isEmpty(), "somebody said that it is none");
    }
    QCOMPARE(stopped(judge), 0.0);
    QCOMPARE(stopped(replay), 0.0);
}

QTEST_GUILESS_MAIN(TestCliDetect)
#include "tst_CliDetect.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
// A server of the inventory is given another host, user or log, against a real sshd on loopback.
#include "app/controllers/ServerViews.h"
#include "app/controllers/ServersController.h"
#include "tests/support/LocalSshd.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace mailward;
using namespace mailward::test;

namespace {

constexpr int kPatience = 20'000;
constexpr int kLines = 5;
const QString kName = QStringLiteral("mx1");

} // namespace

class TestServersEdit : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void theFormHoldsWhatAProfileHas();
    void whatTheFormDoesNotShowStays();
    void aServerIsAdded();
    void anotherHostIsAStrangerAndIsLeftAsItWasWhenRefused();
    void anotherHostIsTakenOnceItsKeyIsAccepted();
    void whereNobodyAnswersAllIsAsBefore();
    void nonsenseIsRefusedBeforeAnythingIsTouched();
    void aLateAnswerIsNoneToTheNextQuestion();
    void anotherLogIsReadFromThenOn();

private:
    [[nodiscard]] ServerForm form() const { return *m_servers->formOf(kName); }
    [[nodiscard]] const ServerRow& row() const { return m_servers->model().rows().front(); }
    [[nodiscard]] QString storedHost() const { return ProfileStore(m_paths.config).find(kName).value().endpoint.host; }
    [[nodiscard]] QString asked() const { return m_keys.isEmpty() ? QString() : m_keys.last().host; }
    void write(const QString& log, int lines) const;

    LocalSshd m_sshd;
    QTemporaryDir m_folder;
    DataPaths m_paths;
    FixedClock m_clock{*parseRfc3339("2026-11-23T12:00:00Z")};
    std::unique_ptr<LocalEventStore> m_store;
    std::unique_ptr<ServersController> m_servers;
    QList<HostKeyView> m_keys; ///< questions about them
};

void TestServersEdit::write(const QString& log, int lines) const
{
    QFile file(m_folder.filePath(log));
    QVERIFY(file.open(QIODevice::Append));
    for (int i = 0; i < lines; ++i) {
        file.write(QStringLiteral("2026-11-23T11:%1:00.000000+00:00 mx1 dovecot: imap-login: Login: user=<anna@example.org>, method=PLAIN, rip=117.192.1.20, lip=192.0.2.11, "
                                  "mpid=7%1, TLS, session=<h%1>\n").arg(i + 10).toUtf8());
    }
}

void TestServersEdit::initTestCase()
{
    qputenv("HOME", m_folder.path().toUtf8()); // nobody's own known hosts
    QVERIFY2(m_sshd.start(), m_sshd.log().constData());
    m_paths = {{}, m_folder.filePath(QStringLiteral("config")), m_folder.filePath(QStringLiteral("state"))};
    QVERIFY(QDir().mkpath(m_paths.config) && QDir().mkpath(m_paths.state));
    m_store = *LocalEventStore::open({});
    m_servers = std::make_unique<ServersController>(m_paths, *m_store, *RuleBook::load(), m_clock);
    connect(m_servers.get(), &ServersController::hostKeyShown, this, [this](const HostKeyView& key) { m_keys << key; });
    m_servers->start();
}

void TestServersEdit::theFormHoldsWhatAProfileHas()
{
    ServerProfile profile;
    profile.name = kName;
    profile.endpoint = {QStringLiteral("192.0.2.11"), 2222, QStringLiteral("mwops"), AuthMethod::KeyFile, QStringLiteral("/home/anna/.ssh/id"), true};
    profile.jumpHosts = {{QStringLiteral("gate.example.org"), 22, QStringLiteral("anna"), AuthMethod::KeyFile, QStringLiteral("/home/anna/.ssh/id"), true},
                         {QStringLiteral("inner"), 2022, QStringLiteral("root"), AuthMethod::KeyFile, QStringLiteral("/home/anna/.ssh/id"), true}};
    profile.logs = {{"/var/log/maillog"}, {LogSource::kJournal}};
    profile.timezone = QStringLiteral("Asia/Kolkata");
    profile.backfillDays = 3;
    QCOMPARE(formOf(profile).jumpHosts, QStringLiteral("anna@gate.example.org, root@inner:2022"));
    QVERIFY(profileOf(formOf(profile)) == profile);
    profile.timezone = QLatin1String(ServerProfile::kServersZone);
    QVERIFY(formOf(profile).zone.isEmpty());
    QVERIFY(profileOf(formOf(profile)) == profile);
}

void TestServersEdit::whatTheFormDoesNotShowStays()
{
    ServerProfile profile;
    profile.name = kName;
    profile.endpoint = {QStringLiteral("192.0.2.11"), 22, QStringLiteral("root"), AuthMethod::Agent, {}, false};
    profile.jumpHosts = {{QStringLiteral("gate"), 22, QStringLiteral("anna"), AuthMethod::KeyFile, QStringLiteral("/home/anna/.ssh/gate"), false}};
    profile.logs = ServerProfile::usualLogs();
    profile.gate = GateMode::SudoGate;
    ServerForm changed = formOf(profile);
    changed.host = QStringLiteral("192.0.2.12");
    const ServerProfile after = profileOf(changed, profile);
    QVERIFY(after.jumpHosts == profile.jumpHosts && after.gate == GateMode::SudoGate);
    QCOMPARE(after.endpoint.host, QStringLiteral("192.0.2.12"));
    changed.user = QStringLiteral("mwops");
    changed.jumpHosts = QStringLiteral("anna@other");
    QCOMPARE(profileOf(changed, profile).jumpHosts.front().auth, AuthMethod::Agent);
}

void TestServersEdit::aServerIsAdded()
{
    write(QStringLiteral("mail.log"), kLines);
    const SshEndpoint here = m_sshd.endpoint();
    ServerForm filled;
    filled.name = kName;
    filled.host = here.host;
    filled.port = here.port;
    filled.user = here.user;
    filled.method = LoginMethod::KeyFile;
    filled.keyFile = m_sshd.userKey();
    filled.logPaths = {m_folder.filePath(QStringLiteral("mail.log"))};
    QSignalSpy added(m_servers.get(), &ServersController::added);
    QSignalSpy accepted(m_servers.get(), &ServersController::hostKeyAccepted);
    m_servers->add(filled, Secret());
    QTRY_COMPARE_WITH_TIMEOUT(m_keys.size(), 1, kPatience);
    m_servers->answerHostKey(kName, m_keys.last().fingerprint, true);
    QVERIFY(accepted.isEmpty()); // not before it is stored
    QTRY_COMPARE_WITH_TIMEOUT(added.size(), 1, kPatience);
    QCOMPARE(accepted.size(), 1);
    QCOMPARE(accepted.first(), QVariantList({kName, m_keys.last().fingerprint}));
    QTRY_COMPARE_WITH_TIMEOUT(row().lines, std::uint64_t{kLines}, kPatience);
}

void TestServersEdit::anotherHostIsAStrangerAndIsLeftAsItWasWhenRefused()
{
    QSignalSpy failed(m_servers.get(), &ServersController::addFailed);
    const QString before = form().host;
    ServerForm changed = form();
    changed.host = QStringLiteral("localhost");
    m_servers->change(kName, changed, Secret());
    QTRY_COMPARE_WITH_TIMEOUT(m_keys.size(), 2, kPatience);
    QCOMPARE(asked(), QStringLiteral("localhost"));
    QCOMPARE(m_keys.last().state, KeyStanding::Unknown);
    m_servers->answerHostKey(kName, m_keys.last().fingerprint, false);
    QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, kPatience);
    QCOMPARE(form().host, before);
    QCOMPARE(storedHost(), before);
    QTRY_COMPARE_WITH_TIMEOUT(row().state, LinkState::Live, kPatience); // it goes on with the key that it had
    QCOMPARE(m_keys.size(), 2);
    QCOMPARE(row().host, before);
}

void TestServersEdit::anotherHostIsTakenOnceItsKeyIsAccepted()
{
    QSignalSpy added(m_servers.get(), &ServersController::added);
    ServerForm changed = form();
    changed.host = QStringLiteral("localhost");
    m_servers->change(kName, changed, Secret());
    QTRY_COMPARE_WITH_TIMEOUT(m_keys.size(), 3, kPatience);
    m_servers->answerHostKey(kName, m_keys.last().fingerprint, true);
    QTRY_COMPARE_WITH_TIMEOUT(added.size(), 1, kPatience);
    QCOMPARE(storedHost(), QStringLiteral("localhost"));
    QTRY_COMPARE_WITH_TIMEOUT(row().state, LinkState::Live, kPatience);
    QCOMPARE(row().host, QStringLiteral("localhost"));
    QCOMPARE(row().lines, std::uint64_t{kLines}); // the same file: nothing is lost, nothing read twice
    QCOMPARE(m_store->snapshot()->rows(), std::size_t{kLines});
    m_servers->cancelTrial(); // the form was closed: what worked stays
    QCOMPARE(storedHost(), QStringLiteral("localhost"));
}

void TestServersEdit::whereNobodyAnswersAllIsAsBefore()
{
    QSignalSpy failed(m_servers.get(), &ServersController::addFailed);
    m_servers->setFollowing({kName}, false);
    const ServerForm before = form();
    ServerForm changed = before;
    changed.port = 1; // nothing listens there
    m_servers->change(kName, changed, Secret());
    QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, kPatience);
    QCOMPARE(form().port, before.port);
    QVERIFY(!row().following);
    QCOMPARE(m_servers->model().rowCount(), 1);
    m_servers->setFollowing({kName}, true);
    QTRY_COMPARE_WITH_TIMEOUT(row().state, LinkState::Live, kPatience);
}

void TestServersEdit::nonsenseIsRefusedBeforeAnythingIsTouched()
{
    QSignalSpy refused(m_servers.get(), &ServersController::formRefused);
    ServerForm changed = form();
    changed.user = QStringLiteral("-oProxyCommand=reboot");
    m_servers->change(kName, changed, Secret());
    QCOMPARE(refused.size(), 1);
    QCOMPARE(refused.first().first().value<FormProblem>().field, QStringLiteral("user"));
    QCOMPARE(row().state, LinkState::Live); // the one that is there was not even stopped
    m_servers->change(QStringLiteral("gone"), changed, Secret());
    QCOMPARE(m_servers->model().rowCount(), 1);
}

/// The dialog of a question still stands there when the log-in was given up and another one asks.
void TestServersEdit::aLateAnswerIsNoneToTheNextQuestion()
{
    const QString locked = m_folder.filePath(QStringLiteral("locked"));
    QVERIFY(QFile::copy(m_sshd.userKey(), locked) && QFile::setPermissions(locked, QFileDevice::ReadOwner | QFileDevice::WriteOwner));
    QVERIFY(runTool(QStringLiteral("ssh-keygen"), {QStringLiteral("-q"), QStringLiteral("-p"), QStringLiteral("-P"), QString(), QStringLiteral("-N"), QStringLiteral("right one"), QStringLiteral("-f"), locked}));
    QList<SecretQuestion> questions;
    const QObject here;
    connect(m_servers.get(), &ServersController::secretWanted, &here, [&](const SecretQuestion& question) { questions << question; });
    QSignalSpy added(m_servers.get(), &ServersController::added);
    QSignalSpy failed(m_servers.get(), &ServersController::addFailed);
    ServerForm changed = form();
    changed.keyFile = locked;
    m_servers->change(kName, changed, Secret());
    QTRY_COMPARE_WITH_TIMEOUT(questions.size(), 1, kPatience);
    m_servers->cancelTrial();
    m_servers->change(kName, changed, Secret());
    QTRY_COMPARE_WITH_TIMEOUT(questions.size(), 2, kPatience);
    QVERIFY(questions.first().number != questions.last().number);
    m_servers->answerSecret(questions.first(), Secret(std::string_view("wrong one")));
    m_servers->answerSecret(questions.last(), Secret(std::string_view("right one")));
    QTRY_COMPARE_WITH_TIMEOUT(added.size(), 1, kPatience);
    QVERIFY(failed.isEmpty());
    QCOMPARE(questions.size(), 2);
    changed.keyFile = m_sshd.userKey();
    m_servers->change(kName, changed, Secret());
    QTRY_COMPARE_WITH_TIMEOUT(added.size(), 2, kPatience);
}

void TestServersEdit::anotherLogIsReadFromThenOn()
{
    write(QStringLiteral("other.log"), 2);
    ServerForm changed = form();
    changed.name = QStringLiteral("renamed"); // cannot be: its events stand under its name
    changed.logPaths << m_folder.filePath(QStringLiteral("other.log"));
    m_servers->change(kName, changed, Secret());
    QTRY_COMPARE_WITH_TIMEOUT(row().lines, std::uint64_t{kLines + 2}, kPatience);
    QCOMPARE(row().name, kName);
    QCOMPARE(m_keys.size(), 3);
    m_servers.reset();
}

QTEST_GUILESS_MAIN(TestServersEdit)
#include "tst_ServersEdit.moc"

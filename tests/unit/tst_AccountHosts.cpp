// SPDX-License-Identifier: GPL-3.0-or-later
// Containment with the real helper, when something happens on the server between two of our words to it.
#include "models/respond/AccountExecutor.h"
#include "tests/support/GateHost.h"

#include <QTemporaryDir>
#include <QTest>

#include <tuple>

using namespace mailward;

namespace {

const QByteArray kOld = "$6$old$" + QByteArray(86, 'o');

/// Before the first command whose data hold `word`, `line` runs on the server.
class MeddledRunner final : public CommandRunner
{
public:
    MeddledRunner(const GateHost& host, QByteArray word, QString line) : m_host(host), m_runner(host, nullptr), m_word(std::move(word)), m_line(std::move(line)) {}
    [[nodiscard]] Result<CommandOutput> run(const RemoteCommand& command) override
    {
        if (!m_line.isEmpty() && command.stdinData.contains(m_word)) {
            std::ignore = m_host.run({QStringLiteral("/bin/sh"), QStringLiteral("-c"), m_line});
            m_line.clear();
        }
        return m_runner.run(command);
    }

private:
    const GateHost& m_host;
    GateHostRunner m_runner;
    QByteArray m_word;
    QString m_line;
};

struct Console {
    QTemporaryDir folder;
    SystemClock clock;
    std::unique_ptr<AccountJournal> journal = *AccountJournal::open(folder.filePath(QStringLiteral("accounts.jsonl")), clock);
    std::unique_ptr<AuditLog> audit = *AuditLog::open(folder.path(), clock);
    AccountExecutor executor{*journal, *audit, clock};
};

} // namespace

class TestAccountHosts : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        if (::geteuid() != 0) {
            QSKIP("needs root: a host with an /etc of its own");
        }
    }
    void init();
    void takenBackBeforeItIsConfirmed();
    void writtenInOnePlaceOnly();
    void backIsWhatIsBackEverywhere();
    void aStepThatFailsLeavesTheNewPassword();

private:
    QByteArray sh(const QString& line) { return m_host->run({QStringLiteral("/bin/sh"), QStringLiteral("-c"), line}).out; }
    /// Resets anna on the host; `line` runs there before the command that holds `word`.
    Result<AccountReport> reset(const QByteArray& word, const QString& line);

    std::unique_ptr<GateHost> m_host;
    std::unique_ptr<Console> m_console;
    AccountPlan m_plan;
};

/// One account in two passwd-files.
void TestAccountHosts::init()
{
    m_host = std::make_unique<GateHost>();
    QVERIFY(m_host->start());
    m_console = std::make_unique<Console>();
    QByteArray settings;
    for (const char* name : {"first", "second"}) {
        settings += QByteArray("[") + name + "]\nkind = passwd-file\npath = /run/mail/" + name + "/users\nsource = /run/mail/" + name + "\nformat = %u\nscheme = CRYPT\n";
        sh(QStringLiteral("mkdir -p /run/mail/%1; echo 'anna:%2' >/run/mail/%1/users").arg(QLatin1String(name), QString::fromLatin1(kOld)));
    }
    std::ignore = m_host->run({QStringLiteral("/bin/sh"), QStringLiteral("-c"), QStringLiteral("rm -rf /etc/dovecot /etc/postfix; mkdir -p /etc/mailward; umask 077; cat >/etc/mailward/accounts")}, settings);
    m_plan = *makeAccountPlan(AccountAction::Reset, {"anna"}, m_console->clock.now(), QStringLiteral("chosen by hand"));
    m_plan.hash = HashChoice{};
    m_plan.steps = {.flush = false, .kick = false, .cutSmtp = false, .cutSilent = false, .hold = false, .review = false}; // no mail runs here
}

Result<AccountReport> TestAccountHosts::reset(const QByteArray& word, const QString& line)
{
    const ExecutorTarget target{QStringLiteral("mx1"), GateAccess::SentAsRoot,
                                [this, word, line]() -> Result<std::unique_ptr<CommandRunner>> { return std::make_unique<MeddledRunner>(*m_host, word, line); }};
    AccountOptions options;
    options.who = QStringLiteral("kim");
    return m_console->executor.apply(m_plan, {target}, options);
}

void TestAccountHosts::takenBackBeforeItIsConfirmed()
{
    const QString id = m_plan.id;
    const auto report = reset("account-confirm\n" + id.toLatin1(),
                              QStringLiteral("echo 1 >/etc/mailward/accounts.d/%1/until; printf 'account-expire\\n%1\\nend\\n' | sh /run/mailward/accounts.gate").arg(id));
    QVERIFY2(report, report ? "" : qPrintable(report.error().toString()));
    QCOMPARE(sh(QStringLiteral("cat /run/mail/first/users")), "anna:" + kOld + '\n');
    const AccountOutcome& anna = report->accounts.at(0);
    QVERIFY(anna.error && anna.error->text.contains(QStringLiteral("took the change back")));
    QCOMPARE(anna.state, AccountState::Failed);
    QCOMPARE(m_console->journal->last(id, QStringLiteral("mx1"), "anna")->state, AccountState::Failed);
    QVERIFY(report->slips.empty());
}

void TestAccountHosts::writtenInOnePlaceOnly()
{
    // Readable, so the look-up is fine; not to be written.
    const auto report = reset("account-write\n" + m_plan.id.toLatin1(),
                              QStringLiteral("cd /run/mail/second && cp users .. && mount -t tmpfs tmpfs . && cp ../users /run/mail/second/ && mount -o remount,ro /run/mail/second"));
    QVERIFY2(report, report ? "" : qPrintable(report.error().toString()));
    QVERIFY(!sh(QStringLiteral("cat /run/mail/first/users")).contains(kOld));
    QCOMPARE(sh(QStringLiteral("cat /run/mail/second/users")), "anna:" + kOld + '\n');
    const AccountOutcome& anna = report->accounts.at(0);
    QVERIFY(anna.error && anna.error->text.startsWith(QStringLiteral("second: ")));
    QCOMPARE(anna.state, AccountState::Confirmed);
    const auto* last = m_console->journal->last(m_plan.id, QStringLiteral("mx1"), "anna");
    QCOMPARE(last->state, AccountState::Confirmed);
    QVERIFY(last->note.startsWith(QStringLiteral("second: ")));
    QCOMPARE(report->slips.size(), std::size_t(1)); // the first place takes the new password
}

void TestAccountHosts::backIsWhatIsBackEverywhere()
{
    QVERIFY(reset("never", {}));
    const auto cut = m_console->executor.undo(m_plan.id, {{QStringLiteral("mx1"), GateAccess::SentAsRoot, []() -> Result<std::unique_ptr<CommandRunner>> {
                                                                return failure(ErrorCode::Network, QStringLiteral("No route to host."));
                                                            }}}, QStringLiteral("kim"));
    QVERIFY(cut && cut->accounts.at(0).error && cut->accounts.at(0).state == AccountState::Confirmed);
    const auto back = m_console->executor.undo(m_plan.id, {{QStringLiteral("mx1"), GateAccess::SentAsRoot, [this]() -> Result<std::unique_ptr<CommandRunner>> {
                                                                 return std::make_unique<GateHostRunner>(*m_host, nullptr);
                                                             }}}, QStringLiteral("kim"));
    QVERIFY(back && !back->accounts.at(0).error && back->accounts.at(0).state == AccountState::Restored);
    QCOMPARE(sh(QStringLiteral("cat /run/mail/first/users /run/mail/second/users")), "anna:" + kOld + "\nanna:" + kOld + '\n');
}

void TestAccountHosts::aStepThatFailsLeavesTheNewPassword()
{
    m_plan.steps.hold = true; // there are Postfix's programs, and no Postfix
    const auto preview = m_console->executor.preview(m_plan, {{QStringLiteral("mx1"), GateAccess::SentAsRoot, [this]() -> Result<std::unique_ptr<CommandRunner>> {
                                                                    return std::make_unique<GateHostRunner>(*m_host, nullptr);
                                                                }}});
    QVERIFY2(preview, preview ? "" : qPrintable(preview.error().toString()));
    QVERIFY(preview->isAllowed() && preview->servers.at(0).notes.join(QString()).contains(QStringLiteral("did not list its queue")));
    const auto report = reset("never", {});
    QVERIFY2(report, report ? "" : qPrintable(report.error().toString()));
    const AccountOutcome& anna = report->accounts.at(0);
    QVERIFY2(anna.error && anna.error->text.contains(QStringLiteral("did not list its queue")), qPrintable(anna.error ? anna.error->text : QString()));
    QCOMPARE(anna.state, AccountState::Confirmed);
    QCOMPARE(report->slips.size(), std::size_t(1));
    QVERIFY(!sh(QStringLiteral("cat /run/mail/first/users")).contains(kOld));
}

QTEST_GUILESS_MAIN(TestAccountHosts)
#include "tst_AccountHosts.moc"

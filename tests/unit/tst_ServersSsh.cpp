// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/servers/ServerConnection.h"
#include "tests/support/LocalSshd.h"

#include <QDir>
#include <QElapsedTimer>
#include <QTest>

#include <csignal>
#include <thread>

using namespace mailward;
using namespace mailward::test;
using namespace std::chrono_literals;

namespace {

void writeFile(const QString& path, const QByteArray& content)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(content) == content.size());
}

int openDescriptors()
{
    return static_cast<int>(QDir(QStringLiteral("/proc/self/fd"))
                                .entryList(QDir::AllEntries | QDir::System | QDir::NoDotAndDotDot)
                                .size());
}

Secret secretOf(const char* text)
{
    return Secret(std::string_view(text));
}

} // namespace

/// Against a real sshd on loopback.
class TestServersSsh : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void firstContactAsksThenKnows();
    void nothingRunsBeforeTheKeyIsAccepted();
    void acceptsOnlyWhatWasShown();
    void changedKeyIsAHardStop();
    void otherTypeIsAHardStop();
    void storedTypeIsAskedForFirst();
    void revokedKeyIsAHardStop();
    void authorityIsNoHostKey();
    void readsHashedNames();
    void commandsGiveOutputAndCode();
    void stdinAndBothOutputsAtOnce();
    void anEndBeforeAllIsReadIsNoBrokenLink();
    void noiseOfStartUpFilesIsDropped();
    void accountWithoutShellSaysSo();
    void endlessOutputHitsTheCap();
    void slowCommandTimesOut();
    void hugeStderrIsCut();
    void cancelEndsACommandWithinASecond();
    void cancelEndsALogInWithinASecond();
    void wrongKeyIsRefusedOnce();
    void wayThatIsNotOfferedSaysSo();
    void passphraseOpensTheKey();
    void unreachableSaysWhy();
    void notAnSshServer();
    void deadSshdBreaksTheStream();
    void goesThroughAJumpHost();
    void leaksNoDescriptor();
    void probeTellsWhatIsThere();

private:
    [[nodiscard]] std::unique_ptr<SshSession> ready(std::stop_token stop = {});

    std::unique_ptr<LocalSshd> m_sshd;
};

void TestServersSsh::init()
{
    m_sshd = std::make_unique<LocalSshd>();
    QVERIFY2(m_sshd->start(), m_sshd->log().constData());
}

void TestServersSsh::cleanup()
{
    m_sshd.reset();
}

std::unique_ptr<SshSession> TestServersSsh::ready(std::stop_token stop)
{
    auto session = std::make_unique<SshSession>(m_sshd->endpoint(), m_sshd->knownHosts(), std::move(stop));
    const auto key = session->connect();
    if (!key) {
        qWarning("%s", qUtf8Printable(key.error().toString()));
        return nullptr;
    }
    if (key->state == HostKeyState::Unknown && !session->acceptHostKey(key->fingerprint)) {
        return nullptr;
    }
    const auto loggedIn = session->authenticate();
    if (!loggedIn) {
        qWarning("%s", qUtf8Printable(loggedIn.error().toString()));
        return nullptr;
    }
    return session;
}

void TestServersSsh::firstContactAsksThenKnows()
{
    SshSession first(m_sshd->endpoint(), m_sshd->knownHosts());
    const auto key = first.connect();
    QVERIFY(key);
    QCOMPARE(key->state, HostKeyState::Unknown);
    QCOMPARE(key->type, QStringLiteral("ssh-ed25519"));
    QByteArray listed;
    QVERIFY(runTool(QStringLiteral("ssh-keygen"),
                    {QStringLiteral("-lvf"), m_sshd->folder() + QStringLiteral("/host_ed25519.pub")},
                    &listed));
    QVERIFY(listed.contains(key->fingerprint.toUtf8()));
    QVERIFY2(listed.contains(key->randomart.toUtf8()), listed.constData());
    QVERIFY(first.acceptHostKey(key->fingerprint));
    QVERIFY(first.authenticate());
    QCOMPARE(QFile::permissions(m_sshd->ownKnownHosts()) &
                 (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther),
             QFile::Permissions());

    SshSession second(m_sshd->endpoint(), m_sshd->knownHosts());
    QCOMPARE(second.connect()->state, HostKeyState::Known);
    QVERIFY(second.authenticate());
}

void TestServersSsh::nothingRunsBeforeTheKeyIsAccepted()
{
    SshSession session(m_sshd->endpoint(), m_sshd->knownHosts());
    QVERIFY(session.connect());
    QVERIFY(!session.run(RemoteCommand{"true"}));
    const auto refused = session.authenticate();
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::HostKeyUnknown);
    session.disconnect();
    QVERIFY(!m_sshd->log().contains("Accepted"));
    QVERIFY(!m_sshd->log().contains("Failed"));
}

void TestServersSsh::acceptsOnlyWhatWasShown()
{
    SshSession session(m_sshd->endpoint(), m_sshd->knownHosts());
    const auto key = session.connect();
    QVERIFY(key);
    QVERIFY(!session.acceptHostKey(QStringLiteral("SHA256:somethingelse")));
    QVERIFY(!session.authenticate());
    QVERIFY(!QFile::exists(m_sshd->ownKnownHosts()));
}

void TestServersSsh::changedKeyIsAHardStop()
{
    QVERIFY(ready());
    m_sshd->stop();
    QVERIFY(m_sshd->makeHostKeys({QStringLiteral("ed25519")}));
    QVERIFY(m_sshd->start());
    SshSession session(m_sshd->endpoint(), m_sshd->knownHosts());
    const auto key = session.connect();
    QVERIFY(key);
    QCOMPARE(key->state, HostKeyState::Changed);
    QVERIFY(key->isHardStop());
    QVERIFY(key->storedIn.endsWith(QStringLiteral("own_known_hosts:1")));
    QCOMPARE(session.acceptHostKey(key->fingerprint).error().code, ErrorCode::HostKeyChanged);
    const auto refused = session.authenticate();
    QCOMPARE(refused.error().code, ErrorCode::HostKeyChanged);
    QVERIFY(!refused.error().hint.isEmpty());
    QVERIFY(!session.isReady());

    KnownHosts known = m_sshd->knownHosts();
    QVERIFY(known.forget(QStringLiteral("127.0.0.1"), m_sshd->endpoint().port));
    QVERIFY(ready());
}

void TestServersSsh::otherTypeIsAHardStop()
{
    m_sshd->stop();
    QVERIFY(m_sshd->makeHostKeys({QStringLiteral("ecdsa")}));
    QVERIFY(m_sshd->start());
    QVERIFY(ready());
    m_sshd->stop();
    QVERIFY(m_sshd->makeHostKeys({QStringLiteral("ed25519")}));
    QVERIFY(m_sshd->start());
    SshSession session(m_sshd->endpoint(), m_sshd->knownHosts());
    const auto key = session.connect();
    QVERIFY(key);
    QCOMPARE(key->state, HostKeyState::OtherType);
    QCOMPARE(session.acceptHostKey(key->fingerprint).error().code, ErrorCode::HostKeyChanged);
    QCOMPARE(session.authenticate().error().code, ErrorCode::HostKeyChanged);
}

void TestServersSsh::storedTypeIsAskedForFirst()
{
    m_sshd->stop();
    QVERIFY(m_sshd->makeHostKeys({QStringLiteral("ed25519"), QStringLiteral("rsa")}));
    QVERIFY(m_sshd->start());
    writeFile(m_sshd->userKnownHosts(), "[127.0.0.1]:" + QByteArray::number(m_sshd->endpoint().port) + ' ' +
                                            m_sshd->hostKeyLine(QStringLiteral("rsa")) + '\n');
    SshSession session(m_sshd->endpoint(), m_sshd->knownHosts());
    const auto key = session.connect();
    QVERIFY(key);
    QCOMPARE(key->type, QStringLiteral("ssh-rsa"));
    QCOMPARE(key->state, HostKeyState::Known);
    QVERIFY2(key->randomart.startsWith(QStringLiteral("+---[RSA 3072]----+")),
             qUtf8Printable(key->randomart));
    QVERIFY(session.authenticate());
}

void TestServersSsh::revokedKeyIsAHardStop()
{
    QVERIFY(ready());
    writeFile(m_sshd->userKnownHosts(), "@revoked * " + m_sshd->hostKeyLine() + '\n');
    SshSession session(m_sshd->endpoint(), m_sshd->knownHosts());
    const auto key = session.connect();
    QVERIFY(key);
    QCOMPARE(key->state, HostKeyState::Revoked);
    QCOMPARE(session.authenticate().error().code, ErrorCode::HostKeyChanged);
}

void TestServersSsh::authorityIsNoHostKey()
{
    writeFile(m_sshd->userKnownHosts(), "@cert-authority * " + m_sshd->hostKeyLine() + '\n');
    SshSession session(m_sshd->endpoint(), m_sshd->knownHosts());
    QCOMPARE(session.connect()->state, HostKeyState::Unknown);
}

void TestServersSsh::readsHashedNames()
{
    writeFile(m_sshd->userKnownHosts(), "[127.0.0.1]:" + QByteArray::number(m_sshd->endpoint().port) + ' ' +
                                            m_sshd->hostKeyLine() + '\n');
    QVERIFY(runTool(QStringLiteral("ssh-keygen"),
                    {QStringLiteral("-H"), QStringLiteral("-f"), m_sshd->userKnownHosts()}));
    SshSession session(m_sshd->endpoint(), m_sshd->knownHosts());
    QCOMPARE(session.connect()->state, HostKeyState::Known);
    QVERIFY(!QFile::exists(m_sshd->ownKnownHosts()));
}

void TestServersSsh::commandsGiveOutputAndCode()
{
    const auto session = ready();
    QVERIFY(session);
    const auto output = session->run(
        RemoteCommand::script("printf '%s|' \"$@\"; echo oops >&2; exit 7", {"it's", "$(id)", "", "a\nb"}));
    QVERIFY(output);
    QCOMPARE(output->out, QByteArray("it's|$(id)||a\nb|"));
    QCOMPARE(output->err, QByteArray("oops\n"));
    QCOMPARE(output->exitCode, 7);
    const auto killed = session->run(RemoteCommand::script("kill -9 $$"));
    QVERIFY(killed);
    QCOMPARE(killed->exitCode, -1);
    QCOMPARE(session->run(RemoteCommand::script("echo $LC_ALL; tty"))->out, QByteArray("C\nnot a tty\n"));
}

void TestServersSsh::stdinAndBothOutputsAtOnce()
{
    const auto session = ready();
    QVERIFY(session);
    auto command = RemoteCommand::script("tee /dev/stderr");
    command.limits.maxErr = 8 * 1024 * 1024;
    for (int i = 0; i < 300'000; ++i) {
        command.stdinData += QByteArray::number(i) + '\n';
    }
    const auto output = session->run(command);
    QVERIFY(output);
    QVERIFY(output->out == command.stdinData);
    QVERIFY(output->err == command.stdinData);
}

void TestServersSsh::anEndBeforeAllIsReadIsNoBrokenLink()
{
    const auto session = ready();
    QVERIFY(session);
    auto command = RemoteCommand::script("echo no such helper >&2; exit 5");
    command.stdinData = QByteArray(4 * 1024 * 1024, 'x');
    for (int round = 0; round < 40; ++round) { // the end falls into another moment of the sending each time
        const auto output = session->run(command);
        QVERIFY2(output, output ? "" : qPrintable(output.error().toString()));
        QCOMPARE(output->exitCode, 5);
        QCOMPARE(output->err, QByteArray("no such helper\n"));
    }
}

void TestServersSsh::noiseOfStartUpFilesIsDropped()
{
    m_sshd->stop();
    QVERIFY(m_sshd->start("Banner " + m_sshd->userKey().toUtf8() +
                          ".pub\nForceCommand echo 'Welcome! ban 192.0.2.1'; echo scary >&2; eval "
                          "\"$SSH_ORIGINAL_COMMAND\"\n"));
    const auto session = ready();
    QVERIFY(session);
    const auto output = session->run(RemoteCommand{"echo", "data"});
    QVERIFY(output);
    QCOMPARE(output->out, QByteArray("data\n"));
    QCOMPARE(output->err, QByteArray());
}

void TestServersSsh::accountWithoutShellSaysSo()
{
    m_sshd->stop();
    QVERIFY(m_sshd->start("ForceCommand echo 'This account is \x1b[31mnot available.'\n"));
    const auto session = ready();
    QVERIFY(session);
    const auto output = session->run(RemoteCommand{"true"});
    QVERIFY(!output);
    QCOMPARE(output.error().code, ErrorCode::Remote);
    QVERIFY(output.error().text.contains(QStringLiteral("not available")));
    QVERIFY(!output.error().text.contains(QChar(0x1b)));
}

void TestServersSsh::endlessOutputHitsTheCap()
{
    const auto session = ready();
    QVERIFY(session);
    RemoteCommand command{"yes"};
    command.limits.maxOut = 3 * 1024 * 1024;
    QElapsedTimer time;
    time.start();
    QCOMPARE(session->run(command).error().code, ErrorCode::LimitExceeded);
    QVERIFY(time.elapsed() < 10'000);
    QCOMPARE(session->run(RemoteCommand{"echo", "still here"})->out, QByteArray("still here\n"));
}

void TestServersSsh::slowCommandTimesOut()
{
    const auto session = ready();
    QVERIFY(session);
    auto command = RemoteCommand::script("while :; do echo x; sleep 0.2; done");
    command.timeout = 700ms;
    QElapsedTimer time;
    time.start();
    QCOMPARE(session->run(command).error().code, ErrorCode::Timeout);
    QVERIFY(time.elapsed() < 3000);
    QVERIFY(session->run(RemoteCommand{"true"}));
}

void TestServersSsh::hugeStderrIsCut()
{
    const auto session = ready();
    QVERIFY(session);
    const auto output = session->run(RemoteCommand::script("yes complaint | head -n 1000000 >&2; echo done"));
    QVERIFY(output);
    QCOMPARE(output->out, QByteArray("done\n"));
    QCOMPARE(output->err.size(), 64 * 1024);
}

void TestServersSsh::cancelEndsACommandWithinASecond()
{
    std::stop_source stop;
    const auto session = ready(stop.get_token());
    QVERIFY(session);
    QElapsedTimer time;
    std::jthread later([&] {
        std::this_thread::sleep_for(300ms);
        time.start();
        stop.request_stop();
    });
    QCOMPARE(session->run(RemoteCommand{"sleep", "30"}).error().code, ErrorCode::Cancelled);
    QVERIFY(time.elapsed() < 1000);
}

void TestServersSsh::cancelEndsALogInWithinASecond()
{
    // A stopped sshd takes the connection (the kernel does) and never says a word.
    std::stop_source stop;
    QVERIFY(::kill(static_cast<pid_t>(m_sshd->pid()), SIGSTOP) == 0);
    SshSession session(m_sshd->endpoint(), m_sshd->knownHosts(), stop.get_token());
    QElapsedTimer time;
    std::jthread later([&] {
        std::this_thread::sleep_for(300ms);
        time.start();
        stop.request_stop();
    });
    const auto key = session.connect();
    ::kill(static_cast<pid_t>(m_sshd->pid()), SIGCONT);
    QVERIFY(!key);
    QCOMPARE(key.error().code, ErrorCode::Cancelled);
    QVERIFY(time.elapsed() < 1000);
}

void TestServersSsh::wrongKeyIsRefusedOnce()
{
    m_sshd->stop();
    QVERIFY(m_sshd->start("LogLevel VERBOSE\n"));
    const QString other = m_sshd->folder() + QStringLiteral("/other");
    QVERIFY(runTool(QStringLiteral("ssh-keygen"),
                    {QStringLiteral("-q"), QStringLiteral("-t"), QStringLiteral("ed25519"),
                     QStringLiteral("-N"), QString(), QStringLiteral("-f"), other}));
    SshEndpoint endpoint = m_sshd->endpoint();
    endpoint.identityFile = other;
    SshSession session(endpoint, m_sshd->knownHosts());
    const auto key = session.connect();
    QVERIFY(key && session.acceptHostKey(key->fingerprint));
    const auto refused = session.authenticate();
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::AuthRefused);
    session.disconnect();
    QCOMPARE(m_sshd->log().count("Failed publickey"), 1);
    QCOMPARE(m_sshd->log().count("Failed"), 1);
}

void TestServersSsh::wayThatIsNotOfferedSaysSo()
{
    SshEndpoint endpoint = m_sshd->endpoint();
    for (const AuthMethod way : {AuthMethod::Password, AuthMethod::KeyboardInteractive}) {
        endpoint.auth = way;
        SshSession session(endpoint, m_sshd->knownHosts());
        const auto key = session.connect();
        QVERIFY(key && (key->state == HostKeyState::Known || session.acceptHostKey(key->fingerprint)));
        const auto refused = session.authenticate([](const SecretRequest&) { return std::optional(secretOf("x")); });
        QCOMPARE(refused.error().code, ErrorCode::AuthRefused);
        QVERIFY2(refused.error().text.contains(QStringLiteral("does not offer")), qUtf8Printable(refused.error().text));
    }
}

void TestServersSsh::passphraseOpensTheKey()
{
    QVERIFY(runTool(QStringLiteral("ssh-keygen"),
                    {QStringLiteral("-q"), QStringLiteral("-p"), QStringLiteral("-P"), QString(),
                     QStringLiteral("-N"), QStringLiteral("open sesame"), QStringLiteral("-f"),
                     m_sshd->userKey()}));
    const auto tryWith = [&](const SecretSource& source) {
        SshSession session(m_sshd->endpoint(), m_sshd->knownHosts());
        const auto key = session.connect();
        if (key && key->state == HostKeyState::Unknown && !session.acceptHostKey(key->fingerprint)) {
            return Result<void>(failure(ErrorCode::Internal, {}));
        }
        return session.authenticate(source);
    };
    int asked = 0;
    QVERIFY(tryWith([&](const SecretRequest& request) {
        ++asked;
        return request.kind == SecretRequest::Kind::Passphrase ? std::optional(secretOf("open sesame"))
                                                               : std::nullopt;
    }));
    QCOMPARE(asked, 1);
    QCOMPARE(tryWith([](const SecretRequest&) { return std::optional(secretOf("wrong")); }).error().code,
             ErrorCode::AuthRefused);
    QCOMPARE(tryWith({}).error().code, ErrorCode::AuthRefused);
}

void TestServersSsh::unreachableSaysWhy()
{
    SshEndpoint endpoint = m_sshd->endpoint();
    m_sshd->stop();
    SshSession refused(endpoint, m_sshd->knownHosts());
    const auto closed = refused.connect();
    QCOMPARE(closed.error().code, ErrorCode::Network);
    QVERIFY(!closed.error().hint.isEmpty());
    endpoint.host = QStringLiteral("no-such-host.invalid");
    SshSession nameless(endpoint, m_sshd->knownHosts());
    const auto nobody = nameless.connect();
    QVERIFY(nobody.error().code == ErrorCode::NotFound || nobody.error().code == ErrorCode::Network);
    endpoint.host = QStringLiteral("-oProxyCommand=x");
    SshSession hostile(endpoint, m_sshd->knownHosts());
    QCOMPARE(hostile.connect().error().code, ErrorCode::InvalidInput);
}

void TestServersSsh::notAnSshServer()
{
    QProcess echo;
    m_sshd->stop();
    const QString port = QString::number(m_sshd->endpoint().port);
    echo.start(QStringLiteral("python3"),
               {QStringLiteral("-c"),
                QStringLiteral("import "
                               "socket,sys\ns=socket.create_server(('127.0.0.1',%1))\nprint('up',flush=True)"
                               "\nc,_=s.accept()\nc.sendall(b'220 mx ESMTP\\r\\n'*50)\nc.close()")
                    .arg(port)});
    QVERIFY(echo.waitForReadyRead(10'000));
    SshSession session(m_sshd->endpoint(), m_sshd->knownHosts());
    const auto key = session.connect();
    QVERIFY(!key);
    QCOMPARE(key.error().code, ErrorCode::Network);
    echo.waitForFinished(5000);
}

void TestServersSsh::deadSshdBreaksTheStream()
{
    const auto session = ready();
    QVERIFY(session);
    const auto stream = session->start(RemoteCommand::script("echo $PPID; cat"));
    QVERIFY(stream);
    auto dying = RemoteCommand::script("echo $PPID; sleep 30");
    const auto other = session->start(dying);
    QVERIFY(other);
    QByteArray parent;
    while (!parent.contains('\n')) {
        const auto part = (*other)->read(100, 500ms);
        QVERIFY(part);
        parent += *part;
    }
    QVERIFY(::kill(parent.trimmed().toInt(), SIGKILL) == 0);
    auto next = (*other)->read(100, 5000ms);
    QVERIFY(!next);
    QCOMPARE(next.error().code, ErrorCode::Network);
    QVERIFY(!session->isReady());
    QVERIFY(ServerConnection::backoff(next.error(), 1));
}

void TestServersSsh::goesThroughAJumpHost()
{
    LocalSshd inner;
    QVERIFY(inner.start());
    ServerProfile profile;
    profile.name = QStringLiteral("inner");
    profile.endpoint = inner.endpoint();
    profile.jumpHosts = {m_sshd->endpoint()};
    ServerConnection connection(profile, m_sshd->folder(), {});
    QCOMPARE(connection.open().error().code, ErrorCode::HostKeyUnknown);
    QList<std::uint16_t> asked;
    ConnectionCallbacks callbacks;
    callbacks.acceptHostKey = [&](const HostKeyInfo& key) {
        asked.append(key.port);
        return true;
    };
    const auto opened = connection.open(callbacks);
    QVERIFY2(opened, opened ? "" : qUtf8Printable(opened.error().toString()));
    QCOMPARE(asked, (QList<std::uint16_t>{m_sshd->endpoint().port, inner.endpoint().port}));
    const auto output = connection.session().run(
        RemoteCommand::script("echo \"$SSH_CONNECTION\"; head -c 5000000 /dev/zero"));
    QVERIFY(output);
    QVERIFY(output->out.startsWith("127.0.0.1 "));
    QVERIFY(output->out.size() > 5'000'000);
    connection.close();
    QVERIFY(connection.open()); // both keys are known now
}

void TestServersSsh::leaksNoDescriptor()
{
    QVERIFY(ready());
    const int before = openDescriptors();
    for (int i = 0; i < 5; ++i) {
        QVERIFY(ready());
        SshSession half(m_sshd->endpoint(), KnownHosts(m_sshd->folder() + QStringLiteral("/empty"), {}));
        QVERIFY(half.connect());
    }
    QCOMPARE(openDescriptors(), before);
}

void TestServersSsh::probeTellsWhatIsThere()
{
    ServerProfile profile;
    profile.name = QStringLiteral("here");
    profile.endpoint = m_sshd->endpoint();
    profile.logs = {{m_sshd->folder().toStdString() + "/log"}, {"/var/log/not-there.log"}};
    for (const char* older : {"/log.1", "/log.2.gz"}) {
        QFile file(m_sshd->folder() + QLatin1String(older));
        QVERIFY(file.open(QIODevice::WriteOnly));
    }
    ServerConnection connection(profile, m_sshd->folder(), {});
    ConnectionCallbacks callbacks;
    callbacks.acceptHostKey = [](const HostKeyInfo&) { return true; };
    QVERIFY(connection.open(callbacks));
    const auto lines = connection.check();
    QVERIFY(lines);
    QMap<QString, Capability> byId;
    for (const Capability& line : *lines) {
        byId[line.id] = line;
        QVERIFY2(line.verdict == Capability::Verdict::Ok || !line.remedy.isEmpty(), qUtf8Printable(line.id));
    }
    QCOMPARE(byId[QStringLiteral("log:/var/log/not-there.log")].verdict, Capability::Verdict::Fail);
    QCOMPARE(byId[QStringLiteral("log:") + m_sshd->folder() + QStringLiteral("/log")].verdict,
             Capability::Verdict::Ok);
    const QString log = byId[QStringLiteral("log:") + m_sshd->folder() + QStringLiteral("/log")].text;
    QVERIFY2(log.contains(QStringLiteral("Rotated by number: 2 older files, 1 of them compressed")), qUtf8Printable(log));
    for (const char* id : {"mta", "dovecot", "journald", "fail2ban", "firewall", "gate", "disk"}) {
        QVERIFY2(!byId[QLatin1String(id)].text.isEmpty(), id);
    }
    QCOMPARE(byId[QStringLiteral("clock")].verdict, Capability::Verdict::Ok);
    QCOMPARE(byId[QStringLiteral("tools")].verdict, Capability::Verdict::Ok);
    QVERIFY(byId[QStringLiteral("ssh")].text.contains(QStringLiteral("OpenSSH")));
}

QTEST_GUILESS_MAIN(TestServersSsh)
#include "tst_ServersSsh.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/servers/KnownHosts.h"
#include "models/servers/SshConfig.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace mailward;

/// Before the first connection: profiles from an ssh configuration, keys that were replaced.
class TestServersSetup : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void readsHosts();
    void firstValueWinsAndPatternsMatch();
    void includesAndGoesRoundNoCircle();
    void takesJumpHosts();
    void refusesWhatWouldRunCommands();
    void saysWhatItLeavesOut();
    void replacedKeyIsForgottenByItsFingerprintOnly();

private:
    void write(const QString& name, const QByteArray& text) const;
    [[nodiscard]] std::vector<SshConfigHost> read(const QByteArray& text) const;
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestServersSetup::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(QDir(m_folder->path()).mkpath(QStringLiteral(".ssh/conf.d")));
}

void TestServersSetup::write(const QString& name, const QByteArray& text) const
{
    QFile file(m_folder->filePath(QStringLiteral(".ssh/") + name));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text) == text.size());
}

std::vector<SshConfigHost> TestServersSetup::read(const QByteArray& text) const
{
    write(QStringLiteral("config"), text);
    const auto hosts = readSshConfig(m_folder->filePath(QStringLiteral(".ssh/config")), {m_folder->path(), QStringLiteral("me")});
    return hosts.value_or(std::vector<SshConfigHost>{});
}

void TestServersSetup::readsHosts()
{
    const auto hosts = read("# mail\nHost mx1 mx2\n  HostName=%h.example.org\n\tPort 2222\n  user \"mwops\"\n  IdentityFile ~/.ssh/%r_key\nHost plain\n");
    QCOMPARE(hosts.size(), 3U);
    QCOMPARE(hosts[1].alias, QStringLiteral("mx2"));
    const SshEndpoint& end = hosts[1].profile->endpoint;
    QCOMPARE(end.host, QStringLiteral("mx2.example.org"));
    QCOMPARE(end.port, 2222);
    QCOMPARE(end.user, QStringLiteral("mwops"));
    QCOMPARE(end.auth, AuthMethod::KeyFile);
    QCOMPARE(end.identityFile, m_folder->path() + QStringLiteral("/.ssh/mwops_key"));
    QCOMPARE(hosts[2].profile->endpoint.host, QStringLiteral("plain"));
    QCOMPARE(hosts[2].profile->endpoint.user, QStringLiteral("me"));
    QCOMPARE(hosts[2].profile->endpoint.auth, AuthMethod::Agent);
}

void TestServersSetup::firstValueWinsAndPatternsMatch()
{
    const auto hosts = read("Host mx1\n Port 1\nHost mx? !mx2 other\n Port 2\n User ops\nHost mx2\nHost *\n Port 3\n User all\n");
    QCOMPARE(hosts.size(), 3U);
    QCOMPARE(hosts[0].profile->endpoint.port, 1);
    QCOMPARE(hosts[0].profile->endpoint.user, QStringLiteral("ops"));
    QCOMPARE(hosts[1].alias, QStringLiteral("other"));
    QCOMPARE(hosts[1].profile->endpoint.port, 2);
    QCOMPARE(hosts[2].profile->endpoint.port, 3);
    QCOMPARE(hosts[2].profile->endpoint.user, QStringLiteral("all"));
}

void TestServersSetup::includesAndGoesRoundNoCircle()
{
    write(QStringLiteral("conf.d/10-a"), "Host a\n User fromA\n");
    write(QStringLiteral("conf.d/20-b"), "Host b\n User fromB\n");
    const auto hosts = read("Include conf.d/*\nInclude ~/.ssh/absent\nHost c\n User fromC\n");
    QCOMPARE(hosts.size(), 3U);
    QCOMPARE(hosts[1].profile->endpoint.user, QStringLiteral("fromB"));
    write(QStringLiteral("circle"), "Include config\n");
    write(QStringLiteral("config"), "Include circle\nHost x\n");
    const auto round = readSshConfig(m_folder->filePath(QStringLiteral(".ssh/config")), {m_folder->path(), QStringLiteral("me")});
    QCOMPARE(round.error().code, ErrorCode::LimitExceeded);
}

void TestServersSetup::takesJumpHosts()
{
    const auto hosts = read("Host inner\n ProxyJump ops@bastion,ssh://[2001:db8::1]:2200,none.example:23\nHost bastion\n HostName b.example.org\n Port 77\n User nobody\n");
    const auto& jumps = hosts[0].profile->jumpHosts;
    QCOMPARE(jumps.size(), 3U);
    QCOMPARE(jumps[0].host, QStringLiteral("b.example.org"));
    QCOMPARE(jumps[0].port, 77);
    QCOMPARE(jumps[0].user, QStringLiteral("ops"));
    QCOMPARE(jumps[1].host, QStringLiteral("2001:db8::1"));
    QCOMPARE(jumps[1].port, 2200);
    QCOMPARE(jumps[2].port, 23);
}

void TestServersSetup::refusesWhatWouldRunCommands()
{
    const auto hosts = read("Host a\n ProxyCommand nc %h %p\nHost b\n HostName $(touch x)\nHost c\n User x;id\nHost d\n ProxyCommand none\n");
    QVERIFY(!hosts[0].profile && hosts[0].problem.contains(QStringLiteral("ProxyCommand")));
    QVERIFY(!hosts[1].profile && !hosts[1].problem.isEmpty());
    QVERIFY(!hosts[2].profile && !hosts[2].problem.isEmpty());
    QVERIFY(hosts[3].profile);
}

void TestServersSetup::saysWhatItLeavesOut()
{
    const auto hosts = read("Match exec \"touch /x\"\n User evil\nHost a\n ForwardAgent yes\n StrictHostKeyChecking no\n Ciphers aes128-cbc\n");
    QCOMPARE(hosts.size(), 1U);
    QCOMPARE(hosts[0].profile->endpoint.user, QStringLiteral("me"));
    const QString all = hosts[0].notes.join(u'\n');
    QVERIFY2(all.contains(QStringLiteral("agent")) && all.contains(QStringLiteral("Match")) && all.contains(QStringLiteral("legacy")), qPrintable(all));
}

void TestServersSetup::replacedKeyIsForgottenByItsFingerprintOnly()
{
    const auto blob = [](char fill) { return QByteArray(3, 0) + char(11) + "ssh-ed25519" + QByteArray(32, fill); };
    const QString own = m_folder->filePath(QStringLiteral("own"));
    const QString user = m_folder->filePath(QStringLiteral("user"));
    KnownHosts known(own, {user});
    const QString host = QStringLiteral("mx1.example.org");
    QVERIFY(known.add(host, 22, blob('a')));
    QVERIFY(known.add(QStringLiteral("other"), 22, blob('a')));
    HostKeyInfo shown;
    shown.host = host;
    shown.state = known.check(host, 22, blob('b')).state;
    shown.storedIn = known.check(host, 22, blob('b')).where;
    shown.fingerprint = sha256Fingerprint(blob('b'));
    QCOMPARE(shown.state, HostKeyState::Changed);
    QCOMPARE(known.forgetReplaced(shown, sha256Fingerprint(blob('a'))).error().code, ErrorCode::InvalidInput);
    QCOMPARE(known.check(host, 22, blob('b')).state, HostKeyState::Changed);
    QVERIFY(known.forgetReplaced(shown, QStringLiteral(" %1\n").arg(shown.fingerprint)));
    QCOMPARE(known.check(host, 22, blob('b')).state, HostKeyState::Unknown);
    QCOMPARE(known.check(QStringLiteral("other"), 22, blob('a')).state, HostKeyState::Known);

    QFile file(user);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("mx1.example.org ssh-ed25519 " + blob('a').toBase64() + '\n') > 0);
    file.close();
    shown.storedIn = known.check(host, 22, blob('b')).where;
    const auto other = known.forgetReplaced(shown, shown.fingerprint);
    QCOMPARE(other.error().code, ErrorCode::Conflict);
    QVERIFY2(other.error().hint.contains(QStringLiteral("ssh-keygen -R 'mx1.example.org'")), qPrintable(other.error().hint));
}

QTEST_GUILESS_MAIN(TestServersSetup)
#include "tst_ServersSetup.moc"

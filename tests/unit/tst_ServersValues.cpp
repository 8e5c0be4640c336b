// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/Secret.h"
#include "models/servers/Inflater.h"
#include "models/servers/KnownHosts.h"
#include "models/servers/LibsshVersion.h"
#include "models/servers/ProfileStore.h"
#include "models/servers/RemoteCommand.h"
#include "models/servers/RemoteLogs.h"
#include "models/servers/ServerConnection.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QTemporaryFile>
#include <QTest>

#include <random>

using namespace mailward;

namespace {

ServerProfile sample()
{
    ServerProfile profile;
    profile.name = QStringLiteral("mx1");
    profile.endpoint.host = QStringLiteral("mx1.example.org");
    profile.endpoint.port = 2222;
    profile.endpoint.user = QStringLiteral("mwops");
    profile.endpoint.auth = AuthMethod::KeyFile;
    profile.endpoint.identityFile = QStringLiteral("/home/admin/.ssh/id_ed25519");
    profile.jumpHosts = {
        SshEndpoint{QStringLiteral("2001:db8::2"), 22, QStringLiteral("admin"), AuthMethod::Agent, {}, true}};
    profile.logs = ServerProfile::usualLogs();
    profile.timezone = QStringLiteral("+05:30");
    profile.gate = GateMode::RootDirect;
    return profile;
}

/// A key blob of a type, made of nothing in particular.
QByteArray blobOf(const QByteArray& type, char fill)
{
    const auto size = static_cast<char>(type.size());
    return QByteArray(3, 0) + size + type + QByteArray(32, fill);
}

QByteArray lineOf(const QByteArray& hosts, const QByteArray& type, char fill)
{
    return hosts + ' ' + type + ' ' + blobOf(type, fill).toBase64() + " comment\n";
}

} // namespace

class TestServersValues : public QObject
{
    Q_OBJECT

private slots:
    void quotingGivesBackEveryString();
    void commandWithNulIsRefused();
    void profileSurvivesTheStore();
    void damagedStoreIsNotOverwritten();
    void refusesWhatIsNoProfile_data();
    void refusesWhatIsNoProfile();
    void knowsRotatedNames();
    void judgesHostKeys_data();
    void judgesHostKeys();
    void unreadableListStops();
    void inflatesSeveralMembersAnyHow_data();
    void inflatesSeveralMembersAnyHow();
    void secretsMoveAndAreGone();
    void backoffGrowsAndStaysInBounds();
    void oldLibsshIsSaid();
    void endpointsAreReadFromText();
};

void TestServersValues::quotingGivesBackEveryString()
{
    // Through a real sh, many words at once; each comes back with its length, so that no separator can be
    // forged.
    std::mt19937 random(20261123);
    const int rounds = qEnvironmentVariableIsSet("MAILWARD_QUOTING_ROUNDS") ? qEnvironmentVariableIntValue("MAILWARD_QUOTING_ROUNDS") : 100;
    constexpr int kWords = 1000;
    static const QByteArray kNasty("'\"\\$`!;&|<>(){}[]*?~# \n\t\r-=%a0\x7f\xff\xc3\x01");
    for (int round = 0; round < rounds; ++round) {
        std::string script = "set --";
        QByteArray expected;
        for (int i = 0; i < kWords; ++i) {
            std::string word;
            for (auto length = random() % 20; length > 0; --length) {
                const bool nasty = random() % 4 != 0;
                const auto any = static_cast<char>(1 + random() % 255);
                word +=
                    nasty ? kNasty.at(static_cast<qsizetype>(random() % static_cast<unsigned>(kNasty.size())))
                          : any;
            }
            script += ' ' + quoteForShell(word);
            expected += '<' + QByteArray::fromStdString(word) + ">\n";
        }
        script += "\nprintf '<%s>\\n' \"$@\"\n";
        QTemporaryFile file; // sh reads a file in blocks, but its stdin byte by byte
        QVERIFY(file.open() && file.write(script.data(), static_cast<qint64>(script.size())) > 0 &&
                file.flush());
        QProcess shell;
        shell.start(QStringLiteral("/bin/sh"), {file.fileName()});
        QVERIFY(shell.waitForFinished());
        QVERIFY2(shell.readAllStandardOutput() == expected,
                 qPrintable(QStringLiteral("round %1").arg(round)));
    }
}

void TestServersValues::commandWithNulIsRefused()
{
    QVERIFY(!RemoteCommand::script("echo", {std::string("a\0b", 3)}).shellLine("m"));
    QVERIFY(!RemoteCommand(std::vector<std::string>{}).shellLine("m"));
    QVERIFY(newMarker() != newMarker());
}

void TestServersValues::profileSurvivesTheStore()
{
    QTemporaryDir folder;
    ProfileStore store(folder.path());
    QVERIFY(store.load()->empty());
    QVERIFY(store.add(sample()));
    QCOMPARE(store.add(sample()).error().code, ErrorCode::Conflict);
    QVERIFY(ProfileStore(folder.path()).find(QStringLiteral("mx1")) == sample());
    QVERIFY(!(QFile::permissions(store.path()) & (QFile::ReadGroup | QFile::ReadOther)));
    ServerProfile changed = sample();
    changed.endpoint.port = 22;
    QVERIFY(store.update(changed));
    QCOMPARE(store.find(QStringLiteral("mx1"))->endpoint.port, std::uint16_t{22});
    QVERIFY(store.remove(QStringLiteral("mx1")));
    QCOMPARE(store.remove(QStringLiteral("mx1")).error().code, ErrorCode::NotFound);
}

void TestServersValues::damagedStoreIsNotOverwritten()
{
    QTemporaryDir folder;
    ProfileStore store(folder.path());
    for (const char* content :
         {"{ broken", "{\"version\": 99}", "{\"version\": 1, \"servers\": [{\"name\": \"x;id\"}]}"}) {
        QFile file(store.path());
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(content) > 0);
        file.close();
        QCOMPARE(store.load().error().code, ErrorCode::Corrupt);
        QVERIFY(!store.add(sample()));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), QByteArray(content));
    }
}

void TestServersValues::refusesWhatIsNoProfile_data()
{
    QTest::addColumn<ServerProfile>("profile");
    const auto row = [](const char* name, auto change) {
        ServerProfile profile = sample();
        change(profile);
        QTest::newRow(name) << profile;
    };
    row("name with slash", [](ServerProfile& p) { p.name = QStringLiteral("../x"); });
    row("name with dot first", [](ServerProfile& p) { p.name = QStringLiteral(".hidden"); });
    row("name with newline", [](ServerProfile& p) { p.name = QStringLiteral("mx1\n"); });
    row("host is an option", [](ServerProfile& p) { p.endpoint.host = QStringLiteral("-oProxyCommand=id"); });
    row("host with command", [](ServerProfile& p) { p.endpoint.host = QStringLiteral("a;id"); });
    row("host with newline", [](ServerProfile& p) { p.endpoint.host = QStringLiteral("a\n"); });
    row("host empty", [](ServerProfile& p) { p.endpoint.host.clear(); });
    row("host half an address", [](ServerProfile& p) { p.endpoint.host = QStringLiteral("192.0.2.300"); });
    row("user with blank", [](ServerProfile& p) { p.endpoint.user = QStringLiteral("a b"); });
    row("user is an option", [](ServerProfile& p) { p.endpoint.user = QStringLiteral("-l"); });
    row("port", [](ServerProfile& p) { p.endpoint.port = 0; });
    row("relative key", [](ServerProfile& p) { p.endpoint.identityFile = QStringLiteral("id"); });
    row("jump host", [](ServerProfile& p) { p.jumpHosts[0].user = QStringLiteral("$(id)"); });
    row("relative log", [](ServerProfile& p) { p.logs = {{"var/log/x"}}; });
    row("log with dots", [](ServerProfile& p) { p.logs = {{"/var/log/../../etc/shadow"}}; });
    row("log with quote", [](ServerProfile& p) { p.logs = {{"/var/log/a'b"}}; });
    row("log with glob", [](ServerProfile& p) { p.logs = {{"/var/log/*"}}; });
    row("log twice", [](ServerProfile& p) { p.logs.push_back(p.logs.front()); });
    row("zone", [](ServerProfile& p) { p.timezone = QStringLiteral("Mars/Olympus"); });
    row("days", [](ServerProfile& p) { p.backfillDays = -1; });
}

void TestServersValues::refusesWhatIsNoProfile()
{
    QFETCH(ServerProfile, profile);
    const auto valid = validate(profile);
    QVERIFY(!valid);
    QCOMPARE(valid.error().code, ErrorCode::InvalidInput);
    QVERIFY(!valid.error().hint.isEmpty());
}

void TestServersValues::knowsRotatedNames()
{
    for (const char* good : {".1", ".12", ".1.gz", "-20261123", "-20261123.gz", ".20261123", "-2026-11-23.xz",
                             ".old", "-20261123-1421.zst", "-2026112314.bz2"}) {
        QVERIFY2(isRotatedSuffix(good), good);
    }
    for (const char* bad :
         {"", ".gz", ".log", ".1.gz.tmp", ".1 ", ".err", "-x", ".1;id", ".bak", ".1\n", "1"}) {
        QVERIFY2(!isRotatedSuffix(bad), bad);
    }
}

void TestServersValues::judgesHostKeys_data()
{
    QTest::addColumn<QByteArray>("own");
    QTest::addColumn<QByteArray>("users");
    QTest::addColumn<QString>("state");
    const QByteArray ed = "ssh-ed25519";
    const QByteArray rsa = "ssh-rsa";
    const auto row = [](const char* name, const QByteArray& own, const QByteArray& users, const char* state) {
        QTest::newRow(name) << own << users << QString::fromLatin1(state);
    };
    row("nothing", {}, {}, "unknown");
    row("own", lineOf("mx1.example.org", ed, 'a'), {}, "known");
    row("user's", {}, lineOf("mx1.example.org,192.0.2.11", ed, 'a'), "known");
    row("capitals", {}, lineOf("MX1.example.org", ed, 'a'), "known");
    row("pattern", {}, lineOf("*.example.org", ed, 'a'), "known");
    row("negated", {}, lineOf("*.example.org,!mx1.example.org", ed, 'a'), "unknown");
    row("other port", {}, lineOf("[mx1.example.org]:2222", ed, 'a'), "unknown");
    row("other host", {}, lineOf("mx2.example.org", ed, 'b'), "unknown");
    row("changed", lineOf("mx1.example.org", ed, 'b'), {}, "changed");
    row("own wins over an old one", lineOf("mx1.example.org", ed, 'a'), lineOf("mx1.example.org", ed, 'b'),
        "known");
    row("other type", {}, lineOf("mx1.example.org", rsa, 'a'), "other-type");
    row("changed and other type", lineOf("mx1.example.org", rsa, 'a'), lineOf("mx1.example.org", ed, 'b'),
        "changed");
    row("revoked", lineOf("mx1.example.org", ed, 'a'), "@revoked * " + lineOf("", ed, 'a').trimmed() + '\n',
        "revoked");
    row("revoked for others", {}, "@revoked " + lineOf("mx9.example.org", ed, 'a'), "revoked");
    row("other key revoked", {}, "@revoked " + lineOf("mx1.example.org", ed, 'b'), "unknown");
    row("authority", {}, "@cert-authority " + lineOf("*", ed, 'a'), "unknown");
    row("comment and rubbish", "# " + lineOf("mx1.example.org", ed, 'b') + "\n\nhalf a line\nx y z\n", {},
        "unknown");
    row("type word lies", {}, "mx1.example.org ssh-rsa " + blobOf(ed, 'b').toBase64() + '\n', "unknown");
}

void TestServersValues::judgesHostKeys()
{
    QFETCH(QByteArray, own);
    QFETCH(QByteArray, users);
    QTemporaryDir folder;
    const auto put = [&](const QString& name, const QByteArray& content) {
        QFile file(folder.filePath(name));
        return file.open(QIODevice::WriteOnly) && file.write(content) == content.size();
    };
    QVERIFY(put(QStringLiteral("own"), own) && put(QStringLiteral("users"), users));
    const KnownHosts known(folder.filePath(QStringLiteral("own")),
                           {folder.filePath(QStringLiteral("users"))});
    const auto verdict = known.check(QStringLiteral("mx1.example.org"), 22, blobOf("ssh-ed25519", 'a'));
    QTEST(hostKeyStateName(verdict.state), "state");
}

void TestServersValues::unreadableListStops()
{
    QTemporaryDir folder;
    const KnownHosts known(folder.filePath(QStringLiteral("own")),
                           {folder.path()}); // a folder cannot be read as a list
    QCOMPARE(known.check(QStringLiteral("mx1"), 22, blobOf("ssh-ed25519", 'a')).state, HostKeyState::Error);
    QCOMPARE(known.check(QStringLiteral("mx1"), 22, "x").state, HostKeyState::Error);
}

void TestServersValues::inflatesSeveralMembersAnyHow_data()
{
    QTest::addColumn<int>("lines");
    QTest::addColumn<int>("step"); // bytes at once; 0: all
    QTest::newRow("byte by byte") << 2000 << 1;
    QTest::newRow("some at once") << 100'000 << 1000;
    QTest::newRow("all at once") << 100'000 << 0;
}

void TestServersValues::inflatesSeveralMembersAnyHow()
{
    QFETCH(int, lines);
    QFETCH(int, step);
    QProcess gzip;
    gzip.start(QStringLiteral("sh"), {QStringLiteral("-c"), QStringLiteral("seq 1 %1 | gzip; echo; seq 5 | gzip").arg(lines)});
    QVERIFY(gzip.waitForFinished());
    QByteArray packed = gzip.readAllStandardOutput();
    packed.remove(packed.indexOf("\n\x1f\x8b"), 1);
    Inflater inflater(1 << 24);
    QByteArray out;
    for (qsizetype at = 0; at < packed.size();) {
        const qsizetype length = std::min(step == 0 ? packed.size() : qsizetype{step}, packed.size() - at);
        const auto part = inflater.feed(QByteArrayView(packed).sliced(at, length));
        QVERIFY(part);
        out += *part;
        at += length;
    }
    QVERIFY(inflater.isComplete());
    QVERIFY(out.endsWith(QStringLiteral("\n%1\n1\n2\n3\n4\n5\n").arg(lines).toLatin1()));
    QCOMPARE(out.count('\n'), lines + 5);
    Inflater half(1 << 24);
    QVERIFY(half.feed(QByteArrayView(packed).first(1000)));
    QVERIFY(!half.isComplete());
    Inflater small(1000);
    QCOMPARE(small.feed(packed).error().code, ErrorCode::LimitExceeded);
    Inflater none(1000);
    QCOMPARE(none.feed("no gzip at all, but some text").error().code, ErrorCode::Corrupt);
}

void TestServersValues::secretsMoveAndAreGone()
{
    char source[] = "hunter2";
    Secret one = Secret::takeFrom(source, 7);
    QCOMPARE(QByteArray(source, 7), QByteArray(7, '\0'));
    QCOMPARE(QByteArray(one.data()), QByteArray("hunter2"));
    Secret two = std::move(one);
    QVERIFY(one.isEmpty()); // NOLINT(bugprone-use-after-move): that it is empty is what is tested
    QCOMPARE(two.size(), std::size_t{7});
    two = Secret();
    QCOMPARE(QByteArray(two.data()), QByteArray());
}

void TestServersValues::oldLibsshIsSaid()
{
    const QByteArray status = "Package: libssh2-1\nVersion: 1.10.0-3\n\nPackage: libssh-4\nStatus: install ok installed\nVersion: 0.10.6-0+deb12u3\n\nPackage: zlib1g\nVersion: 1\n";
    QCOMPARE(packageRevision(status, "libssh-4"), QByteArray("0.10.6-0+deb12u3"));
    QVERIFY(packageRevision(status, "libssh").isEmpty());
    QVERIFY(judgeLibssh("0.10.6/openssl/zlib", "0.10.6-0+deb12u3").warning.isEmpty());
    QCOMPARE(judgeLibssh("0.10.6/openssl/zlib", "0.10.6-0+deb12u3").text, QStringLiteral("0.10.6 (Debian 0.10.6-0+deb12u3)"));
    QVERIFY(!judgeLibssh("0.10.6/openssl/zlib", "0.10.6-0+deb12u2").warning.isEmpty());
    QVERIFY(!judgeLibssh("0.10.5/openssl/zlib", {}).warning.isEmpty());
    QVERIFY(judgeLibssh("0.11.3/openssl/zlib", {}).warning.isEmpty());
    QVERIFY(!libsshVersion().text.isEmpty());
}

void TestServersValues::endpointsAreReadFromText()
{
    QCOMPARE(endpointFromText(QStringLiteral("op@gate.example.org:2222")).port, std::uint16_t{2222});
    QCOMPARE(endpointFromText(QStringLiteral("op@gate.example.org")).host, QStringLiteral("gate.example.org"));
    QCOMPARE(endpointFromText(QStringLiteral("op@2001:db8::1")).host, QStringLiteral("2001:db8::1"));
    QVERIFY(!validate(endpointFromText(QStringLiteral("gate.example.org")))); // nobody to log in as
    QVERIFY(!validate(endpointFromText(QStringLiteral("op@gate:none"))));
}

void TestServersValues::backoffGrowsAndStaysInBounds()
{
    const Error cut{ErrorCode::Network, {}, {}};
    for (int attempt = 1; attempt < 40; ++attempt) {
        const auto pause = ServerConnection::backoff(cut, attempt);
        QVERIFY(pause && pause->count() >= 750 && pause->count() <= 375'000);
    }
    QVERIFY(*ServerConnection::backoff(cut, 1) < *ServerConnection::backoff(cut, 5));
    // A link that was cut for minutes is found again within ten seconds; one that is gone for hours is left in peace.
    QVERIFY(ServerConnection::backoff(cut, 40)->count() <= 6'250);
    QVERIFY(ServerConnection::backoff(cut, 100)->count() >= 225'000);
    QVERIFY(ServerConnection::backoff(Error{ErrorCode::LimitExceeded, {}, {}}, 12)->count() <= 18'750);
    QVERIFY(ServerConnection::backoff(Error{ErrorCode::Remote, {}, {}}, 12)->count() >= 225'000);
    for (const ErrorCode final : {ErrorCode::AuthRefused, ErrorCode::HostKeyChanged,
                                  ErrorCode::HostKeyUnknown, ErrorCode::Cancelled}) {
        QVERIFY(!ServerConnection::backoff(Error{final, {}, {}}, 1));
    }
}

QTEST_GUILESS_MAIN(TestServersValues)
#include "tst_ServersValues.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/controllers/Keychain.h"

#include <QDirIterator>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace mailward;

namespace {

constexpr std::string_view kSecret = "Kanarienvogel-5512";

} // namespace

/// A real secret service (gnome-keyring) on a session bus of its own.
class TestKeychain : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanupTestCase();
    void keepsAndForgets();
    void withoutABusThereIsNone();

private:
    [[nodiscard]] static std::optional<std::string> read(Keychain& keychain, const QString& name);

    QTemporaryDir m_home;
    QProcess m_bus;
    QProcess m_keyring;
};

void TestKeychain::initTestCase()
{
    if (QStandardPaths::findExecutable(QStringLiteral("dbus-daemon")).isEmpty() || QStandardPaths::findExecutable(QStringLiteral("gnome-keyring-daemon")).isEmpty()) {
        QSKIP("needs dbus-daemon and gnome-keyring-daemon");
    }
    for (const char* folder : {"HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"}) {
        qputenv(folder, m_home.path().toUtf8());
    }
    qunsetenv("XDG_CURRENT_DESKTOP");
    m_bus.start(QStringLiteral("dbus-daemon"), {QStringLiteral("--session"), QStringLiteral("--nofork"), QStringLiteral("--print-address")});
    QVERIFY(m_bus.waitForReadyRead(10'000));
    qputenv("DBUS_SESSION_BUS_ADDRESS", m_bus.readLine().trimmed());
    m_keyring.setProcessEnvironment(QProcessEnvironment::systemEnvironment());
    m_keyring.start(QStringLiteral("gnome-keyring-daemon"), {QStringLiteral("--foreground"), QStringLiteral("--unlock"), QStringLiteral("--components=secrets")});
    QVERIFY(m_keyring.waitForStarted());
    m_keyring.write("keyring-password");
    m_keyring.closeWriteChannel();
}

void TestKeychain::cleanupTestCase()
{
    for (QProcess* process : {&m_keyring, &m_bus}) {
        process->kill();
        process->waitForFinished();
    }
}

std::optional<std::string> TestKeychain::read(Keychain& keychain, const QString& name)
{
    std::optional<std::string> found;
    bool answered = false;
    QObject asker;
    keychain.read(name, &asker, [&](std::optional<Secret> secret) {
        answered = true;
        found = secret ? std::optional(std::string(secret->data(), secret->size())) : std::nullopt;
    });
    [&] { QTRY_VERIFY_WITH_TIMEOUT(answered, 25'000); }();
    return found;
}

void TestKeychain::keepsAndForgets()
{
    Keychain keychain;
    QVERIFY(keychain.isUsable());
    const QString name = QStringLiteral("password mwops@mx1:22");
    // The service comes up beside us: its first answers may be that it is not there yet.
    bool written = false;
    for (int i = 0; i < 20 && !written; ++i) {
        Keychain fresh;
        bool answered = false;
        fresh.write(name, Secret(kSecret), this, [&](const Result<void>& done) {
            answered = true;
            written = done.has_value();
        });
        QTRY_VERIFY_WITH_TIMEOUT(answered, 25'000);
        if (!written) {
            QTest::qWait(250);
        }
    }
    QVERIFY(written);
    QCOMPARE(read(keychain, name), std::optional(std::string(kSecret)));
    QVERIFY(!read(keychain, QStringLiteral("password mwops@mx2:22")));
    QVERIFY(keychain.isUsable()); // an entry that is not there is no missing service
    QDirIterator files(m_home.path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    int looked = 0;
    while (files.hasNext()) {
        QFile file(files.next());
        if (file.open(QIODevice::ReadOnly)) {
            ++looked;
            QVERIFY2(!file.readAll().contains(QByteArray::fromStdString(std::string(kSecret))), qPrintable(file.fileName()));
        }
    }
    QVERIFY(looked > 0); // the keyring itself
    keychain.forget(name);
    QTRY_VERIFY(!read(keychain, name));
}

void TestKeychain::withoutABusThereIsNone()
{
    qunsetenv("DBUS_SESSION_BUS_ADDRESS");
    qunsetenv("XDG_RUNTIME_DIR");
    Keychain keychain;
    QVERIFY(!keychain.isUsable());
    QVERIFY(!read(keychain, QStringLiteral("password mwops@mx1:22")));
}

QTEST_GUILESS_MAIN(TestKeychain)
#include "tst_Keychain.moc"

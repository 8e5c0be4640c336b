// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/controllers/Keychain.h"

#include <QCoreApplication>
#include <QFile>
#include <QTimer>
#include <memory>

#ifdef MAILWARD_KEYCHAIN
#include <qt6keychain/keychain.h>
#endif

namespace mailward {

#ifdef MAILWARD_KEYCHAIN

namespace {

constexpr int kPatienceMs = 20'000; ///< a locked keyring asks the person first

QString serviceName()
{
    return QStringLiteral("mailward");
}

/// QtKeychain's own plain-text way is off by default; said here, so that no default can change it.
template <class Job>
Job* newJob(const QString& name)
{
    auto* job = new Job(serviceName());
    job->setInsecureFallback(false);
    job->setKey(name);
    return job;
}

bool isMissingService(QKeychain::Error error)
{
    return error == QKeychain::NoBackendAvailable || error == QKeychain::NotImplemented || error == QKeychain::OtherError;
}

} // namespace

Keychain::Keychain()
    : m_usable(qEnvironmentVariableIsSet("DBUS_SESSION_BUS_ADDRESS") || QFile::exists(qEnvironmentVariable("XDG_RUNTIME_DIR") + QStringLiteral("/bus")))
{
}

void Keychain::read(const QString& name, QObject* asker, Found found)
{
    if (!m_usable) {
        found(std::nullopt);
        return;
    }
    auto* job = newJob<QKeychain::ReadPasswordJob>(name);
    auto answered = std::make_shared<bool>(false);
    const auto once = [answered, found = std::move(found)](std::optional<Secret> secret) {
        if (!std::exchange(*answered, true)) {
            found(std::move(secret));
        }
    };
    QObject::connect(job, &QKeychain::Job::finished, asker, [this, job, once] {
        m_usable = m_usable && !isMissingService(job->error());
        QByteArray bytes = job->error() == QKeychain::NoError ? job->binaryData() : QByteArray();
        once(bytes.isEmpty() ? std::nullopt : std::optional(Secret::takeFrom(bytes.data(), static_cast<std::size_t>(bytes.size()))));
    });
    QTimer::singleShot(kPatienceMs, asker, [once] { once(std::nullopt); });
    job->start();
}

void Keychain::write(const QString& name, const Secret& secret, QObject* asker, Done done)
{
    auto* job = newJob<QKeychain::WritePasswordJob>(name);
    job->setBinaryData(QByteArray(secret.data(), static_cast<qsizetype>(secret.size())));
    QObject::connect(job, &QKeychain::Job::finished, asker, [this, job, done = std::move(done)] {
        m_usable = m_usable && !isMissingService(job->error());
        done(job->error() == QKeychain::NoError
                 ? Result<void>{}
                 : failure(ErrorCode::Permission, QCoreApplication::translate("mailward::Keychain", "The desktop's secret service did not take the secret: %1").arg(job->errorString()),
                           QCoreApplication::translate("mailward::Keychain", "It is kept in memory until Mailward ends.")));
    });
    job->start();
}

void Keychain::forget(const QString& name)
{
    if (m_usable) {
        newJob<QKeychain::DeletePasswordJob>(name)->start();
    }
}

#else

Keychain::Keychain() = default;

void Keychain::read(const QString&, QObject*, Found found)
{
    found(std::nullopt);
}

void Keychain::write(const QString&, const Secret&, QObject*, Done done)
{
    done(failure(ErrorCode::NotFound, QCoreApplication::translate("mailward::Keychain", "This build knows no secret service.")));
}

void Keychain::forget(const QString&) {}

#endif

} // namespace mailward

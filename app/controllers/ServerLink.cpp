// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/controllers/ServerLink.h"

#include <QDir>

namespace mailward {

namespace {

/// A connection that runs commands and is closed with its runner.
class ConnectedRunner final : public StreamingRunner
{
public:
    ConnectedRunner(ServerProfile profile, const DataPaths& paths, std::stop_token stop)
        : m_connection(std::move(profile), paths.config, userKnownHosts(), std::move(stop))
    {}

    [[nodiscard]] Result<void> open(const SecretSource& secret)
    {
        ConnectionCallbacks callbacks;
        callbacks.secret = secret;
        return m_connection.open(callbacks);
    }

    [[nodiscard]] Result<CommandOutput> run(const RemoteCommand& command) override { return m_connection.session().run(command); }
    [[nodiscard]] Result<std::unique_ptr<CommandStream>> start(const RemoteCommand& command) override { return m_connection.session().start(command); }

private:
    ServerConnection m_connection;
};

} // namespace

QString userKnownHosts()
{
    return QDir::homePath() + QStringLiteral("/.ssh/known_hosts");
}

ExecutorTarget executorTarget(const ServerProfile& profile, const DataPaths& paths, SecretSource secret, std::stop_token stop)
{
    ExecutorTarget target;
    target.server = profile.name;
    target.access = profile.gate == GateMode::RootDirect ? GateAccess::SentAsRoot : GateAccess::Installed;
    target.connect = [profile, paths, secret = std::move(secret), stop]() -> Result<std::unique_ptr<CommandRunner>> {
        auto runner = std::make_unique<ConnectedRunner>(profile, paths, stop);
        if (auto opened = runner->open(secret); !opened) {
            return tl::unexpected(opened.error());
        }
        return runner;
    };
    return target;
}

} // namespace mailward

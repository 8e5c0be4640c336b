// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/respond/AccountExecutor.h"

#include <map>

namespace mailward {

/// What a helper answers, by verb; those that are missing answer "ok". Every request is kept.
struct FakeServer {
    QString name = QStringLiteral("mx1");
    std::map<QByteArray, QByteArray> answers;
    bool down = false;
    QByteArrayList asked;

    [[nodiscard]] int count(const char* verb) const
    {
        return static_cast<int>(std::count_if(asked.begin(), asked.end(), [&](const QByteArray& one) { return one.startsWith(QByteArray(verb) + '\n'); }));
    }
};

class FakeRunner final : public CommandRunner
{
public:
    explicit FakeRunner(FakeServer& server) : m_server(server) {}
    [[nodiscard]] Result<CommandOutput> run(const RemoteCommand& command) override
    {
        m_server.asked << command.stdinData;
        auto words = command.stdinData.split('\n');
        const QByteArray verb = words.takeFirst();
        if (const auto known = m_server.answers.find(verb); known != m_server.answers.end()) {
            return CommandOutput{known->second, {}, known->second.startsWith("err ") ? 65 : 0};
        }
        QByteArray out;
        if (verb == "account-find") {
            out = "back dovecot-1 passwd-file 0123456789abcdef - - /etc/dovecot/users\nhas dovecot\nhas postfix\nschemes SHA512-CRYPT\n";
        } else if (verb == "account-look") {
            for (const QByteArray& name : words.mid(0, words.size() - 2)) {
                out += "row " + name + " dovecot-1 open SHA512-CRYPT 5000 0 0\n";
            }
        } else if (verb == "account-test") {
            out = "row " + words.front().split(' ').back() + " dovecot-1 open SHA512-CRYPT 5000 0 0\n";
        }
        return CommandOutput{out + "ok\n", {}, 0};
    }

private:
    FakeServer& m_server;
};

inline ExecutorTarget targetOf(FakeServer& server)
{
    return {server.name, GateAccess::Installed, [&server]() -> Result<std::unique_ptr<CommandRunner>> {
                if (server.down) {
                    return failure(ErrorCode::Network, QStringLiteral("No route to host."));
                }
                return std::make_unique<FakeRunner>(server);
            }};
}

} // namespace mailward

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/servers/CommandRunner.h"

#include <QProcess>

#include <unistd.h>

namespace mailward {

/// A host of tests/rig/gatehost.sh: namespaces with real nftables.
class GateHost
{
public:
    bool start()
    {
        static int count = 0;
        m_process.start(QStringLiteral(MAILWARD_SOURCE_DIR "/tests/rig/gatehost.sh"), {QStringLiteral("mwx%1n%2").arg(::getpid()).arg(++count)});
        if (!m_process.waitForStarted() || !m_process.waitForReadyRead(20'000)) {
            return false;
        }
        m_pid = QString::fromLatin1(m_process.readLine()).trimmed();
        return !m_pid.isEmpty();
    }
    ~GateHost()
    {
        m_process.closeWriteChannel();
        m_process.waitForFinished();
    }
    [[nodiscard]] CommandOutput run(const QStringList& words, const QByteArray& data = {}) const
    {
        QProcess process;
        process.start(QStringLiteral("nsenter"), QStringList{QStringLiteral("-t"), m_pid, QStringLiteral("-m"), QStringLiteral("-n"), QStringLiteral("-p"), QStringLiteral("--")} + words);
        process.waitForStarted();
        process.write(data);
        process.closeWriteChannel();
        process.waitForFinished(60'000);
        return {process.readAllStandardOutput(), process.readAllStandardError(), process.exitCode()};
    }
    [[nodiscard]] QByteArray ruleset() const { return run({QStringLiteral("nft"), QStringLiteral("-s"), QStringLiteral("list"), QStringLiteral("ruleset")}).out; }

private:
    QProcess m_process;
    QString m_pid;
};

/// Runs a command's shell line on a GateHost, as sshd would. `dieBefore` N: the N-th command never reaches the server.
class GateHostRunner final : public CommandRunner
{
public:
    GateHostRunner(const GateHost& host, int* countdown) : m_host(host), m_countdown(countdown) {}
    [[nodiscard]] Result<CommandOutput> run(const RemoteCommand& command) override
    {
        if (m_countdown != nullptr && --*m_countdown < 0) {
            return failure(ErrorCode::Network, QStringLiteral("The link is cut."));
        }
        const auto line = command.shellLine("marker");
        if (!line) {
            return tl::unexpected(line.error());
        }
        auto output = m_host.run({QStringLiteral("/bin/sh"), QStringLiteral("-c"), QString::fromStdString(*line)}, command.stdinData);
        output.out.remove(0, 7); // the marker's line
        output.err.remove(0, 7);
        return output;
    }

private:
    const GateHost& m_host;
    int* m_countdown;
};

} // namespace mailward

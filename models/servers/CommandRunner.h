// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/Result.h"
#include "models/servers/RemoteCommand.h"

#include <QByteArray>

#include <chrono>
#include <memory>
#include <stop_token>

namespace mailward {

/// What a command said. Both texts were written by the server: hostile until shown through UntrustedText.
struct CommandOutput
{
    QByteArray out;
    QByteArray err;
    int exitCode = -1; ///< -1: ended by a signal, or the server told no code
};

/// Runs commands on a server, one after the other. An exit code other than 0 is an answer, not an Error;
/// Errors are: LimitExceeded (a cap of the command), Timeout, Network, Cancelled, Remote (no shell there),
/// InvalidInput.
class CommandRunner
{
public:
    virtual ~CommandRunner() = default;
    /// Blocks until the command ended. Called from the thread that owns the runner.
    [[nodiscard]] virtual Result<CommandOutput> run(const RemoteCommand& command) = 0;
};

/// A command under way. Destroying it ends the command. Used in its runner's thread only, and not after its
/// runner.
class CommandStream
{
public:
    virtual ~CommandStream() = default;
    /// The next bytes of stdout, at most `maxBytes` (8 to 16 MiB keeps a link with latency full). Empty:
    /// nothing came within `wait`, or the command ended (see atEnd()).
    [[nodiscard]] virtual Result<QByteArray> read(qsizetype maxBytes, std::chrono::milliseconds wait) = 0;
    /// More for the command's stdin, where that was kept open; it is sent while the answer is read.
    [[nodiscard]] virtual Result<void> write(const QByteArray& bytes) = 0;
    /// Nothing more will come.
    [[nodiscard]] virtual bool atEnd() const = 0;
    /// After atEnd(): the exit code and stderr; `out` is empty.
    [[nodiscard]] virtual Result<CommandOutput> finish() = 0;
};

/// A runner that also hands out output while the command runs. Of the command's limits only stderr's cap and
/// `timeout` (here: the longest silence) hold for a stream: the reader decides how much it takes.
class StreamingRunner : public CommandRunner
{
public:
    [[nodiscard]] virtual Result<std::unique_ptr<CommandStream>> start(const RemoteCommand& command) = 0;
};

/// Reads a stream to its end within the command's limits: what run() is made of.
[[nodiscard]] Result<CommandOutput> collect(CommandStream& stream, const RemoteCommand& command,
                                            const std::stop_token& stop);

} // namespace mailward

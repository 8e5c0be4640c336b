// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/servers/CommandRunner.h"

#include <functional>

namespace mailward::test {

/// Runs commands on this machine instead of a server, for tests of what is done with them. Can be told to
/// break.
class LocalRunner final : public StreamingRunner
{
public:
    [[nodiscard]] Result<CommandOutput> run(const RemoteCommand& command) override;
    [[nodiscard]] Result<std::unique_ptr<CommandStream>> start(const RemoteCommand& command) override;

    /// From now on the "link" carries this many bytes and then breaks; negative: it holds.
    void breakAfter(qint64 bytes) { m_left = bytes; }
    /// Called before each command: what happens on the server meanwhile.
    std::function<void()> meanwhile;
    int commands = 0;
    qint64 carried = 0; ///< bytes of output so far

private:
    friend class LocalStream;
    qint64 m_left = -1;
};

} // namespace mailward::test

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/servers/CommandRunner.h"

#include <algorithm>

namespace mailward {

Result<CommandOutput> collect(CommandStream& stream, const RemoteCommand& command,
                              const std::stop_token& stop)
{
    using namespace std::chrono_literals;
    constexpr qsizetype kReadCount = 4 * 1024 * 1024;
    const auto deadline = std::chrono::steady_clock::now() + command.timeout;
    QByteArray out;
    while (!stream.atEnd()) {
        const auto left =
            std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
        if (stop.stop_requested()) {
            return failure(ErrorCode::Cancelled, QStringLiteral("The command was stopped."));
        }
        if (left <= 0ms) {
            return failure(
                ErrorCode::Timeout,
                QStringLiteral("The command did not end within %1 ms.").arg(command.timeout.count()),
                QStringLiteral("The server may be overloaded; try again later."));
        }
        const auto part = stream.read(kReadCount, std::min<std::chrono::milliseconds>(left, 500ms));
        if (!part) {
            return tl::unexpected(part.error());
        }
        if (out.size() + part->size() > command.limits.maxOut) {
            return failure(
                ErrorCode::LimitExceeded,
                QStringLiteral("The command's answer is longer than %1 bytes.").arg(command.limits.maxOut),
                QStringLiteral("No such command of ours says that much: look at the server."));
        }
        out += *part;
    }
    auto result = stream.finish();
    if (result) {
        result->out = std::move(out);
    }
    return result;
}

} // namespace mailward

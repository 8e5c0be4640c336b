// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/servers/LogPuller.h"

#include <memory>

namespace mailward {

class PullConsumer;

/// Reads what is appended to one log file, through a command that keeps the file open on the server: a read costs one
/// short command there and one round trip. Every read begins and ends with the bytes before the offset, which must be those
/// that were committed; whatever is odd is left to the careful reading of SourcePull. One thread, and not after its runner.
class LiveReader
{
public:
    enum class Outcome {
        Same, ///< read to its end; the path still leads to this file
        Moved ///< rotated, cut short or not the file that we know: SourcePull has to look
    };

    [[nodiscard]] static Result<std::unique_ptr<LiveReader>> start(StreamingRunner& runner, const std::string& path);
    /// Is so much known of the file that it can be told by the bytes before its offset alone?
    [[nodiscard]] static bool isFit(const PulledFile& file);

    /// Commits what is new; `file` and `report` tell how far it came. Errors: of the link, of the sink, Timeout (no
    /// answer within 5 s), Remote (the command ended). After Moved or an Error this object is of no more use.
    [[nodiscard]] Result<Outcome> read(PullSink& sink, PulledFile& file, SourceReport& report);

private:
    explicit LiveReader(std::unique_ptr<CommandStream> stream) : m_stream(std::move(stream)) {}
    class Answer;
    [[nodiscard]] Result<Outcome> readOnce(PullSink& sink, PulledFile& file, SourceReport& report, qsizetype& count);
    [[nodiscard]] Result<void> take(Answer& answer);
    [[nodiscard]] static Result<void> settle(PullConsumer& consumer, PullSink& sink, PulledFile& file, SourceReport& report);

    std::unique_ptr<CommandStream> m_stream;
};

} // namespace mailward

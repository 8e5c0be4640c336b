// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/logs/StreamParser.h"

#include "models/logs/EventBuilder.h"
#include "models/logs/LineParser.h"

namespace mailward {

struct StreamParser::State {
    State(std::shared_ptr<const RuleBook> book, const StreamOptions& options, FileId file, std::uint64_t offset, std::uint64_t number)
        : framer(offset), parser(std::move(book)), builder(options, file, number)
    {
    }

    /// Line by line, since the framer's text does not stay.
    void take(const FramedLine& line, ParsedBatch& out)
    {
        block.clear();
        parser.parse(line, block);
        builder.settle(block);
        append(block, out);
        out.future += builder.future();
    }

    LineFramer framer;
    LineParser parser;
    LogBlock block;
    EventBuilder builder;
};

StreamParser::StreamParser(std::shared_ptr<const RuleBook> rules, StreamOptions options, FileId file,
                           std::uint64_t startOffset, std::uint64_t startLineNumber)
    : m_state(std::make_unique<State>(std::move(rules), options, file, startOffset, startLineNumber))
{
}

StreamParser::~StreamParser() = default;
StreamParser::StreamParser(StreamParser&&) noexcept = default;
StreamParser& StreamParser::operator=(StreamParser&&) noexcept = default;

void StreamParser::feed(std::string_view bytes, ParsedBatch& out)
{
    m_state->framer.feed(bytes, [&](const FramedLine& line) { m_state->take(line, out); });
}

void StreamParser::finish(ParsedBatch& out)
{
    m_state->framer.finish([&](const FramedLine& line) { m_state->take(line, out); });
}

std::uint64_t StreamParser::consumed() const { return m_state->framer.consumed(); }

std::uint64_t StreamParser::nextLineNumber() const { return m_state->builder.nextLineNumber(); }

} // namespace mailward

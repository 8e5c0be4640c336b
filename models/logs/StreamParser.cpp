// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/logs/StreamParser.h"

#include "models/logs/EventBuilder.h"
#include "models/logs/LineFramer.h"

namespace mailward {

struct StreamParser::State {
    State(std::shared_ptr<const RuleBook> book, const StreamOptions& options, FileId file, std::uint64_t offset, std::uint64_t number)
        : framer(offset), matcher(std::move(book)), builder(options, file), nextNumber(number)
    {
    }

    void take(const FramedLine& framed, ParsedBatch& out)
    {
        line.ref = {builder.file(), framed.offset, static_cast<std::uint32_t>(framed.length), nextNumber++};
        line.text = framed.text;
        line.isCut = framed.isCut();
        scratch.clear();
        parseLine(matcher, scratch, line);
        builder.add(line, out);
    }

    LineFramer framer;
    RuleMatcher matcher;
    Scratch scratch;
    ParsedLine line;
    EventBuilder builder;
    std::uint64_t nextNumber;
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
    m_state->builder.endBatch(out);
}

void StreamParser::finish(ParsedBatch& out)
{
    m_state->framer.finish([&](const FramedLine& line) { m_state->take(line, out); });
    m_state->builder.endBatch(out);
}

std::uint64_t StreamParser::consumed() const { return m_state->framer.consumed(); }

std::uint64_t StreamParser::nextLineNumber() const { return m_state->nextNumber; }

} // namespace mailward

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/logs/StreamParser.h"

#include "models/logs/EventBuilder.h"
#include "models/logs/LineParser.h"

namespace mailward {

namespace {

constexpr std::size_t kPiece = 128 * 1024; ///< what is parsed at once, and what is made of it, stays in the processor's cache

} // namespace

struct StreamParser::State {
    State(std::shared_ptr<const RuleBook> book, const StreamOptions& options, FileId file, std::uint64_t offset, std::uint64_t number)
        : framer(offset), parser(std::move(book)), builder(options, file, number)
    {
    }

    /// A line in several pieces: the framer's text does not stay.
    void takeLine(const FramedLine& line, const BlockSink& sink)
    {
        block.clear();
        parser.parse(line, block);
        builder.settle(block);
        sink(block);
    }

    void takeLines(std::string_view lines, const BlockSink& sink)
    {
        block.clear();
        block.offset = framer.consumed();
        parser.parseAll(lines, block);
        framer.skip(lines.size());
        builder.settle(block);
        sink(block);
    }

    [[nodiscard]] BlockSink into(ParsedBatch& out) const
    {
        return [this, &out](const LogBlock& made) {
            append(made, out);
            out.future += builder.future();
        };
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

void StreamParser::feed(std::string_view bytes, const BlockSink& sink)
{
    const auto frame = [&](std::string_view part) {
        m_state->framer.feed(part, [&](const FramedLine& line) { m_state->takeLine(line, sink); });
        bytes.remove_prefix(part.size());
    };
    if (m_state->framer.isInLine()) {
        const std::size_t end = bytes.find('\n');
        frame(end == std::string_view::npos ? bytes : bytes.substr(0, end + 1));
    }
    while (bytes.size() > kPiece) {
        std::size_t end = bytes.rfind('\n', kPiece);
        end = end == std::string_view::npos ? bytes.find('\n', kPiece) : end;
        if (end == std::string_view::npos) {
            break;
        }
        m_state->takeLines(bytes.substr(0, end + 1), sink);
        bytes.remove_prefix(end + 1);
    }
    if (const std::size_t end = bytes.rfind('\n'); end != std::string_view::npos) {
        m_state->takeLines(bytes.substr(0, end + 1), sink);
        bytes.remove_prefix(end + 1);
    }
    frame(bytes);
}

void StreamParser::feed(std::string_view bytes, ParsedBatch& out) { feed(bytes, m_state->into(out)); }

void StreamParser::finish(ParsedBatch& out)
{
    m_state->framer.finish([&](const FramedLine& line) { m_state->takeLine(line, m_state->into(out)); });
}

std::uint64_t StreamParser::consumed() const { return m_state->framer.consumed(); }

std::uint64_t StreamParser::nextLineNumber() const { return m_state->builder.nextLineNumber(); }

} // namespace mailward

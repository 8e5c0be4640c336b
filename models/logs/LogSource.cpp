// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/logs/LogSource.h"

#include "models/logs/LineFramer.h"

#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

namespace mailward {

namespace {

constexpr std::size_t kBlock = 512 * 1024;
constexpr std::size_t kAhead = 6; ///< blocks read before the consumer came for them

/// Cuts an input into blocks that end with a line. One user at a time.
class BlockReader
{
public:
    explicit BlockReader(LogInput input) : m_input(std::move(input)) {}

    void read(LogBlock& block)
    {
        block.bytes.assign(m_carry);
        m_carry.clear();
        block.offset = m_offset;
        block.skipped = std::exchange(m_skipped, 0);
        while (!m_ended) {
            const std::size_t before = block.bytes.size();
            const auto more = m_input.read(block.bytes);
            if (!more) {
                block.problem = more.error();
            }
            m_ended = !more.value_or(false);
            if (!m_ended && block.bytes.find('\n', before) == std::string::npos) {
                shorten(block);
            } else if (block.bytes.size() >= kBlock) {
                break;
            }
        }
        block.isLast = m_ended;
        if (!m_ended) {
            const std::size_t end = block.bytes.rfind('\n') + 1;
            m_carry.assign(block.bytes, end);
            block.bytes.resize(end);
        }
        m_offset += block.bytes.size() + block.skipped;
    }

private:
    /// A first line without an end in sight: what no one will read of it is dropped.
    static void shorten(LogBlock& block)
    {
        constexpr std::size_t kEnough = LineFramer::kKeep + 1;
        if (block.bytes.size() > kBlock && block.bytes.find('\n') == std::string::npos) {
            block.skipped += block.bytes.size() - kEnough;
            block.bytes.resize(kEnough);
        }
    }

    LogInput m_input;
    std::string m_carry;
    std::uint64_t m_offset = 0;
    std::uint64_t m_skipped = 0;
    bool m_ended = false;
};

/// Envelope and rule of every line of a block. Line numbers are counted from 0 here.
void parseBlock(RuleMatcher& matcher, LogBlock& block)
{
    std::string_view rest = block.bytes;
    std::uint64_t offset = block.offset;
    std::uint64_t hidden = block.skipped;
    std::uint64_t boring = 0;
    block.lines.reserve(block.bytes.size() / 128);
    ParsedLine* line = &block.lines.emplace_back();
    while (!rest.empty()) {
        const std::size_t end = rest.find('\n');
        const std::string_view text = rest.substr(0, end);
        const FramedLine framed = LineFramer::trimmed({text, offset, text.size() + std::exchange(hidden, 0)});
        line->ref = {{}, framed.offset, static_cast<std::uint32_t>(framed.length), block.lineCount++};
        line->text = framed.text;
        line->isCut = framed.isCut();
        parseLine(matcher, block.scratch, *line);
        if (line->match.verdict == RuleMatch::Verdict::Boring && !line->envelope.repeatsLast) {
            ++boring;
        } else {
            line->boringBefore = std::exchange(boring, 0);
            line = &block.lines.emplace_back();
        }
        const std::size_t used = end == std::string_view::npos ? text.size() : text.size() + 1;
        offset += used + (framed.length > text.size() ? framed.length - text.size() : 0);
        rest.remove_prefix(used);
    }
    block.lines.pop_back();
    block.boringAtEnd = boring;
}

} // namespace

struct LogSource::State {
    State(LogInput input, std::shared_ptr<const RuleBook> book, const StreamOptions& options, FileId id)
        : reader(std::move(input)), rules(std::move(book)), builder(options, id), file(id)
    {
    }

    std::unique_ptr<LogBlock> readNext(std::uint64_t& serial);
    void work(const std::stop_token& stop, RuleMatcher& matcher);
    std::unique_ptr<LogBlock> take();
    void giveBack(std::unique_ptr<LogBlock> block);
    void use(LogBlock& block, ParsedBatch& out);

    BlockReader reader;
    std::shared_ptr<const RuleBook> rules;
    EventBuilder builder;
    FileId file;
    std::uint64_t nextLine = 1;
    std::optional<Error> problem;
    bool isDone = false;

    std::mutex reading; ///< guards reader, nextSerial, readAll, spare
    std::vector<std::unique_ptr<LogBlock>> spare; ///< used blocks: fresh memory costs more than the parsing
    std::uint64_t nextSerial = 0;
    bool readAll = false;

    std::mutex handing; ///< guards what follows
    std::condition_variable_any changed;
    std::map<std::uint64_t, std::unique_ptr<LogBlock>> ready;
    std::uint64_t consumed = 0;

    std::vector<RuleMatcher> matchers; ///< views of lines point into them: they outlive the threads
    std::vector<std::jthread> threads;
};

std::unique_ptr<LogBlock> LogSource::State::readNext(std::uint64_t& serial)
{
    const std::lock_guard lock(reading);
    if (readAll) {
        return nullptr;
    }
    auto block = spare.empty() ? std::make_unique<LogBlock>() : std::move(spare.back());
    if (!spare.empty()) {
        spare.pop_back();
    }
    reader.read(*block);
    readAll = block->isLast;
    serial = nextSerial++;
    return block;
}

void LogSource::State::work(const std::stop_token& stop, RuleMatcher& matcher)
{
    while (!stop.stop_requested()) {
        std::uint64_t serial = 0;
        auto block = readNext(serial);
        if (!block) {
            return;
        }
        parseBlock(matcher, *block);
        std::unique_lock lock(handing);
        changed.wait(lock, stop, [&] { return serial < consumed + kAhead; });
        ready.emplace(serial, std::move(block));
        changed.notify_all();
    }
}

std::unique_ptr<LogBlock> LogSource::State::take()
{
    if (threads.empty()) {
        std::uint64_t serial = 0;
        auto block = readNext(serial);
        if (block) {
            parseBlock(matchers.front(), *block);
        }
        return block;
    }
    std::unique_lock lock(handing);
    changed.wait(lock, [&] { return ready.contains(consumed); });
    auto block = std::move(ready[consumed]);
    ready.erase(consumed++);
    changed.notify_all();
    return block;
}

void LogSource::State::giveBack(std::unique_ptr<LogBlock> block)
{
    block->lines.clear();
    block->scratch.clear();
    block->lineCount = 0;
    const std::lock_guard lock(reading);
    spare.push_back(std::move(block));
}

void LogSource::State::use(LogBlock& block, ParsedBatch& out)
{
    out.events.reserve(out.events.size() + block.lines.size());
    out.links.reserve(out.links.size() + block.lines.size());
    for (ParsedLine& line : block.lines) {
        line.ref.file = file;
        line.ref.number += nextLine;
        builder.add(line, out);
    }
    builder.addBoring(block.boringAtEnd, out);
    builder.endBatch(out);
    nextLine += block.lineCount;
}

LogSource::LogSource(LogInput input, std::shared_ptr<const RuleBook> rules, const StreamOptions& options, FileId file, int threads)
    : m_state(std::make_unique<State>(std::move(input), std::move(rules), options, file))
{
    State* state = m_state.get();
    for (int i = 0; i < std::max(threads, 1); ++i) {
        state->matchers.emplace_back(state->rules);
    }
    for (int i = 0; i < threads; ++i) {
        state->threads.emplace_back([state, i](const std::stop_token& stop) { state->work(stop, state->matchers[static_cast<std::size_t>(i)]); });
    }
}

LogSource::~LogSource() = default;
LogSource::LogSource(LogSource&&) noexcept = default;
LogSource& LogSource::operator=(LogSource&&) noexcept = default;

bool LogSource::next(ParsedBatch& out)
{
    if (m_state->isDone) {
        return false;
    }
    auto block = m_state->take();
    m_state->isDone = block->isLast;
    m_state->problem = block->problem;
    m_state->use(*block, out);
    m_state->giveBack(std::move(block));
    return true;
}

const std::optional<Error>& LogSource::problem() const { return m_state->problem; }

} // namespace mailward

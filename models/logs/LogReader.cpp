// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/logs/LogReader.h"

#include "models/logs/LineParser.h"

#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

namespace mailward {

namespace {

constexpr std::size_t kBlock = 128 * 1024;
constexpr std::size_t kAhead = 6; ///< blocks read before the consumer came for them

/// Cuts an input into blocks that end with a line. One user at a time.
class BlockReader
{
public:
    explicit BlockReader(LogInput input) : m_input(std::move(input)) {}

    void read(LogBlock& block)
    {
        block.bytes.append(m_carry.view());
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
            if (!m_ended && block.bytes.view().find('\n', before) == std::string_view::npos) {
                shorten(block);
            } else if (block.bytes.size() >= kBlock) {
                break;
            }
        }
        block.isLast = m_ended;
        if (!m_ended) {
            const std::size_t end = block.bytes.view().rfind('\n') + 1;
            m_carry.append(block.bytes.view().substr(end));
            block.bytes.truncate(end);
        }
        m_offset += block.bytes.size() + block.skipped;
    }

private:
    /// A first line without an end in sight: what no one will read of it is dropped.
    static void shorten(LogBlock& block)
    {
        constexpr std::size_t kEnough = LineFramer::kKeep + 1;
        if (block.bytes.size() > kBlock && block.bytes.view().find('\n') == std::string_view::npos) {
            block.skipped += block.bytes.size() - kEnough;
            block.bytes.truncate(kEnough);
        }
    }

    LogInput m_input;
    ByteBuffer m_carry;
    std::uint64_t m_offset = 0;
    std::uint64_t m_skipped = 0;
    bool m_ended = false;
};

} // namespace

struct LogReader::State {
    State(LogInput input, std::shared_ptr<const RuleBook> book, const StreamOptions& options, FileId file, int count, bool totalsOnly)
        : reader(std::move(input)), rules(std::move(book)), builder(options, file), threadCount(count)
    {
        for (int i = 0; i <= threadCount; ++i) {
            parsers.push_back(std::make_unique<LineParser>(rules, totalsOnly));
        }
    }

    std::unique_ptr<LogBlock> readNext(std::uint64_t& serial, std::uint64_t limit = UINT64_MAX);
    bool help();
    void work(const std::stop_token& stop, LineParser& parser);
    void start();
    std::unique_ptr<LogBlock> take();

    BlockReader reader;
    std::shared_ptr<const RuleBook> rules;
    EventBuilder builder;
    int threadCount;
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

    /// The first is the consumer's. Views of blocks point into them: they outlive the threads.
    std::vector<std::unique_ptr<LineParser>> parsers;
    std::vector<std::jthread> threads;
};

/// Null at the end, and where the next block would be one of `limit` or later.
std::unique_ptr<LogBlock> LogReader::State::readNext(std::uint64_t& serial, std::uint64_t limit)
{
    const std::lock_guard lock(reading);
    if (readAll || nextSerial >= limit) {
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

void LogReader::State::work(const std::stop_token& stop, LineParser& parser)
{
    while (!stop.stop_requested()) {
        std::uint64_t serial = 0;
        auto block = readNext(serial);
        if (!block) {
            return;
        }
        parser.parseAll(*block);
        std::unique_lock lock(handing);
        changed.wait(lock, stop, [&] { return serial < consumed + kAhead; });
        ready.emplace(serial, std::move(block));
        changed.notify_all();
    }
}

void LogReader::State::start()
{
    for (int i = 0; i < threadCount; ++i) {
        threads.emplace_back([this, i](const std::stop_token& stop) { work(stop, *parsers[static_cast<std::size_t>(i) + 1]); });
    }
}

/// The consumer parses a block itself where it would have to wait: to sleep and be woken for each block costs more. False: there is
/// none, or enough of them were read ahead.
bool LogReader::State::help()
{
    std::uint64_t serial = 0;
    auto block = readNext(serial, consumed + kAhead);
    if (!block) {
        return false;
    }
    parsers.front()->parseAll(*block);
    const std::lock_guard lock(handing);
    ready.emplace(serial, std::move(block));
    return true;
}

std::unique_ptr<LogBlock> LogReader::State::take()
{
    if (threads.empty()) {
        std::uint64_t serial = 0;
        auto block = readNext(serial);
        parsers.front()->parseAll(*block);
        ++consumed;
        return block;
    }
    std::unique_lock lock(handing);
    while (!ready.contains(consumed)) {
        lock.unlock();
        const bool helped = help();
        lock.lock();
        if (!helped) {
            changed.wait(lock, [&] { return ready.contains(consumed); });
        }
    }
    auto block = std::move(ready[consumed]);
    ready.erase(consumed++);
    changed.notify_all();
    return block;
}

LogReader::LogReader(LogInput input, std::shared_ptr<const RuleBook> rules, const StreamOptions& options, FileId file, int threads,
                     bool totalsOnly)
    : m_state(std::make_unique<State>(std::move(input), std::move(rules), options, file, threads, totalsOnly))
{
}

LogReader::~LogReader() = default;
LogReader::LogReader(LogReader&&) noexcept = default;
LogReader& LogReader::operator=(LogReader&&) noexcept = default;

std::unique_ptr<LogBlock> LogReader::next()
{
    State& state = *m_state;
    if (state.isDone) {
        return nullptr;
    }
    if (state.threads.empty() && state.consumed > 0) {
        state.start();
    }
    auto block = state.take();
    state.isDone = block->isLast;
    state.problem = block->problem;
    state.builder.settle(*block);
    return block;
}

void LogReader::giveBack(std::unique_ptr<LogBlock> block)
{
    block->clear();
    block->bytes.shrinkTo(4 * kBlock);
    const std::lock_guard lock(m_state->reading);
    m_state->spare.push_back(std::move(block));
}

std::uint64_t LogReader::future() const { return m_state->builder.future(); }

const std::optional<Error>& LogReader::problem() const { return m_state->problem; }

} // namespace mailward

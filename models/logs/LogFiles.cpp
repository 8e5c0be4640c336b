// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/logs/LogFiles.h"

#include "models/logs/Correlator.h"
#include "models/logs/LogReader.h"

#include <algorithm>
#include <deque>
#include <thread>

namespace mailward {

namespace {

constexpr auto kHold = std::chrono::minutes(1);
constexpr std::size_t kMostHeld = 20'000;
constexpr std::size_t kMostThreaded = 64;
constexpr int kMostThreads = 2; ///< beside the one that correlates: more would wait for it
constexpr std::size_t kMerged = 4'096; ///< events that the correlation gets at once from several files

/// Events under way to the sink, and the blocks in which their texts stand.
struct HeldBatch {
    std::vector<EventView> events;
    std::unique_ptr<Scratch> texts = std::make_unique<Scratch>(); ///< what the correlation gave to them
    std::vector<std::pair<LogReader*, std::unique_ptr<LogBlock>>> blocks; ///< given back with the batch
    bool isOrdered = true; ///< of one file, in its order
};

void apply(const Amendment& amendment, HeldBatch& batch, EventView& event)
{
    const auto keep = [&](const std::optional<std::string>& text, std::string_view& field) {
        if (text) {
            field = batch.texts->next() = *text;
        }
    };
    event.outcome = amendment.outcome.value_or(event.outcome);
    event.kind = amendment.kind.value_or(event.kind);
    event.attempts = amendment.attempts.value_or(event.attempts);
    event.service = amendment.service.value_or(event.service);
    keep(amendment.account, event.account);
    keep(amendment.detail, event.detail);
}

/// Events on their way out, batch by batch, still open to amendments.
class Holder
{
public:
    Holder(LogTotals& totals, const LogFiles::Sink& sink) : m_totals(totals), m_sink(sink) {}

    /// A batch that was used before, emptied.
    [[nodiscard]] HeldBatch fresh()
    {
        if (m_spare.empty()) {
            return {};
        }
        HeldBatch batch = std::move(m_spare.back());
        m_spare.pop_back();
        return batch;
    }

    void take(HeldBatch batch, const std::vector<Amendment>& amendments)
    {
        for (const auto& amendment : amendments) {
            amend(amendment);
        }
        for (const auto& event : batch.events) {
            m_newest = std::max(m_newest, event.time);
        }
        m_count += batch.events.size();
        m_held.push_back(std::move(batch));
        give(false);
    }

    /// Hands out what is old enough, or everything.
    void give(bool all)
    {
        while (!m_held.empty() && m_wanted) {
            auto& events = m_held.front().events;
            for (; m_next < events.size() && m_wanted; ++m_next, --m_count) {
                const EventView& event = events[m_next];
                if (!all && m_count <= kMostHeld && event.time + kHold >= m_newest) {
                    return;
                }
                handOut(event);
            }
            giveBack(std::move(m_held.front()));
            m_held.pop_front();
            m_next = 0;
        }
    }

    [[nodiscard]] bool isWanted() const { return m_wanted; }

private:
    void handOut(const EventView& event)
    {
        ++m_totals.events;
        m_totals.failures += event.outcome == Outcome::Failure ? event.attempts : 0;
        m_totals.successes += event.outcome == Outcome::Success ? event.attempts : 0;
        if (m_sink) {
            assign(m_event, event);
            m_wanted = m_sink(m_event);
        }
    }

    void giveBack(HeldBatch batch)
    {
        for (auto& [reader, block] : batch.blocks) {
            reader->giveBack(std::move(block));
        }
        batch.blocks.clear();
        batch.events.clear();
        batch.texts->clear();
        m_spare.push_back(std::move(batch));
    }

    /// Changes an event that was not handed out yet; the newest batches first, since lines that belong together stand close.
    void amend(const Amendment& amendment)
    {
        for (auto batch = m_held.rbegin(); batch != m_held.rend(); ++batch) {
            const auto begin = batch->events.begin() + static_cast<std::ptrdiff_t>(batch + 1 == m_held.rend() ? m_next : 0);
            const auto end = batch->events.end();
            const auto found = batch->isOrdered
                ? std::lower_bound(begin, end, amendment.line.number, [](const EventView& e, std::uint64_t number) { return e.line.number < number; })
                : std::find_if(begin, end, [&](const EventView& e) { return e.line == amendment.line; });
            if (found != end && found->line == amendment.line) {
                apply(amendment, *batch, *found);
                return;
            }
        }
    }

    LogTotals& m_totals;
    const LogFiles::Sink& m_sink;
    std::deque<HeldBatch> m_held;
    std::vector<HeldBatch> m_spare;
    std::size_t m_next = 0;  ///< first event of the oldest batch that was not handed out
    std::size_t m_count = 0; ///< events held
    Instant m_newest{};
    Event m_event; ///< what the sink sees
    bool m_wanted = true;
};

void addTotals(const LogBlock& block, std::uint64_t future, LogTotals& totals)
{
    totals.lines += block.lines;
    totals.events += block.counted.events;
    totals.failures += block.counted.failures;
    totals.successes += block.counted.successes;
    totals.boring += block.boring;
    totals.unknown += block.unknown;
    totals.limited += block.limited;
    totals.cut += block.cut;
    totals.future += future;
    for (const auto& sample : block.samples) {
        const auto known = std::find_if(totals.samples.begin(), totals.samples.end(),
                                        [&](const UnknownSample& s) { return s.program == sample.program; });
        if (known == totals.samples.end()) {
            totals.samples.push_back(sample);
        } else {
            known->count += sample.count;
        }
    }
}

/// A file in the merge: its block, and what of it was not taken yet.
struct Strand {
    LogReader reader;
    std::unique_ptr<LogBlock> block;
    std::size_t nextEvent = 0;
    std::size_t nextNote = 0;

    [[nodiscard]] bool isUsedUp() const { return nextEvent == block->events.size() && nextNote == block->notes.size(); }
    [[nodiscard]] bool isNoteNext() const
    {
        return nextNote < block->notes.size() && (nextEvent == block->events.size() || block->notes[nextNote].before <= nextEvent);
    }
    [[nodiscard]] Instant time() const { return isNoteNext() ? block->notes[nextNote].time : block->events[nextEvent].time; }

    /// Sees to it that there is an event or a note; false at the end. `done` gets the blocks that were used up.
    bool fill(LogTotals& totals, HeldBatch& done)
    {
        while (!block || isUsedUp()) {
            if (block) {
                done.blocks.emplace_back(&reader, std::move(block));
            }
            nextEvent = 0;
            nextNote = 0;
            block = reader.next();
            if (!block) {
                return false;
            }
            addTotals(*block, reader.future(), totals);
        }
        return true;
    }
};

void readOne(LogReader& reader, Correlator& correlator, Holder& holder, LogTotals& totals)
{
    std::vector<Amendment> amendments;
    while (holder.isWanted()) {
        auto block = reader.next();
        if (!block) {
            return;
        }
        addTotals(*block, reader.future(), totals);
        HeldBatch batch = holder.fresh();
        batch.isOrdered = true;
        batch.events.swap(block->events);
        amendments.clear();
        correlator.process(batch.events, block->links, block->notes, *batch.texts, amendments);
        batch.blocks.emplace_back(&reader, std::move(block));
        holder.take(std::move(batch), amendments);
    }
}

/// The files' events in one order, into batches for the correlation. A block stays until the batch that took its last event is
/// given back; batches are given back in their order.
void readMerged(std::vector<Strand>& strands, Correlator& correlator, Holder& holder, LogTotals& totals)
{
    HeldBatch merged = holder.fresh();
    std::vector<LinkView> links;
    std::vector<NoteView> notes;
    std::vector<Amendment> amendments;
    std::vector<Strand*> open;
    for (auto& strand : strands) {
        if (strand.fill(totals, merged)) {
            open.push_back(&strand);
        }
    }
    while (!open.empty() && holder.isWanted()) {
        // Few files: the smallest is found by looking. Equal times go in the order of the files.
        const auto first = std::min_element(open.begin(), open.end(), [](const Strand* a, const Strand* b) { return a->time() < b->time(); });
        Strand& strand = **first;
        if (strand.isNoteNext()) {
            notes.push_back(strand.block->notes[strand.nextNote++]);
            notes.back().before = merged.events.size();
        } else {
            links.push_back(strand.block->links[strand.nextEvent]);
            merged.events.push_back(strand.block->events[strand.nextEvent++]);
        }
        if (!strand.fill(totals, merged)) {
            open.erase(first);
        }
        if (links.size() + notes.size() >= kMerged || open.empty()) {
            merged.isOrdered = false;
            amendments.clear();
            correlator.process(merged.events, links, notes, *merged.texts, amendments);
            holder.take(std::move(merged), amendments);
            merged = holder.fresh();
            links.clear();
            notes.clear();
        }
    }
}

} // namespace

LogFiles::LogFiles(std::shared_ptr<const RuleBook> rules, StreamOptions options) : m_rules(std::move(rules)), m_options(std::move(options)) {}

Result<LogTotals> LogFiles::read(const std::vector<QString>& paths, const Sink& sink) const
{
    // Every file has its own, which begin to work when the merge comes to it: of a rotated log that is one file at a time.
    const int threads = paths.size() <= kMostThreaded ? std::clamp(static_cast<int>(std::thread::hardware_concurrency()) - 1, 1, kMostThreads) : 0;
    std::vector<Strand> strands;
    for (std::size_t i = 0; i < paths.size(); ++i) {
        auto input = LogInput::open(paths[i]);
        if (!input) {
            return tl::unexpected(input.error());
        }
        StreamOptions options = m_options;
        if (!options.fileTime) {
            options.fileTime = input->modified();
        }
        strands.push_back({LogReader(std::move(*input), m_rules, options, FileId(static_cast<std::uint32_t>(i)), threads, !sink), nullptr, 0, 0});
    }
    LogTotals totals;
    Correlator correlator(sink ? Correlator::Scope::Everything : Correlator::Scope::Attempts);
    Holder holder(totals, sink);
    if (strands.size() == 1) {
        readOne(strands.front().reader, correlator, holder, totals);
    } else {
        readMerged(strands, correlator, holder, totals);
    }
    holder.give(true);
    for (const auto& strand : strands) {
        if (strand.reader.problem()) {
            totals.problems.push_back(*strand.reader.problem());
        }
    }
    std::stable_sort(totals.samples.begin(), totals.samples.end(), [](const auto& a, const auto& b) { return a.count > b.count; });
    return totals;
}

} // namespace mailward

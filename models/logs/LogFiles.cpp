// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/logs/LogFiles.h"

#include "models/logs/Correlator.h"
#include "models/logs/LogSource.h"

#include <algorithm>
#include <deque>

namespace mailward {

namespace {

constexpr auto kHold = std::chrono::minutes(1);
constexpr std::size_t kMostHeld = 20'000;
constexpr std::size_t kMerged = 4'096; ///< events that the correlation gets at once from several files

void apply(const Amendment& amendment, Event& event)
{
    event.outcome = amendment.outcome.value_or(event.outcome);
    event.kind = amendment.kind.value_or(event.kind);
    event.attempts = amendment.attempts.value_or(event.attempts);
    event.service = amendment.service.value_or(event.service);
    event.account = amendment.account.value_or(event.account);
    event.detail = amendment.detail.value_or(event.detail);
}

/// Events on their way out, batch by batch, still open to amendments.
class Holder
{
public:
    Holder(LogTotals& totals, const LogFiles::Sink& sink) : m_totals(totals), m_sink(sink) {}

    void take(ParsedBatch& batch)
    {
        for (const auto& amendment : batch.amendments) {
            if (Event* event = find(amendment.line)) {
                apply(amendment, *event);
            }
        }
        for (const auto& event : batch.events) {
            m_newest = std::max(m_newest, event.time);
        }
        m_count += batch.events.size();
        m_held.push_back(std::move(batch.events));
        give(false);
    }

    /// Hands out what is old enough, or everything.
    void give(bool all)
    {
        while (!m_held.empty() && m_wanted) {
            auto& events = m_held.front();
            for (; m_next < events.size() && m_wanted; ++m_next, --m_count) {
                const Event& event = events[m_next];
                if (!all && m_count <= kMostHeld && event.time + kHold >= m_newest) {
                    return;
                }
                ++m_totals.events;
                m_totals.failures += event.outcome == Outcome::Failure ? event.attempts : 0;
                m_totals.successes += event.outcome == Outcome::Success ? event.attempts : 0;
                m_wanted = m_sink(event);
            }
            m_held.pop_front();
            m_next = 0;
        }
    }

    [[nodiscard]] bool isWanted() const { return m_wanted; }

private:
    /// An event that was not handed out yet; the newest batches first, since lines that belong together stand close.
    Event* find(const LineRef& line)
    {
        for (auto batch = m_held.rbegin(); batch != m_held.rend(); ++batch) {
            const auto from = batch + 1 == m_held.rend() ? batch->begin() + static_cast<std::ptrdiff_t>(m_next) : batch->begin();
            const auto found = std::find_if(from, batch->end(), [&](const Event& e) { return e.line == line; });
            if (found != batch->end()) {
                return &*found;
            }
        }
        return nullptr;
    }

    LogTotals& m_totals;
    const LogFiles::Sink& m_sink;
    std::deque<std::vector<Event>> m_held;
    std::size_t m_next = 0;  ///< first event of the oldest batch that was not handed out
    std::size_t m_count = 0; ///< events held
    Instant m_newest{};
    bool m_wanted = true;
};

void addTotals(const ParsedBatch& batch, LogTotals& totals)
{
    totals.lines += batch.lines;
    totals.boring += batch.boring;
    totals.unknown += batch.unknown;
    totals.limited += batch.limited;
    totals.cut += batch.cut;
    totals.future += batch.future;
    for (const auto& sample : batch.samples) {
        const auto known = std::find_if(totals.samples.begin(), totals.samples.end(),
                                        [&](const UnknownSample& s) { return s.program == sample.program; });
        if (known == totals.samples.end()) {
            totals.samples.push_back(sample);
        } else {
            known->count += sample.count;
        }
    }
}

/// A file in the merge: its events that were not taken yet.
struct Strand {
    LogSource source;
    ParsedBatch batch;
    std::size_t nextEvent = 0;
    std::size_t nextNote = 0;

    /// Sees to it that there is an event or a note; false at the end.
    bool fill(LogTotals& totals)
    {
        while (nextEvent == batch.events.size() && nextNote == batch.notes.size()) {
            batch = {};
            nextEvent = 0;
            nextNote = 0;
            if (!source.next(batch)) {
                return false;
            }
            addTotals(batch, totals);
        }
        return true;
    }
    [[nodiscard]] bool isNoteNext() const
    {
        return nextNote < batch.notes.size() && (nextEvent == batch.events.size() || batch.notes[nextNote].before <= nextEvent);
    }
    [[nodiscard]] Instant time() const { return isNoteNext() ? batch.notes[nextNote].fact.time : batch.events[nextEvent].time; }

    void moveTo(ParsedBatch& merged)
    {
        if (isNoteNext()) {
            Note note = std::move(batch.notes[nextNote++]);
            note.before = merged.events.size();
            merged.notes.push_back(std::move(note));
        } else {
            merged.links.push_back(std::move(batch.links[nextEvent]));
            merged.events.push_back(std::move(batch.events[nextEvent++]));
        }
    }
};

void readOne(LogSource& source, Correlator& correlator, Holder& holder, LogTotals& totals)
{
    ParsedBatch batch;
    while (holder.isWanted() && source.next(batch)) {
        addTotals(batch, totals);
        correlator.process(batch);
        holder.take(batch);
        batch = {};
    }
}

void readMerged(std::vector<Strand>& strands, Correlator& correlator, Holder& holder, LogTotals& totals)
{
    ParsedBatch merged;
    std::vector<Strand*> open;
    for (auto& strand : strands) {
        if (strand.fill(totals)) {
            open.push_back(&strand);
        }
    }
    while (!open.empty() && holder.isWanted()) {
        // Few files: the smallest is found by looking. Equal times go in the order of the files.
        const auto first = std::min_element(open.begin(), open.end(), [](const Strand* a, const Strand* b) { return a->time() < b->time(); });
        (*first)->moveTo(merged);
        if (!(*first)->fill(totals)) {
            open.erase(first);
        }
        if (merged.events.size() + merged.notes.size() >= kMerged || open.empty()) {
            correlator.process(merged);
            holder.take(merged);
            merged = {};
        }
    }
}

} // namespace

LogFiles::LogFiles(std::shared_ptr<const RuleBook> rules, StreamOptions options) : m_rules(std::move(rules)), m_options(std::move(options)) {}

Result<LogTotals> LogFiles::read(const std::vector<QString>& paths, const Sink& sink) const
{
    const int threads = paths.size() == 1 ? 2 : 0;
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
        strands.push_back({LogSource(std::move(*input), m_rules, options, FileId(static_cast<std::uint32_t>(i)), threads), {}, 0, 0});
    }
    LogTotals totals;
    Correlator correlator;
    Holder holder(totals, sink);
    if (strands.size() == 1) {
        readOne(strands.front().source, correlator, holder, totals);
    } else {
        readMerged(strands, correlator, holder, totals);
    }
    holder.give(true);
    for (const auto& strand : strands) {
        if (strand.source.problem()) {
            totals.problems.push_back(*strand.source.problem());
        }
    }
    std::stable_sort(totals.samples.begin(), totals.samples.end(), [](const auto& a, const auto& b) { return a.count > b.count; });
    return totals;
}

} // namespace mailward

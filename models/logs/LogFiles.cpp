// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/logs/LogFiles.h"

#include "models/logs/Correlator.h"
#include "models/logs/LogSource.h"

#include <algorithm>
#include <deque>
#include <unordered_map>

namespace mailward {

namespace {

constexpr auto kHold = std::chrono::minutes(1);
constexpr std::size_t kMostHeld = 20'000;
constexpr std::size_t kMerged = 4'096; ///< events that the correlation gets at once from several files

std::uint64_t keyOf(const LineRef& line) { return line.number ^ (static_cast<std::uint64_t>(line.file.value()) << 44); }

void apply(const Amendment& amendment, Event& event)
{
    event.outcome = amendment.outcome.value_or(event.outcome);
    event.kind = amendment.kind.value_or(event.kind);
    event.attempts = amendment.attempts.value_or(event.attempts);
    event.service = amendment.service.value_or(event.service);
    event.account = amendment.account.value_or(event.account);
    event.detail = amendment.detail.value_or(event.detail);
}

/// Events on their way out, still open to amendments.
class Holder
{
public:
    Holder(LogTotals& totals, const LogFiles::Sink& sink) : m_totals(totals), m_sink(sink) {}

    void take(ParsedBatch& batch)
    {
        for (const auto& amendment : batch.amendments) {
            const auto found = m_index.find(keyOf(amendment.line));
            if (found != m_index.end()) {
                apply(amendment, m_held[found->second - m_given]);
            }
        }
        for (auto& event : batch.events) {
            m_newest = std::max(m_newest, event.time);
            m_index.insert_or_assign(keyOf(event.line), m_given + m_held.size());
            m_held.push_back(std::move(event));
        }
        give(false);
    }

    void give(bool all)
    {
        while (!m_held.empty() && m_wanted && (all || m_held.size() > kMostHeld || m_held.front().time + kHold < m_newest)) {
            const Event& event = m_held.front();
            ++m_totals.events;
            m_totals.failures += event.outcome == Outcome::Failure ? event.attempts : 0;
            m_totals.successes += event.outcome == Outcome::Success ? event.attempts : 0;
            m_wanted = m_sink(event);
            const auto key = m_index.find(keyOf(event.line));
            if (key != m_index.end() && key->second == m_given) {
                m_index.erase(key);
            }
            m_held.pop_front();
            ++m_given;
        }
    }

    [[nodiscard]] bool isWanted() const { return m_wanted; }

private:
    LogTotals& m_totals;
    const LogFiles::Sink& m_sink;
    std::deque<Event> m_held;
    std::uint64_t m_given = 0;
    std::unordered_map<std::uint64_t, std::uint64_t> m_index; ///< line to serial number
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

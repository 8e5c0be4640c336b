// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/logs/EventBuilder.h"

#include <algorithm>

namespace mailward {

namespace {

constexpr std::size_t kSampleLength = 512;
constexpr std::uint32_t kMostAttempts = 1'000'000;

Link ownLink(const LinkView& view) { return {view.session, view.voice, view.passdb, view.nullSender, std::string(view.newQid)}; }

/// Texts of an event that lives elsewhere, kept in the block.
EventView viewIn(LogBlock& block, const Event& event)
{
    const auto keep = [&](const std::string& text) { return text.empty() ? std::string_view() : std::string_view(block.texts.next() = text); };
    return {event.time, event.service, event.kind, event.outcome, event.attempts, event.ip, keep(event.account), keep(event.server),
            keep(event.program), keep(event.detail), keep(event.qid), keep(event.from), keep(event.to), keep(event.status),
            keep(event.dsn), keep(event.session), event.line};
}

} // namespace

EventBuilder::EventBuilder(const StreamOptions& options, FileId file, std::uint64_t startLineNumber)
    : m_options(options), m_file(file), m_times(options.timezone, options.fileTime, options.year), m_nextLine(startLineNumber)
{
}

/// "last message repeated" at the front of the block.
void EventBuilder::settleRepeats(LogBlock& block, const std::vector<Instant>& times)
{
    std::vector<EventView> events;
    for (const auto& repeat : block.repeatsOfBefore) {
        const auto attempts = static_cast<std::uint32_t>(std::min<std::uint64_t>(std::uint64_t{m_lastAttempts} * repeat.times, kMostAttempts));
        if (m_last == LogBlock::Last::Boring) {
            ++block.boring;
        } else if (m_last == LogBlock::Last::Counted) {
            block.count(m_lastOutcome, attempts, repeat.stamp);
        } else if (m_last == LogBlock::Last::Event) {
            EventView event = viewIn(block, m_lastEvent);
            event.attempts = attempts;
            event.time = repeat.stamp == LogBlock::kNoStamp ? m_lastEvent.time : times[repeat.stamp];
            event.line = repeat.line;
            events.push_back(event);
        } else {
            ++block.unknown;
            block.samples.push_back({{}, 1, std::string(repeat.text.substr(0, kSampleLength)), repeat.line});
        }
    }
    if (events.empty()) {
        return;
    }
    const LinkView link{m_lastLink.session, m_lastLink.voice, m_lastLink.passdb, m_lastLink.nullSender, block.texts.next() = m_lastLink.newQid};
    block.events.insert(block.events.begin(), events.begin(), events.end());
    block.links.insert(block.links.begin(), events.size(), link);
    for (auto& note : block.notes) {
        note.before += events.size();
    }
}

void EventBuilder::settle(LogBlock& block)
{
    const Instant before = m_times.lastTime();
    m_stampTimes.clear();
    for (const auto& stamp : block.stamps) {
        m_stampTimes.push_back(m_times.resolve(stamp));
    }
    const auto timeOf = [&](std::uint32_t stamp) { return stamp == LogBlock::kNoStamp ? before : m_stampTimes[stamp]; };
    for (std::size_t i = 0; i < block.events.size(); ++i) {
        block.events[i].time = timeOf(block.eventStamps[i]);
    }
    for (std::size_t i = 0; i < block.notes.size(); ++i) {
        block.notes[i].time = timeOf(block.noteStamps[i]);
    }
    if (!block.repeatsOfBefore.empty()) {
        settleRepeats(block, m_stampTimes);
    }
    m_future = 0;
    for (auto& event : block.events) {
        m_future += m_times.isFuture(event.time) ? 1U : 0U;
        event.line.file = m_file;
        event.line.number += m_nextLine;
        if (!m_options.server.empty()) {
            event.server = m_options.server;
        }
    }
    for (auto& sample : block.samples) {
        sample.line.file = m_file;
        sample.line.number += m_nextLine;
    }
    for (const std::uint32_t stamp : block.counted.stamps) {
        m_future += m_times.isFuture(timeOf(stamp)) ? 1U : 0U;
    }
    m_nextLine += block.lines;
    if (block.last != LogBlock::Last::Before) {
        m_last = block.last;
        m_lastOutcome = block.lastOutcome;
        m_lastAttempts = block.lastAttempts;
        if (m_last == LogBlock::Last::Event) {
            assign(m_lastEvent, block.events.back());
            m_lastLink = ownLink(block.links.back());
        }
    }
}

void append(const LogBlock& block, ParsedBatch& out)
{
    for (const auto& note : block.notes) {
        out.notes.push_back({out.events.size() + note.before, note.time, std::string(note.qid), std::string(note.from), note.nullSender});
    }
    for (std::size_t i = 0; i < block.events.size(); ++i) {
        assign(out.events.emplace_back(), block.events[i]);
        out.links.push_back(ownLink(block.links[i]));
    }
    out.lines += block.lines;
    out.boring += block.boring;
    out.unknown += block.unknown;
    out.limited += block.limited;
    out.cut += block.cut;
    for (const auto& sample : block.samples) {
        const auto known = std::find_if(out.samples.begin(), out.samples.end(), [&](const UnknownSample& s) { return s.program == sample.program; });
        if (known == out.samples.end()) {
            out.samples.push_back(sample);
        } else {
            known->count += sample.count;
        }
    }
}

} // namespace mailward

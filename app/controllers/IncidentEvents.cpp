// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/controllers/IncidentEvents.h"

#include "models/detect/Tape.h"

#include <algorithm>
#include <set>

namespace mailward {

namespace {

constexpr std::int64_t kBins = 60;
constexpr std::size_t kLinesShown = 40;
constexpr std::size_t kPeersAsked = 40;

/// What the incident is made of, as marks over the tape's ids.
class Members
{
public:
    Members(const Incident& incident, const ColumnsSnapshot& data) : m_addresses(data.addressCount(), 0), m_accounts(data.accountCount(), 0)
    {
        std::set<IpAddress> sources;
        for (const IncidentSource& source : incident.sources) {
            sources.insert(source.ip);
        }
        for (std::uint32_t id = 0; id < data.addressCount() && !sources.empty(); ++id) {
            m_addresses[id] = sources.contains(data.address(AddressId{id}).ip) ? 1 : 0;
        }
        const bool mail = incident.counts.mails > 0;
        for (const IncidentAccount& account : incident.accounts) {
            const AccountId id = sources.empty() || mail ? data.findAccount(account.name.raw()) : AccountId{};
            if (id.isValid()) {
                m_accounts[id.value()] = 1;
            }
        }
    }
    [[nodiscard]] bool hasAddress(std::uint32_t id) const { return id < m_addresses.size() && m_addresses[id] != 0; }
    [[nodiscard]] bool hasAccount(std::uint32_t id) const { return id < m_accounts.size() && m_accounts[id] != 0; }

private:
    std::vector<std::uint8_t> m_addresses, m_accounts;
};

/// Items from `begin` to `end`, inclusive.
template <class Item>
std::span<const Item> within(const std::vector<Item>& items, std::int64_t begin, std::int64_t end)
{
    const auto first = std::ranges::lower_bound(items, begin, {}, &Item::time);
    const auto last = std::ranges::upper_bound(items, end, {}, &Item::time);
    return first < last ? std::span<const Item>(first, last) : std::span<const Item>();
}

void addTimeline(DetailView& view, const Incident& incident, const detect::Tape& tape, const Members& members)
{
    using detect::kMinute;
    const std::int64_t begin = toMicros(incident.start), end = toMicros(incident.end);
    const std::int64_t width = std::max((end - begin) / kBins / kMinute + 1, std::int64_t{1}) * kMinute;
    view.timeline.begin = fromMicros(begin / width * width);
    view.timeline.binWidth = std::chrono::microseconds(width);
    view.timeline.bins.resize(static_cast<std::size_t>((end - begin / width * width) / width + 1));
    const auto count = [&](std::int64_t time, TimelineSeries series, std::uint64_t by) {
        view.timeline.bins[static_cast<std::size_t>((time - toMicros(view.timeline.begin)) / width)][static_cast<std::size_t>(series)] += by;
    };
    for (const detect::Attempt& a : within(tape.attempts, begin, end)) {
        if (members.hasAddress(a.address) || (incident.sources.empty() && members.hasAccount(a.account))) {
            count(a.time, a.success ? TimelineSeries::Success : TimelineSeries::Failure, a.tries);
        }
    }
    for (const detect::MailFact& fact : within(tape.mail, begin, end)) {
        if (members.hasAccount(fact.account) && (fact.kind == EventKind::Sent || fact.kind == EventKind::Bounced)) {
            count(fact.time, fact.kind == EventKind::Sent ? TimelineSeries::Sent : TimelineSeries::Bounced, 1);
        }
    }
    for (const detect::Refusal& refusal : within(tape.refusals, begin, end)) {
        if (members.hasAddress(refusal.address)) {
            count(refusal.time, TimelineSeries::Blocked, 1);
        }
    }
    if (incident.kind == IncidentKind::Backscatter) {
        for (const detect::Stray& stray : within(tape.backscatter, begin, end)) {
            count(stray.time, TimelineSeries::Bounced, 1);
        }
    }
}

/// A few lines of each of its peers, in the order of time.
std::vector<RowId> someRows(const Incident& incident, const ColumnsSnapshot& data)
{
    std::vector<RowId> rows;
    const auto take = [&](const std::vector<RowId>& all, std::size_t most) {
        std::size_t taken = 0;
        for (const RowId row : all) {
            const std::int64_t time = data.chunks()[row / kChunkRows].fixed->time[row % kChunkRows];
            if (time >= toMicros(incident.start) && time <= toMicros(incident.end) && taken++ < most) {
                rows.push_back(row);
            }
        }
    };
    const std::size_t peers = incident.sources.empty() ? incident.accounts.size() : incident.sources.size();
    const std::size_t each = std::max<std::size_t>(1, kLinesShown / std::max<std::size_t>(peers, 1));
    for (std::size_t i = 0; i < std::min(peers, kPeersAsked); ++i) {
        if (incident.sources.empty()) {
            const AccountId account = data.findAccount(incident.accounts[i].name.raw());
            take(account.isValid() ? data.rowsOfAccount(account) : std::vector<RowId>(), each);
        } else {
            const AddressId address = data.findAddress(incident.sources[i].ip);
            take(address.isValid() ? data.rowsOfAddress(address) : std::vector<RowId>(), each);
        }
    }
    std::sort(rows.begin(), rows.end(), [&](RowId a, RowId b) {
        return data.chunks()[a / kChunkRows].fixed->time[a % kChunkRows] < data.chunks()[b / kChunkRows].fixed->time[b % kChunkRows];
    });
    rows.resize(std::min(rows.size(), kLinesShown));
    return rows;
}

} // namespace

void addIncidentEvents(DetailView& view, const Incident& incident, const detect::Tape& tape, const LocalEventStore& store)
{
    if (!tape.data || tape.data->rows() == 0) {
        return;
    }
    addTimeline(view, incident, tape, Members(incident, *tape.data));
    for (const RowId row : someRows(incident, *tape.data)) {
        const auto line = store.rawLine(tape.data->line(row));
        if (line) {
            view.lines.push_back({UntrustedText(line->text), true});
        } else if (view.notice.isEmpty()) {
            view.notice = line.error().toString();
        }
    }
    view.linesTotal = view.lines.size();
}

} // namespace mailward

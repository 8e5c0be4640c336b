// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/detect/Tape.h"

#include "models/core/Parallel.h"

#include <algorithm>
#include <numeric>
#include <span>
#include <tuple>

namespace mailward::detect {

namespace {

constexpr std::size_t kLeastChunks = 2; ///< that are worth a thread

/// Answers to "is the text of this word set ...?", found once for each set instead of once for each event.
struct WordFlags {
    bool unknownUser = false;
    bool backscatter = false;
    bool relay = false;
    bool unknownName = false;
    bool nullSender = false;
};

class WordReader
{
public:
    explicit WordReader(const ColumnsSnapshot& data) : m_data(data) {}

    const WordFlags& flags(std::uint32_t words)
    {
        if (words >= m_known.size()) {
            m_known.resize(words + 1, false);
            m_flags.resize(words + 1);
        }
        if (!m_known[words]) {
            m_flags[words] = read(m_data.words(words));
            m_known[words] = true;
        }
        return m_flags[words];
    }

private:
    [[nodiscard]] WordFlags read(const EventWords& words) const
    {
        const auto text = [&](TextId id) -> std::string_view { return id.isValid() ? std::string_view(m_data.text(id)) : std::string_view(); };
        const std::string_view detail = text(words.detail);
        const std::string_view dsn = text(words.dsn);
        return {detail == "unknown-user", detail == "backscatter", detail == "relay-denied",
                detail != "null-sender" && (dsn == "5.1.1" || detail == "unknown-recipient"), detail == "null-sender"};
    }

    const ColumnsSnapshot& m_data;
    std::vector<bool> m_known;
    std::vector<WordFlags> m_flags;
};

std::size_t rowsOf(std::span<const ChunkView> chunks)
{
    return std::accumulate(chunks.begin(), chunks.end(), std::size_t{0}, [](std::size_t sum, const ChunkView& chunk) { return sum + chunk.rows; });
}

/// Reads a part of a snapshot's chunks, in the order of arrival.
class TapeReader
{
public:
    TapeReader(const ColumnsSnapshot& data, std::int64_t from, std::int64_t until) : m_words(data), m_from(from), m_until(until)
    {
        m_tape.data = &data;
        m_tape.begin = INT64_MAX;
    }

    /// `more`: rows of other parts that will be put behind this one's.
    Tape read(std::span<const ChunkView> chunks, std::size_t more)
    {
        m_tape.attempts.reserve(rowsOf(chunks) + more); // of what is not filled nobody sees more than an address
        for (const ChunkView& chunk : chunks) {
            if (chunk.summary.minTime < m_until && chunk.summary.maxTime >= m_from) {
                readChunk(chunk);
            }
        }
        return std::move(m_tape);
    }

private:
    void readChunk(const ChunkView& chunk)
    {
        const FixedColumns& fixed = *chunk.fixed;
        for (std::uint32_t row = 0; row < chunk.rows; ++row) {
            if (fixed.time[row] < m_until && fixed.time[row] >= m_from) {
                m_tape.begin = std::min(m_tape.begin, fixed.time[row]);
                m_tape.end = std::max(m_tape.end, fixed.time[row] + 1);
                readRow(fixed, *chunk.amendable, row);
            }
        }
    }

    void readRow(const FixedColumns& fixed, const AmendableColumns& columns, std::uint32_t row)
    {
        const Verdict verdict = columns.verdict[row];
        const Outcome outcome = outcomeOf(verdict);
        const std::uint32_t address = fixed.address[row];
        const std::uint32_t account = columns.account[row];
        if (outcome != Outcome::None && columns.attempts[row] > 0 && address != kNobody) {
            const bool success = outcome == Outcome::Success;
            if (!success || account != kNobody) {
                m_tape.attempts.push_back({fixed.time[row], address, account, columns.attempts[row], fixed.server[row],
                                           static_cast<Service>(columns.service[row]), success,
                                           !success && m_words.flags(columns.words[row]).unknownUser});
            }
        }
        switch (const EventKind kind = kindOf(verdict)) {
        case EventKind::Accepted:
        case EventKind::Sent:
        case EventKind::Bounced:
        case EventKind::Deferred:
            if (account != kNobody) {
                m_tape.mail.push_back({fixed.time[row], account, address, fixed.server[row], kind});
            }
            break;
        case EventKind::Dsn:
            if (account == kNobody && m_words.flags(columns.words[row]).backscatter) {
                m_tape.backscatter.push_back({fixed.time[row], fixed.server[row]});
            }
            break;
        case EventKind::Reject:
            if (const WordFlags& flags = m_words.flags(columns.words[row]); flags.nullSender) {
                m_tape.backscatter.push_back({fixed.time[row], fixed.server[row]});
            } else if (address != kNobody && (flags.relay || flags.unknownName)) {
                m_tape.refusals.push_back({fixed.time[row], address, fixed.server[row], flags.relay, flags.unknownName});
            }
            break;
        default: break;
        }
    }

    Tape m_tape;
    WordReader m_words;
    std::int64_t m_from;
    std::int64_t m_until;
};

/// By time first, since logs nearly are; then each run of equal times by value.
template <class Item, class Tie>
void sortByTime(std::vector<Item>& items, Tie tie)
{
    const auto earlier = [](const Item& a, const Item& b) { return a.time < b.time; };
    if (!std::is_sorted(items.begin(), items.end(), earlier)) {
        std::stable_sort(items.begin(), items.end(), earlier);
    }
    for (auto run = items.begin(); run != items.end();) {
        const auto end = std::find_if(run, items.end(), [&](const Item& item) { return item.time != run->time; });
        if (end - run > 1) {
            std::sort(run, end, tie);
        }
        run = end;
    }
}

void sortAll(Tape& tape)
{
    const ColumnsSnapshot& data = *tape.data;
    const auto name = [&](std::uint32_t id) -> std::string_view { return id == kNobody ? std::string_view() : std::string_view(data.account(AccountId{id})); };
    const auto ip = [&](std::uint32_t id) { return id == kNobody ? IpAddress() : data.address(AddressId{id}).ip; };
    sortByTime(tape.attempts, [&](const Attempt& a, const Attempt& b) {
        if (a.address != b.address) {
            return ip(a.address) < ip(b.address);
        }
        if (a.account != b.account) {
            return name(a.account) < name(b.account);
        }
        return std::tie(a.success, a.service, a.tries, a.unknownUser) < std::tie(b.success, b.service, b.tries, b.unknownUser);
    });
    sortByTime(tape.mail, [&](const MailFact& a, const MailFact& b) {
        return a.account != b.account ? name(a.account) < name(b.account)
               : a.kind != b.kind    ? a.kind < b.kind
                                     : a.address != b.address && ip(a.address) < ip(b.address);
    });
    sortByTime(tape.refusals, [&](const Refusal& a, const Refusal& b) { return a.address != b.address && ip(a.address) < ip(b.address); });
    sortByTime(tape.backscatter, [](const Stray&, const Stray&) { return false; });
}

template <class Item>
void append(std::vector<Item>& items, const std::vector<Item>& more)
{
    items.insert(items.end(), more.begin(), more.end());
}

/// Items from `from` on are replaced by those of `more`, all of which are later.
template <class Item>
void replaceTail(std::vector<Item>& items, std::int64_t from, const std::vector<Item>& more)
{
    items.erase(std::lower_bound(items.begin(), items.end(), from, [](const Item& item, std::int64_t time) { return item.time < time; }), items.end());
    append(items, more);
}

/// The earliest of the first `rows` rows in which the columns differ; INT64_MAX: none.
std::int64_t firstAmended(const FixedColumns& fixed, const AmendableColumns& before, const AmendableColumns& after, std::uint32_t rows)
{
    std::int64_t first = INT64_MAX;
    for (std::uint32_t row = 0; row < rows; ++row) {
        const bool same = before.account[row] == after.account[row] && before.attempts[row] == after.attempts[row] && before.words[row] == after.words[row] &&
                          before.service[row] == after.service[row] && before.verdict[row] == after.verdict[row];
        first = same ? first : std::min(first, fixed.time[row]);
    }
    return first;
}

} // namespace

Tape readTape(const ColumnsSnapshot& data, std::int64_t until, std::int64_t from)
{
    const std::span<const ChunkView> chunks(data.chunks());
    auto parts = inStretches(chunks.size(), stretchesOf(chunks.size(), kLeastChunks), [&](std::size_t begin, std::size_t end) {
        return TapeReader(data, from, until).read(chunks.subspan(begin, end - begin), begin == 0 ? rowsOf(chunks.subspan(end)) : 0);
    });
    Tape tape = std::move(parts.front());
    for (std::size_t i = 1; i < parts.size(); ++i) {
        const Tape part = std::move(parts[i]); // freed as soon as it is taken over
        append(tape.attempts, part.attempts);
        append(tape.mail, part.mail);
        append(tape.refusals, part.refusals);
        append(tape.backscatter, part.backscatter);
        tape.begin = std::min(tape.begin, part.begin);
        tape.end = std::max(tape.end, part.end);
    }
    if (tape.end == 0) {
        tape.begin = 0;
    }
    sortAll(tape);
    return tape;
}

std::int64_t GrowingTape::firstChange(const ColumnsSnapshot& data) const
{
    std::int64_t first = INT64_MAX;
    for (std::size_t i = 0; i < data.chunks().size(); ++i) {
        const ChunkView& chunk = data.chunks()[i];
        const std::uint32_t known = i < m_seen.size() ? m_seen[i].rows : 0;
        if (known > 0 && m_seen[i].amendable != chunk.amendable) {
            first = std::min(first, firstAmended(*chunk.fixed, *m_seen[i].amendable, *chunk.amendable, known));
        }
        for (std::uint32_t row = known; row < chunk.rows; ++row) {
            first = std::min(first, chunk.fixed->time[row]);
        }
    }
    return first;
}

const Tape& GrowingTape::update(std::shared_ptr<const ColumnsSnapshot> data)
{
    const std::int64_t from = firstChange(*data);
    if (from != INT64_MAX) {
        const Tape more = readTape(*data, INT64_MAX, from);
        replaceTail(m_tape.attempts, from, more.attempts);
        replaceTail(m_tape.mail, from, more.mail);
        replaceTail(m_tape.refusals, from, more.refusals);
        replaceTail(m_tape.backscatter, from, more.backscatter);
        const bool first = m_tape.end == 0;
        m_tape.begin = first ? more.begin : std::min(m_tape.begin, more.begin);
        m_tape.end = first ? more.end : std::max(m_tape.end, more.end);
    }
    m_seen.clear();
    for (const ChunkView& chunk : data->chunks()) {
        m_seen.push_back({chunk.amendable, chunk.rows});
    }
    m_data = std::move(data);
    m_tape.data = m_data.get();
    return m_tape;
}

} // namespace mailward::detect

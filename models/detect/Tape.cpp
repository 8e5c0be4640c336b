// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/detect/Tape.h"

#include <algorithm>
#include <tuple>

namespace mailward::detect {

namespace {

/// Answers to "is the text of this word set ...?", found once for each set instead of once for each event.
struct WordFlags {
    bool unknownUser = false;
    bool backscatter = false;
    bool relay = false;
    bool unknownName = false;
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
        return {detail == "unknown-user", detail == "backscatter", dsn == "5.7.1" && detail == "refused",
                dsn == "5.1.1" || detail == "unknown-recipient"};
    }

    const ColumnsSnapshot& m_data;
    std::vector<bool> m_known;
    std::vector<WordFlags> m_flags;
};

class TapeReader
{
public:
    TapeReader(const ColumnsSnapshot& data, std::int64_t until) : m_words(data), m_until(until) { m_tape.data = &data; }

    Tape read()
    {
        m_tape.begin = INT64_MAX;
        for (const ChunkView& chunk : m_tape.data->chunks()) {
            if (chunk.summary.minTime < m_until) {
                readChunk(chunk);
            }
        }
        if (m_tape.end == 0) {
            m_tape.begin = 0;
        }
        sortAll();
        return std::move(m_tape);
    }

private:
    void readChunk(const ChunkView& chunk)
    {
        const FixedColumns& fixed = *chunk.fixed;
        for (std::uint32_t row = 0; row < chunk.rows; ++row) {
            if (fixed.time[row] < m_until) {
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
            if (const WordFlags& flags = m_words.flags(columns.words[row]); address != kNobody && (flags.relay || flags.unknownName)) {
                m_tape.refusals.push_back({fixed.time[row], address, fixed.server[row], flags.relay, flags.unknownName});
            }
            break;
        default: break;
        }
    }

    /// By time first, since logs nearly are; then each run of equal times by value.
    template <class Item, class Tie>
    static void sortByTime(std::vector<Item>& items, Tie tie)
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

    void sortAll()
    {
        const ColumnsSnapshot& data = *m_tape.data;
        const auto name = [&](std::uint32_t id) -> std::string_view { return id == kNobody ? std::string_view() : std::string_view(data.account(AccountId{id})); };
        const auto ip = [&](std::uint32_t id) { return id == kNobody ? IpAddress() : data.address(AddressId{id}).ip; };
        sortByTime(m_tape.attempts, [&](const Attempt& a, const Attempt& b) {
            if (a.address != b.address) {
                return ip(a.address) < ip(b.address);
            }
            if (a.account != b.account) {
                return name(a.account) < name(b.account);
            }
            return std::tie(a.success, a.service, a.tries, a.unknownUser) < std::tie(b.success, b.service, b.tries, b.unknownUser);
        });
        sortByTime(m_tape.mail, [&](const MailFact& a, const MailFact& b) {
            return a.account != b.account ? name(a.account) < name(b.account)
                   : a.kind != b.kind    ? a.kind < b.kind
                                         : a.address != b.address && ip(a.address) < ip(b.address);
        });
        sortByTime(m_tape.refusals, [&](const Refusal& a, const Refusal& b) { return a.address != b.address && ip(a.address) < ip(b.address); });
        sortByTime(m_tape.backscatter, [](const Stray&, const Stray&) { return false; });
    }

    Tape m_tape;
    WordReader m_words;
    std::int64_t m_until;
};

} // namespace

Tape readTape(const ColumnsSnapshot& data, std::int64_t until) { return TapeReader(data, until).read(); }

} // namespace mailward::detect

// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/store/EventBlock.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <iterator>

namespace mailward {

static_assert(std::endian::native == std::endian::little, "the format on disk is little endian, written as it is");

namespace {

constexpr std::uint32_t kBlockFormat = 1;
constexpr std::uint32_t kAmendmentFormat = 1;
constexpr std::size_t kMaxBlockBytes = std::size_t{1} << 30;

class ByteWriter
{
public:
    template <class T>
    void put(T value)
    {
        m_bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
    }
    void put(std::string_view text)
    {
        put(static_cast<std::uint32_t>(text.size()));
        m_bytes.append(text);
    }
    template <class T>
    void putColumn(const std::vector<T>& column)
    {
        m_bytes.append(reinterpret_cast<const char*>(column.data()), column.size() * sizeof(T));
    }
    /// As differences, which compress to little where the values grow steadily.
    template <class T>
    void putDifferences(const std::vector<T>& column)
    {
        std::vector<std::uint64_t> differences(column.size());
        std::uint64_t previous = 0;
        for (std::size_t i = 0; i < column.size(); ++i) {
            const auto value = static_cast<std::uint64_t>(column[i]);
            differences[i] = value - previous;
            previous = value;
        }
        putColumn(differences);
    }
    [[nodiscard]] const std::string& bytes() const { return m_bytes; }

private:
    std::string m_bytes;
};

/// Reads what may be anything: after the first read beyond the end everything is empty and failed() is true.
class ByteReader
{
public:
    explicit ByteReader(std::string_view bytes) : m_bytes(bytes) {}

    template <class T>
    [[nodiscard]] T get()
    {
        T value{};
        if (const std::string_view part = take(sizeof(T)); !part.empty()) {
            std::memcpy(&value, part.data(), sizeof(T));
        }
        return value;
    }
    [[nodiscard]] std::string_view getText() { return take(get<std::uint32_t>()); }
    template <class T>
    void getColumn(std::vector<T>& column, std::size_t count)
    {
        const std::string_view part = take(count * sizeof(T));
        if (!m_failed && count > 0) {
            column.resize(count);
            std::memcpy(column.data(), part.data(), part.size());
        }
    }
    template <class T>
    void getDifferences(std::vector<T>& column, std::size_t count)
    {
        std::vector<std::uint64_t> differences;
        getColumn(differences, count);
        std::uint64_t value = 0;
        column.reserve(differences.size());
        for (const std::uint64_t difference : differences) {
            value += difference;
            column.push_back(static_cast<T>(value));
        }
    }
    [[nodiscard]] std::string_view take(std::size_t count)
    {
        if (m_failed || count > m_bytes.size()) {
            m_failed = true;
            return {};
        }
        const std::string_view part = m_bytes.substr(0, count);
        m_bytes.remove_prefix(count);
        return part;
    }
    [[nodiscard]] bool failed() const { return m_failed; }
    [[nodiscard]] bool atEnd() const { return !m_failed && m_bytes.empty(); }

private:
    std::string_view m_bytes;
    bool m_failed = false;
};

bool allBelow(const std::vector<std::uint32_t>& column, std::size_t limit)
{
    return std::all_of(column.begin(), column.end(),
                       [limit](std::uint32_t index) { return index == EventBlock::kNone || index < limit; });
}

bool allBelow(const std::vector<std::uint8_t>& column, int limit)
{
    return std::all_of(column.begin(), column.end(), [limit](std::uint8_t value) { return value < limit; });
}

bool isSound(const EventBlock& block)
{
    for (const auto& column : block.texts) {
        if (!allBelow(column, block.strings.size())) {
            return false;
        }
    }
    return allBelow(block.address, block.addresses.size()) && allBelow(block.service, kServiceCount)
           && allBelow(block.kind, kEventKindCount) && allBelow(block.outcome, 3);
}

tl::unexpected<Error> brokenBlock()
{
    return failure(ErrorCode::Corrupt, QStringLiteral("A stored block of events does not hold what it should."));
}

} // namespace

Event EventBlock::event(std::size_t row) const
{
    Event event;
    event.time = fromMicros(time[row]);
    event.service = static_cast<Service>(service[row]);
    event.kind = static_cast<EventKind>(kind[row]);
    event.outcome = static_cast<Outcome>(outcome[row]);
    event.attempts = attempts[row];
    if (address[row] != kNone) {
        event.ip = addresses[address[row]];
    }
    std::string* const fields[kTextCount] = {&event.account, &event.server, &event.program, &event.detail, &event.qid,
                                             &event.from, &event.to, &event.status, &event.dsn, &event.session};
    for (std::size_t i = 0; i < kTextCount; ++i) {
        *fields[i] = text(static_cast<Text>(i), row);
    }
    event.line = LineRef{FileId{file[row]}, offset[row], length[row], number[row]};
    return event;
}

std::uint32_t EventBlockBuilder::intern(std::string_view text)
{
    if (text.empty()) {
        return EventBlock::kNone;
    }
    const auto next = static_cast<std::uint32_t>(m_block.strings.size());
    const std::uint32_t id = m_strings.idOf(m_strings.hashOf(text), next, [&](std::uint32_t known) { return m_block.strings[known] == text; });
    if (id == next) {
        m_block.strings.add(text);
    }
    return id;
}

/// Many a column says the same from line to line.
std::uint32_t EventBlockBuilder::intern(EventBlock::Text column, std::string_view text)
{
    const auto& above = m_block.texts[column];
    const bool isSame = !above.empty() && above.back() != EventBlock::kNone && m_block.strings[above.back()] == text;
    return isSame ? above.back() : intern(text);
}

/// Without looking for a twin: names of sessions and queue ids hardly have one.
std::uint32_t EventBlockBuilder::append(std::string_view text)
{
    if (text.empty()) {
        return EventBlock::kNone;
    }
    m_block.strings.add(text);
    return static_cast<std::uint32_t>(m_block.strings.size() - 1);
}

std::uint32_t EventBlockBuilder::intern(const IpAddress& ip)
{
    const auto next = static_cast<std::uint32_t>(m_block.addresses.size());
    const std::uint32_t id = m_addresses.idOf(m_addresses.hashOf(ip), next, [&](std::uint32_t known) { return m_block.addresses[known] == ip; });
    if (id == next) {
        m_block.addresses.push_back(ip);
    }
    return id;
}

void EventBlockBuilder::add(const Event& event)
{
    add(EventView{event.time, event.service, event.kind, event.outcome, event.attempts, event.ip, event.account, event.server, event.program,
                  event.detail, event.qid, event.from, event.to, event.status, event.dsn, event.session, event.line});
}

void EventBlockBuilder::add(const EventView& event)
{
    m_block.time.push_back(toMicros(event.time));
    m_block.address.push_back(event.ip ? intern(*event.ip) : EventBlock::kNone);
    const std::string_view fields[EventBlock::kTextCount] = {event.account, event.server, event.program, event.detail, event.qid,
                                                             event.from,    event.to,     event.status,  event.dsn,    event.session};
    for (std::size_t i = 0; i < EventBlock::kTextCount; ++i) {
        const bool isAlone = i == EventBlock::Qid || i == EventBlock::Session;
        m_block.texts[i].push_back(isAlone ? append(fields[i]) : intern(static_cast<EventBlock::Text>(i), fields[i]));
    }
    m_block.service.push_back(static_cast<std::uint8_t>(event.service));
    m_block.kind.push_back(static_cast<std::uint8_t>(event.kind));
    m_block.outcome.push_back(static_cast<std::uint8_t>(event.outcome));
    m_block.attempts.push_back(event.attempts);
    m_block.file.push_back(event.line.file.value());
    m_block.offset.push_back(event.line.offset);
    m_block.length.push_back(event.line.length);
    m_block.number.push_back(event.line.number);
}

bool EventBlockBuilder::amend(const Amendment& amendment)
{
    const auto at = std::lower_bound(m_block.offset.begin(), m_block.offset.end(), amendment.line.offset);
    const auto row = static_cast<std::size_t>(at - m_block.offset.begin());
    if (at == m_block.offset.end() || *at != amendment.line.offset || m_block.file[row] != amendment.line.file.value()) {
        return false;
    }
    const auto set = [](std::uint8_t& cell, const auto& value) { cell = value ? static_cast<std::uint8_t>(*value) : cell; };
    set(m_block.outcome[row], amendment.outcome);
    set(m_block.kind[row], amendment.kind);
    set(m_block.service[row], amendment.service);
    m_block.attempts[row] = amendment.attempts.value_or(m_block.attempts[row]);
    if (amendment.account) {
        m_block.texts[EventBlock::Account][row] = intern(*amendment.account);
    }
    if (amendment.detail) {
        m_block.texts[EventBlock::Detail][row] = intern(*amendment.detail);
    }
    return true;
}

void EventBlockBuilder::add(const EventBlock& other)
{
    std::vector<std::uint32_t> strings;
    std::vector<std::uint32_t> addresses;
    for (std::size_t i = 0; i < other.strings.size(); ++i) {
        strings.push_back(intern(other.strings[i]));
    }
    std::transform(other.addresses.begin(), other.addresses.end(), std::back_inserter(addresses), [this](const IpAddress& ip) { return intern(ip); });
    const auto extend = [](auto& column, const auto& more) { column.insert(column.end(), more.begin(), more.end()); };
    const auto renumber = [](auto& column, const auto& more, const std::vector<std::uint32_t>& ids) {
        for (const std::uint32_t index : more) {
            column.push_back(index == EventBlock::kNone ? EventBlock::kNone : ids[index]);
        }
    };
    extend(m_block.time, other.time);
    renumber(m_block.address, other.address, addresses);
    for (std::size_t i = 0; i < EventBlock::kTextCount; ++i) {
        renumber(m_block.texts[i], other.texts[i], strings);
    }
    extend(m_block.service, other.service);
    extend(m_block.kind, other.kind);
    extend(m_block.outcome, other.outcome);
    extend(m_block.attempts, other.attempts);
    extend(m_block.file, other.file);
    extend(m_block.offset, other.offset);
    extend(m_block.length, other.length);
    extend(m_block.number, other.number);
}

QByteArray encodeBlock(const EventBlock& block, Compressor& compressor)
{
    ByteWriter out;
    out.put(kBlockFormat);
    out.put(static_cast<std::uint32_t>(block.size()));
    out.put(static_cast<std::uint32_t>(block.strings.size()));
    out.put(static_cast<std::uint32_t>(block.addresses.size()));
    for (std::size_t i = 0; i < block.strings.size(); ++i) {
        out.put(block.strings[i]);
    }
    for (const IpAddress& ip : block.addresses) {
        out.put(ip.bytes());
    }
    out.putDifferences(block.time);
    out.putColumn(block.address);
    for (const auto& column : block.texts) {
        out.putColumn(column);
    }
    out.putColumn(block.service);
    out.putColumn(block.kind);
    out.putColumn(block.outcome);
    out.putColumn(block.attempts);
    out.putColumn(block.file);
    out.putDifferences(block.offset);
    out.putColumn(block.length);
    out.putDifferences(block.number);
    return compressor.compress(out.bytes());
}

Result<EventBlock> decodeBlock(const QByteArray& bytes)
{
    const auto plain = decompressBytes(bytes, kMaxBlockBytes);
    if (!plain) {
        return tl::unexpected(plain.error());
    }
    ByteReader in(viewOf(*plain));
    const auto format = in.get<std::uint32_t>();
    const auto count = in.get<std::uint32_t>();
    const auto strings = in.get<std::uint32_t>();
    const auto addresses = in.get<std::uint32_t>();
    if (in.failed() || format != kBlockFormat) {
        return brokenBlock();
    }
    EventBlock block;
    for (std::uint32_t i = 0; i < strings && !in.failed(); ++i) {
        block.strings.add(in.getText());
    }
    for (std::uint32_t i = 0; i < addresses && !in.failed(); ++i) {
        block.addresses.push_back(IpAddress::fromBytes(in.get<IpAddress::Bytes>()));
    }
    in.getDifferences(block.time, count);
    in.getColumn(block.address, count);
    for (auto& column : block.texts) {
        in.getColumn(column, count);
    }
    in.getColumn(block.service, count);
    in.getColumn(block.kind, count);
    in.getColumn(block.outcome, count);
    in.getColumn(block.attempts, count);
    in.getColumn(block.file, count);
    in.getDifferences(block.offset, count);
    in.getColumn(block.length, count);
    in.getDifferences(block.number, count);
    if (!in.atEnd() || !isSound(block)) {
        return brokenBlock();
    }
    return block;
}

namespace {

enum AmendmentBit : std::uint8_t { HasOutcome = 1, HasKind = 2, HasAttempts = 4, HasService = 8, HasAccount = 16, HasDetail = 32 };

void putAmendment(ByteWriter& out, const Amendment& a)
{
    const int bits = (a.outcome ? HasOutcome : 0) | (a.kind ? HasKind : 0) | (a.attempts ? HasAttempts : 0)
                     | (a.service ? HasService : 0) | (a.account ? HasAccount : 0) | (a.detail ? HasDetail : 0);
    out.put(a.line.file.value());
    out.put(a.line.offset);
    out.put(static_cast<std::uint8_t>(bits));
    out.put(static_cast<std::uint8_t>(a.outcome.value_or(Outcome::None)));
    out.put(static_cast<std::uint8_t>(a.kind.value_or(EventKind::Probe)));
    out.put(static_cast<std::uint8_t>(a.service.value_or(Service::Other)));
    out.put(a.attempts.value_or(0));
    out.put(std::string_view(a.account ? *a.account : std::string_view{}));
    out.put(std::string_view(a.detail ? *a.detail : std::string_view{}));
}

std::optional<Amendment> getAmendment(ByteReader& in)
{
    Amendment a;
    a.line.file = FileId{in.get<std::uint32_t>()};
    a.line.offset = in.get<std::uint64_t>();
    const auto bits = in.get<std::uint8_t>();
    const auto outcome = in.get<std::uint8_t>();
    const auto kind = in.get<std::uint8_t>();
    const auto service = in.get<std::uint8_t>();
    const auto attempts = in.get<std::uint32_t>();
    std::string account(in.getText());
    std::string detail(in.getText());
    if (in.failed() || outcome > 2 || kind >= kEventKindCount || service >= kServiceCount) {
        return std::nullopt;
    }
    if (bits & HasOutcome) {
        a.outcome = static_cast<Outcome>(outcome);
    }
    if (bits & HasKind) {
        a.kind = static_cast<EventKind>(kind);
    }
    if (bits & HasAttempts) {
        a.attempts = attempts;
    }
    if (bits & HasService) {
        a.service = static_cast<Service>(service);
    }
    if (bits & HasAccount) {
        a.account = std::move(account);
    }
    if (bits & HasDetail) {
        a.detail = std::move(detail);
    }
    return a;
}

} // namespace

QByteArray encodeAmendments(std::span<const Amendment> amendments, Compressor& compressor)
{
    ByteWriter out;
    out.put(kAmendmentFormat);
    out.put(static_cast<std::uint32_t>(amendments.size()));
    for (const Amendment& amendment : amendments) {
        putAmendment(out, amendment);
    }
    return compressor.compress(out.bytes());
}

Result<std::vector<Amendment>> decodeAmendments(const QByteArray& bytes)
{
    const auto plain = decompressBytes(bytes, kMaxBlockBytes);
    if (!plain) {
        return tl::unexpected(plain.error());
    }
    ByteReader in(viewOf(*plain));
    const auto format = in.get<std::uint32_t>();
    const auto count = in.get<std::uint32_t>();
    std::vector<Amendment> amendments;
    for (std::uint32_t i = 0; i < count && format == kAmendmentFormat; ++i) {
        auto amendment = getAmendment(in);
        if (!amendment) {
            return brokenBlock();
        }
        amendments.push_back(std::move(*amendment));
    }
    if (!in.atEnd() || format != kAmendmentFormat) {
        return brokenBlock();
    }
    return amendments;
}

} // namespace mailward

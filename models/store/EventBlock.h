// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/Event.h"
#include "models/core/Result.h"
#include "models/logs/EventView.h"
#include "models/logs/ParsedBatch.h"
#include "models/store/Compression.h"
#include "models/store/FlatIndex.h"

#include <QByteArray>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mailward {

/// Texts by number, one behind the other in one piece of memory.
class TextList
{
public:
    [[nodiscard]] std::size_t size() const { return m_ends.size(); }
    /// Good until the next text is added.
    [[nodiscard]] std::string_view operator[](std::size_t index) const
    {
        const std::size_t begin = index == 0 ? 0 : m_ends[index - 1];
        return std::string_view(m_bytes).substr(begin, m_ends[index] - begin);
    }
    void add(std::string_view text)
    {
        m_bytes.append(text);
        m_ends.push_back(m_bytes.size());
    }

private:
    std::string m_bytes;
    std::vector<std::size_t> m_ends;
};

/// Events of one stretch of log as struct of arrays with their own small dictionaries: the form on disk, and the form in
/// which many events enter the columns. Strings and addresses are indexes; kNone stands for "none".
struct EventBlock {
    static constexpr std::uint32_t kNone = 0xFFFFFFFFU;
    /// The string columns, in the order of the format.
    enum Text : std::size_t { Account, Server, Program, Detail, Qid, From, To, Status, Dsn, Session, kTextCount };

    TextList strings;
    std::vector<IpAddress> addresses;

    std::vector<std::int64_t> time;
    std::vector<std::uint32_t> address;
    std::array<std::vector<std::uint32_t>, kTextCount> texts;
    std::vector<std::uint8_t> service, kind, outcome;
    std::vector<std::uint32_t> attempts, file, length;
    std::vector<std::uint64_t> offset, number;

    [[nodiscard]] std::size_t size() const { return time.size(); }
    [[nodiscard]] Event event(std::size_t row) const;
    [[nodiscard]] std::string_view text(Text column, std::size_t row) const
    {
        const std::uint32_t index = texts[column][row];
        return index == kNone ? std::string_view{} : strings[index];
    }
};

/// Fills a block, event by event; strings that come again and again stand in it once.
class EventBlockBuilder
{
public:
    void add(const Event& event);
    void add(const EventView& event);
    void add(const EventBlock& other);
    /// Changes an event of this block, all of whose events are of one file and in the order of their offsets. False: it has none
    /// at that place.
    bool amend(const Amendment& amendment);
    [[nodiscard]] const EventBlock& block() const { return m_block; }
    [[nodiscard]] EventBlock take() { return std::move(m_block); }

private:
    [[nodiscard]] std::uint32_t intern(std::string_view text);
    [[nodiscard]] std::uint32_t intern(EventBlock::Text column, std::string_view text);
    [[nodiscard]] std::uint32_t intern(const IpAddress& ip);
    [[nodiscard]] std::uint32_t append(std::string_view text);

    EventBlock m_block;
    FlatIndex m_strings;
    FlatIndex m_addresses;
};

/// As bytes for the disk: compressed, with a checksum.
[[nodiscard]] QByteArray encodeBlock(const EventBlock& block, Compressor& compressor);
/// Corrupt when the bytes are not what encodeBlock() made; never reads beyond them, whatever they are.
[[nodiscard]] Result<EventBlock> decodeBlock(const QByteArray& bytes);

[[nodiscard]] QByteArray encodeAmendments(std::span<const Amendment> amendments, Compressor& compressor);
[[nodiscard]] Result<std::vector<Amendment>> decodeAmendments(const QByteArray& bytes);

} // namespace mailward

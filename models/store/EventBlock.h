// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/Event.h"
#include "models/core/Result.h"
#include "models/logs/ParsedBatch.h"

#include <QByteArray>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace mailward {

/// Events of one stretch of log as struct of arrays with their own small dictionaries: the form on disk, and the form in
/// which many events enter the columns. Strings and addresses are indexes; kNone stands for "none".
struct EventBlock {
    static constexpr std::uint32_t kNone = 0xFFFFFFFFU;
    /// The string columns, in the order of the format.
    enum Text : std::size_t { Account, Server, Program, Detail, Qid, From, To, Status, Dsn, Session, kTextCount };

    std::vector<std::string> strings;
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
        return index == kNone ? std::string_view{} : std::string_view{strings[index]};
    }
};

/// Fills a block, event by event; strings that come again and again stand in it once.
class EventBlockBuilder
{
public:
    void add(const Event& event);
    void add(const EventBlock& other);
    [[nodiscard]] const EventBlock& block() const { return m_block; }
    [[nodiscard]] EventBlock take() { return std::move(m_block); }

private:
    struct TextHash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
    };

    [[nodiscard]] std::uint32_t intern(std::string_view text);
    [[nodiscard]] std::uint32_t intern(IpAddress ip);
    [[nodiscard]] std::uint32_t append(std::string_view text);

    EventBlock m_block;
    std::unordered_map<std::string, std::uint32_t, TextHash, std::equal_to<>> m_strings;
    std::unordered_map<IpAddress, std::uint32_t> m_addresses;
};

/// As bytes for the disk: compressed, with a checksum.
[[nodiscard]] QByteArray encodeBlock(const EventBlock& block);
/// Corrupt when the bytes are not what encodeBlock() made; never reads beyond them, whatever they are.
[[nodiscard]] Result<EventBlock> decodeBlock(const QByteArray& bytes);

[[nodiscard]] QByteArray encodeAmendments(std::span<const Amendment> amendments);
[[nodiscard]] Result<std::vector<Amendment>> decodeAmendments(const QByteArray& bytes);

} // namespace mailward

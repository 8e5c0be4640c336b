// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/MmdbWriter.h"

namespace mailward::test {

namespace {

enum Type : int { String = 2, Uint16 = 5, Uint32 = 6, Map = 7, Uint64 = 9, Array = 11 };

QByteArray control(Type type, int size)
{
    QByteArray out;
    if (type <= 7) {
        out.append(static_cast<char>((type << 5) | size));
    } else {
        out.append(static_cast<char>(size));
        out.append(static_cast<char>(type - 7));
    }
    return out;
}

QByteArray text(const std::string& value)
{
    return control(String, static_cast<int>(value.size())) + QByteArray::fromStdString(value); // under 29 bytes each
}

QByteArray number(Type type, std::uint64_t value)
{
    QByteArray digits;
    for (; value != 0; value >>= 8) {
        digits.prepend(static_cast<char>(value & 0xFFU));
    }
    return control(type, static_cast<int>(digits.size())) + digits;
}

} // namespace

void MmdbWriter::add(const Prefix& prefix, const std::string& country)
{
    auto position = m_positions.find(country);
    if (position == m_positions.end()) {
        position = m_positions.emplace(country, static_cast<std::size_t>(m_data.size())).first;
        m_data += record(country);
    }
    insert(prefix, position->second);
}

void MmdbWriter::insert(const Prefix& prefix, std::size_t dataPosition)
{
    IpAddress::Bytes bits = prefix.address().bytes();
    if (prefix.isV4()) {
        bits[10] = 0; // ::a.b.c.d in the file
        bits[11] = 0;
    }
    const int length = prefix.length() + (prefix.isV4() ? 96 : 0);
    std::size_t node = 0;
    for (int i = 0; i < length; ++i) {
        const auto side = static_cast<std::size_t>((bits[static_cast<std::size_t>(i / 8)] >> (7 - i % 8)) & 1);
        if (i == length - 1) {
            m_nodes[node][side] = {Child::Data, dataPosition};
            return;
        }
        if (m_nodes[node][side].kind != Child::Node) {
            const Child before = m_nodes[node][side]; // what was said of the whole holds for both halves
            m_nodes[node][side] = {Child::Node, m_nodes.size()};
            m_nodes.push_back({before, before});
        }
        node = m_nodes[node][side].value;
    }
}

QByteArray MmdbWriter::record(const std::string& country) const
{
    switch (m_layout) {
    case Layout::Flat:
        return control(Map, 1) + text("country_code") + text(country);
    case Layout::Country:
        return control(Map, 2) + text("continent") + control(Map, 1) + text("code") + text("XX") + text("country") +
               control(Map, 2) + text("geoname_id") + number(Uint32, 1269750) + text("iso_code") + text(country);
    case Layout::RegisteredCountry:
        return control(Map, 1) + text("registered_country") + control(Map, 1) + text("iso_code") + text(country);
    }
    return {};
}

QByteArray MmdbWriter::assemble(const QByteArray& data, std::uint64_t epochSeconds) const
{
    QByteArray out;
    const auto put = [&](const Child& child) {
        std::uint64_t value = m_nodes.size();
        if (child.kind == Child::Node) {
            value = child.value;
        } else if (child.kind == Child::Data) {
            value = m_nodes.size() + 16 + child.value;
        }
        for (int shift = 24; shift >= 0; shift -= 8) {
            out.append(static_cast<char>((value >> shift) & 0xFFU));
        }
    };
    for (const Pair& pair : m_nodes) {
        put(pair[0]);
        put(pair[1]);
    }
    out += QByteArray(16, '\0') + data + QByteArray("\xAB\xCD\xEFMaxMind.com", 14);
    out += control(Map, 9) + text("binary_format_major_version") + number(Uint16, 2) +
           text("binary_format_minor_version") + number(Uint16, 0) + text("build_epoch") + number(Uint64, epochSeconds) +
           text("database_type") + text("Test-Country") + text("description") + control(Map, 1) + text("en") +
           text("made by a test") + text("ip_version") + number(Uint16, 6) + text("languages") + control(Array, 1) +
           text("en") + text("node_count") + number(Uint32, m_nodes.size()) + text("record_size") + number(Uint16, 32);
    return out;
}

QByteArray MmdbWriter::bytes(std::uint64_t epochSeconds) const
{
    return assemble(m_data, epochSeconds);
}

QByteArray MmdbWriter::nested(int depth)
{
    MmdbWriter writer;
    writer.insert(*Prefix::parse("0.0.0.0/1"), 0);
    QByteArray data;
    for (int i = 0; i < depth; ++i) {
        data += control(Array, 1);
    }
    return writer.assemble(data + text("end"), 1);
}

} // namespace mailward::test

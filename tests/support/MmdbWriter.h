// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/IpAddress.h"

#include <QByteArray>
#include <array>
#include <map>
#include <string>
#include <vector>

namespace mailward::test {

/// Writes small .mmdb files (MaxMind DB format 2.0, 32-bit records, IPv4 below ::/96), so that tests need no real data.
class MmdbWriter
{
public:
    /// How the known databases spell a country.
    enum class Layout { Flat, Country, RegisteredCountry };

    explicit MmdbWriter(Layout layout = Layout::Flat) : m_layout(layout) {}

    /// A later, narrower prefix overrides the one around it.
    void add(const Prefix& prefix, const std::string& country);
    /// The file; `epochSeconds` is its build time.
    [[nodiscard]] QByteArray bytes(std::uint64_t epochSeconds = 1'780'000'000) const;

    /// A file whose only record, for all of IPv4, is `depth` lists inside each other.
    [[nodiscard]] static QByteArray nested(int depth);

private:
    struct Child {
        enum Kind { Empty, Node, Data } kind = Empty;
        std::size_t value = 0; ///< index of the node, or position in the data section
    };
    using Pair = std::array<Child, 2>;

    void insert(const Prefix& prefix, std::size_t dataPosition);
    [[nodiscard]] QByteArray record(const std::string& country) const;
    [[nodiscard]] QByteArray assemble(const QByteArray& data, std::uint64_t epochSeconds) const;

    Layout m_layout;
    std::vector<Pair> m_nodes{Pair{}};
    QByteArray m_data;
    std::map<std::string, std::size_t> m_positions;
};

} // namespace mailward::test

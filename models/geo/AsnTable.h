// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/IpAddress.h"
#include "models/core/Result.h"
#include "models/core/Time.h"

#include <QByteArray>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace mailward {

/// One announced range, as the source lists it.
struct AsnRange {
    IpAddress first;
    IpAddress last; ///< same family as `first`
    std::uint32_t asn = 0;
};

/// Address -> network (autonomous system), as sorted ranges with binary search. The file is written when the program
/// is built and read whole (about 9 MB). Immutable after load.
class AsnTable
{
public:
    [[nodiscard]] static Result<std::unique_ptr<const AsnTable>> load(const QString& path);
    /// `ranges` in any order; where two overlap, the one that begins later counts. Two with one beginning are an error.
    [[nodiscard]] static Result<QByteArray> serialize(std::vector<AsnRange> ranges,
                                                      const std::map<std::uint32_t, std::string>& names, Instant built);

    [[nodiscard]] std::uint32_t find(IpAddress address) const; ///< 0: in no range
    [[nodiscard]] std::string_view name(std::uint32_t asn) const;
    [[nodiscard]] std::vector<Prefix> prefixes(std::uint32_t asn) const;
    [[nodiscard]] Instant built() const { return m_built; }

private:
    struct V4Row {
        std::uint32_t first;
        std::uint32_t last;
        std::uint32_t asn;
    };
    struct V6Row {
        IpAddress::Bytes first;
        IpAddress::Bytes last;
        std::uint32_t asn;
    };
    struct NameRow {
        std::uint32_t asn;
        std::uint32_t end; ///< of the name in the pool; it begins where the one before ends
    };
    struct Header;

    AsnTable() = default;

    std::vector<V4Row> m_v4;
    std::vector<V6Row> m_v6;
    std::vector<NameRow> m_names;
    std::string m_pool;
    Instant m_built{};
};

/// The fewest prefixes that cover first..last (same family), in order.
[[nodiscard]] std::vector<Prefix> prefixesOfRange(IpAddress first, IpAddress last);

} // namespace mailward

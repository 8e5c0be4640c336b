// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/tables/TableModel.h"

namespace mailward {

struct AllowRow {
    Prefix prefix;
    QString comment; ///< the admin's own, one line
    std::optional<Instant> expires;
    std::uint64_t banned = 0; ///< bans in force that meet it, whoever made them

    bool operator==(const AllowRow&) const = default;
};

/// Networks that are never banned.
class AllowTableModel final : public RowTableModel<AllowRow>
{
    Q_OBJECT

public:
    explicit AllowTableModel(QObject* parent = nullptr);

protected:
    [[nodiscard]] Cell cell(const AllowRow& row, int column) const override;
    [[nodiscard]] Target targetOf(const AllowRow& row) const override;
};

} // namespace mailward

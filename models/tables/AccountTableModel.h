// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/tables/TableModel.h"

namespace mailward {

struct AccountRow {
    UntrustedText account;
    std::uint64_t failed = 0;
    std::uint64_t succeeded = 0;
    std::uint64_t addresses = 0;
    Instant first{};
    Instant last{};
    QString state; ///< our word: "opened from abroad", "does not exist"
    Meaning stateMeaning = Meaning::Plain;
    bool complete = true; ///< false while a brush moves: first, last and addresses are not known yet
};

/// Who is knocked at: one row an account. Sort keys: account, failed, succeeded, addresses, first, last.
class AccountTableModel final : public RowTableModel<AccountRow>
{
    Q_OBJECT

public:
    explicit AccountTableModel(QObject* parent = nullptr);

protected:
    [[nodiscard]] Cell cell(const AccountRow& row, int column) const override;
    [[nodiscard]] Target targetOf(const AccountRow& row) const override;
};

} // namespace mailward

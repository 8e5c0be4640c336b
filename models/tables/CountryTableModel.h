// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/tables/TableModel.h"

namespace mailward {

struct CountryRow {
    CountryCode country = kNoCountry;
    QString name; ///< in the window's language; empty for unknown
    std::uint64_t addresses = 0;
    std::uint64_t failed = 0;
    std::uint64_t succeeded = 0;
    std::uint64_t accounts = 0;
    double failedShare = 0; ///< of all failures shown, 0 to 1
    Instant first{};
    Instant last{};
    bool complete = true; ///< false while a brush moves: first, last and accounts are not known yet
};

/// One row a country. Sort keys: country, addresses, failed, succeeded, accounts, first, last.
class CountryTableModel final : public RowTableModel<CountryRow>
{
    Q_OBJECT

public:
    explicit CountryTableModel(QObject* parent = nullptr);

protected:
    [[nodiscard]] Cell cell(const CountryRow& row, int column) const override;
    [[nodiscard]] Target targetOf(const CountryRow& row) const override;
};

} // namespace mailward

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/tables/TableModel.h"

namespace mailward {

struct NetworkRow {
    Target target;      ///< an Asn, or a Network with its prefix
    UntrustedText name; ///< name of the AS; empty for a bare prefix
    CountryCode country = kNoCountry;
    QString countryName;
    std::uint64_t addresses = 0;
    std::uint64_t failed = 0;
    std::uint64_t succeeded = 0;
    std::uint64_t accounts = 0;
    Instant first{};
    Instant last{};
    bool complete = true; ///< false while a brush moves: first, last and accounts are not known yet
};

/// One row a network (AS or prefix). Sort keys: name, addresses, failed, succeeded, accounts, first, last.
class NetworkTableModel final : public RowTableModel<NetworkRow>
{
    Q_OBJECT

public:
    explicit NetworkTableModel(QObject* parent = nullptr);

protected:
    [[nodiscard]] Cell cell(const NetworkRow& row, int column) const override;
    [[nodiscard]] Target targetOf(const NetworkRow& row) const override;
};

} // namespace mailward

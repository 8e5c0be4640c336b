// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/tables/TableModel.h"

namespace mailward {

struct AddressRow {
    IpAddress address;
    CountryCode country = kNoCountry;
    QString countryName;
    std::uint32_t asn = 0;
    UntrustedText network; ///< name of the network that announces it
    std::uint64_t failed = 0;
    std::uint64_t succeeded = 0;
    UntrustedText account;     ///< the one most tried, or the last
    std::uint64_t accounts = 0; ///< distinct
    Instant first{};
    Instant last{};
    QString state; ///< our word: "banned on mx1", "in the plan", "private"
    Meaning stateMeaning = Meaning::Plain;
    bool complete = true; ///< false while a brush moves: first, last and accounts are not known yet
};

/// What is said of an address beside its figures: "takes part", "banned on mx1".
struct AddressState {
    QString text;
    Meaning meaning = Meaning::Plain;
};

/// Who knocked: one row an address. Sort keys: address, network, failed, succeeded, accounts, first, last.
class AddressTableModel final : public RowTableModel<AddressRow>
{
    Q_OBJECT

public:
    explicit AddressTableModel(QObject* parent = nullptr);

protected:
    [[nodiscard]] Cell cell(const AddressRow& row, int column) const override;
    [[nodiscard]] Target targetOf(const AddressRow& row) const override;
};

} // namespace mailward

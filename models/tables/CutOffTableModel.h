// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/tables/TableModel.h"

namespace mailward {

struct CutOffRow {
    UntrustedText account;
    UntrustedText from; ///< address or network of theirs that would be cut
    std::uint64_t goodLogins = 0; ///< in the period looked at
    Instant last{};
    bool onlyHere = false; ///< has no other way in
    std::uint64_t colleagues = 0; ///< others who come from there, too
    UntrustedText servers{};      ///< where they were let in
};

/// Whom a plan would cut off, worst first.
class CutOffTableModel final : public RowTableModel<CutOffRow>
{
    Q_OBJECT

public:
    explicit CutOffTableModel(QObject* parent = nullptr);

protected:
    [[nodiscard]] Cell cell(const CutOffRow& row, int column) const override;
    [[nodiscard]] Target targetOf(const CutOffRow& row) const override;
};

} // namespace mailward

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/tables/AccountSurveyView.h"
#include "models/tables/TableModel.h"

namespace mailward {

/// Accounts with passwords that anybody would try.
class WeakFindingTableModel final : public RowTableModel<WeakFindingRow>
{
    Q_OBJECT

public:
    explicit WeakFindingTableModel(QObject* parent = nullptr);

protected:
    [[nodiscard]] Cell cell(const WeakFindingRow& row, int column) const override;
    [[nodiscard]] Target targetOf(const WeakFindingRow& row) const override;
};

} // namespace mailward

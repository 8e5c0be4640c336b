// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/tables/ContainView.h"
#include "models/tables/TableModel.h"

namespace mailward {

/// The accounts of a containment, one row an account and server.
class ContainTableModel final : public RowTableModel<ContainRow>
{
    Q_OBJECT

public:
    explicit ContainTableModel(QObject* parent = nullptr);

protected:
    [[nodiscard]] Cell cell(const ContainRow& row, int column) const override;
    [[nodiscard]] Target targetOf(const ContainRow& row) const override;
};

/// Messages that are on hold.
class HeldMailTableModel final : public RowTableModel<HeldMail>
{
    Q_OBJECT

public:
    explicit HeldMailTableModel(QObject* parent = nullptr);

protected:
    [[nodiscard]] Cell cell(const HeldMail& row, int column) const override;
    [[nodiscard]] Target targetOf(const HeldMail& row) const override;
};

/// Redirects, forwards and application passwords to be looked at.
class ContainRuleTableModel final : public RowTableModel<ContainRule>
{
    Q_OBJECT

public:
    explicit ContainRuleTableModel(QObject* parent = nullptr);

protected:
    [[nodiscard]] Cell cell(const ContainRule& row, int column) const override;
    [[nodiscard]] Target targetOf(const ContainRule& row) const override;
};

} // namespace mailward

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/tables/ServerTableModel.h"

#include <QWidget>

class QGridLayout;

namespace mailward {

/// What a server has and what it lacks, line by line, each lack with a remedy to copy.
class CapabilityList final : public QWidget
{
    Q_OBJECT

public:
    explicit CapabilityList(QWidget* parent = nullptr);
    void setRows(const std::vector<CapabilityRow>& rows);

private:
    void addRemedy(int line, const CapabilityRow& capability);

    QGridLayout* m_grid;
};

} // namespace mailward

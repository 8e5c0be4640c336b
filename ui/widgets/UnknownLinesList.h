// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/tables/ServerTableModel.h"

#include <QWidget>

class QGridLayout;

namespace mailward {

/// Lines that no rule knows, by program, each with the first of them: nothing of a log is silently left out. Hidden while there
/// are none.
class UnknownLinesList final : public QWidget
{
    Q_OBJECT

public:
    explicit UnknownLinesList(QWidget* parent = nullptr);
    /// `all`: how many lines in all; `rows` name the foremost programs.
    void setRows(std::uint64_t all, const std::vector<UnknownLinesRow>& rows);

private:
    QGridLayout* m_grid;
};

} // namespace mailward

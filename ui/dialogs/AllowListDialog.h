// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/tables/AllowTableModel.h"

#include <QDialog>

class QComboBox;
class QLineEdit;
class QPushButton;

namespace mailward {

class DataTable;
class TextLabel;
class Verbs;

/// Networks that are never banned, with why and for how long; nothing is changed before Save.
class AllowListDialog final : public QDialog
{
    Q_OBJECT

public:
    /// `now`: where a chosen lifetime begins.
    AllowListDialog(const std::vector<AllowRow>& rows, Instant now, Verbs* verbs, QWidget* parent = nullptr);

signals:
    void saveRequested(const std::vector<mailward::AllowRow>& rows);

private:
    void addEntry();
    void removeChosen();
    void take(std::vector<AllowRow> rows);
    void refresh();

    AllowTableModel m_model;
    Instant m_now;
    DataTable* m_table;
    QLineEdit* m_prefix;
    QLineEdit* m_comment;
    QComboBox* m_until;
    TextLabel* m_problem;
    QPushButton* m_add;
    QPushButton* m_remove;
    QPushButton* m_save;
};

} // namespace mailward

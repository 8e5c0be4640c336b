// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/tables/EarlierTableModel.h"

#include <QDialog>

class QPushButton;
class QStackedWidget;

namespace mailward {

class DataTable;
class EmptyState;
class TextLabel;
class Verbs;

/// Earlier containments: when, by whom, where, and how they stand. What was cut goes on from here, and what was a mistake is taken back.
class EarlierDialog final : public QDialog
{
    Q_OBJECT

public:
    EarlierDialog(EarlierTableModel* rows, Verbs* verbs, QWidget* parent = nullptr);

    /// The journal was read: an empty list means that there is none.
    void setRead();
    /// Whether servers can be asked.
    void setCanContain(bool possible);

signals:
    void resumeRequested(const QString& planId);
    void undoRequested(const QString& planId);
    void openSealedRequested();

private:
    void buildFoot(QHBoxLayout* foot);
    void refresh();
    [[nodiscard]] const EarlierRow* chosen() const;

    EarlierTableModel* m_rows;
    bool m_read = false;
    bool m_possible = true;
    bool m_restoring = false;
    QString m_plan; ///< of the chosen row: it stays chosen when the list is read again
    QStackedWidget* m_stack;
    EmptyState* m_empty;
    DataTable* m_table;
    TextLabel* m_words;
    QPushButton* m_resume;
    QPushButton* m_undo;
    QPushButton* m_sealed;
    QPushButton* m_close;
};

} // namespace mailward

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/tables/WeakFindingTableModel.h"

#include <QDialog>

class QCheckBox;
class QGridLayout;
class QPlainTextEdit;
class QProgressBar;
class QPushButton;
class QSpinBox;
class QVBoxLayout;

namespace mailward {

class Panel;
class TextLabel;
class Verbs;

/// Looks for passwords that anybody would try: what and where, what it costs, then, with authority in writing, the test. Only
/// names and kinds come back.
class WeakAuditDialog final : public QDialog
{
    Q_OBJECT

public:
    WeakAuditDialog(WeakFindingTableModel* findings, Verbs* verbs, QWidget* parent = nullptr);
    ~WeakAuditDialog() override;
    void setView(const WeakAuditView& view);

signals:
    void estimateRequested(const mailward::WeakAuditForm& form);
    void startRequested(const mailward::WeakAuditForm& form);
    void stopRequested();
    /// The accounts that were found are to get new passwords.
    void containRequested(const mailward::Targets& accounts);

protected:
    void reject() override;

private:
    [[nodiscard]] QWidget* buildForm();
    [[nodiscard]] QWidget* buildResult(WeakFindingTableModel* findings, Verbs* verbs);
    void fillServers();
    void refresh();
    [[nodiscard]] WeakAuditForm form() const;

    WeakAuditView m_view;
    QVBoxLayout* m_kinds;
    QGridLayout* m_servers;
    QList<QCheckBox*> m_kindBoxes;
    QList<QCheckBox*> m_serverBoxes;
    QPlainTextEdit* m_defaults;
    QSpinBox* m_count;
    QCheckBox* m_authority;
    QCheckBox* m_whatever;
    TextLabel* m_words;
    Panel* m_result = nullptr;
    QProgressBar* m_bar;
    QPushButton* m_cancel;
    QPushButton* m_estimate;
    QPushButton* m_start;
    QPushButton* m_contain;
};

} // namespace mailward

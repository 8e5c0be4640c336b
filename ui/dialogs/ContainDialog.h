// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/tables/ContainTableModel.h"

#include <QDialog>

class QButtonGroup;
class QCheckBox;
class QComboBox;
class QProgressBar;
class QPushButton;
class QSpinBox;
class QTabWidget;
class QVBoxLayout;

namespace mailward {

class DataTable;
class EmptyState;
class Panel;
class TextLabel;
class Verbs;

/// The models that the dialog shows; owned by who fills them.
struct ContainTables {
    ContainTableModel* accounts = nullptr;
    HeldMailTableModel* held = nullptr;
    ContainRuleTableModel* rules = nullptr;
};

/// Takes accounts back: what will be done in which order, exactly what is sent, then how it goes, then what is left to do:
/// slips, held mail, forwards. The same for an earlier containment that goes on or is taken back. Nothing is changed before the
/// button that says so is pressed.
class ContainDialog final : public QDialog
{
    Q_OBJECT

public:
    ContainDialog(const ContainTables& tables, Verbs* verbs, QWidget* parent = nullptr);

    void setView(const ContainView& view);
    [[nodiscard]] const ContainView& view() const { return m_view; }

signals:
    void choiceChanged(const mailward::ContainChoice& choice); ///< wants another preview
    void applyRequested(bool intoFile); ///< `intoFile`: the new passwords go into a sealed file as they are made
    void stopRequested();
    void undoRequested();
    void slipsRequested();
    void fileRequested();
    void releaseRequested(const std::vector<mailward::HeldMail>& mails);
    void deleteRequested(const std::vector<mailward::HeldMail>& mails); ///< confirmed by the user
    void headersRequested(const mailward::HeldMail& mail);

protected:
    void reject() override;

private:
    [[nodiscard]] QWidget* buildSteps();
    [[nodiscard]] QWidget* buildTabs(const ContainTables& tables, Verbs* verbs);
    [[nodiscard]] QWidget* buildHeld(HeldMailTableModel* model, Verbs* verbs);
    void buildFoot(QVBoxLayout* all);
    QCheckBox* step(QVBoxLayout* column, const QString& text, const QString& tip);
    void choose();
    void showChoice();
    void showCommands();
    void showFoot();
    [[nodiscard]] QString applyWords() const;
    void tell();
    [[nodiscard]] std::vector<HeldMail> chosenMails() const;
    void askDelete();
    [[nodiscard]] PasswordStrength strength() const;

    ContainView m_view;
    bool m_filling = false;
    TextLabel* m_title;
    TextLabel* m_from;
    TextLabel* m_words; ///< warnings, objections, what is left to do
    Panel* m_steps = nullptr;
    QButtonGroup* m_action;
    QComboBox* m_style;
    QSpinBox* m_length;
    TextLabel* m_bits;
    QComboBox* m_handOver;
    QCheckBox* m_flush = nullptr;
    QCheckBox* m_kick = nullptr;
    QCheckBox* m_cut = nullptr;
    QCheckBox* m_silent = nullptr;
    QCheckBox* m_hold = nullptr;
    QCheckBox* m_review = nullptr;
    TextLabel* m_undoWords;
    QTabWidget* m_tabs;
    QTabWidget* m_commands;
    DataTable* m_held = nullptr;
    QPushButton* m_release;
    QPushButton* m_delete;
    QPushButton* m_headers;
    QProgressBar* m_bar;
    TextLabel* m_step;
    QPushButton* m_cancel;
    QPushButton* m_undo;
    QPushButton* m_file;
    QPushButton* m_slips;
    QPushButton* m_apply;
};

} // namespace mailward

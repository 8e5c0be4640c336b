// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/tables/AccountOverviewModel.h"
#include "models/tables/AccountsView.h"
#include "models/tables/DetailView.h"
#include "ui/pages/Page.h"

class QComboBox;
class QLineEdit;
class QPushButton;
class QSplitter;
class QStackedWidget;

namespace mailward {

class DataTable;
class DetailDrawer;
class EmptyState;
class TextLabel;
class Verbs;

/// One row an account: what speaks against it, where it is used from, what it did beside its own past. The drawer below
/// tells all of the one that was chosen.
class AccountsPage final : public Page
{
    Q_OBJECT

public:
    explicit AccountsPage(Verbs* verbs, QWidget* parent = nullptr);
    void setTable(AccountOverviewModel* model);
    void setSummary(const AccountsSummary& summary);
    void setDetail(const DetailView& view);
    /// Whether servers can be asked about accounts, and accounts be contained; else there are no buttons for it.
    void setCanContain(bool possible);
    /// From which servers passwords were read, or why not.
    void setReadWords(const QString& words);
    [[nodiscard]] DataTable* table() const { return m_table; }
    [[nodiscard]] DetailDrawer* drawer() const { return m_drawer; }

    void setZone(const QTimeZone& zone) override;
    void escape() override;
    [[nodiscard]] QByteArray saveState() const override;
    void restoreState(const QByteArray& state) override;

signals:
    void shown(bool inFront);
    void scopeRequested(mailward::AccountScope scope);
    void searchRequested(const QString& text);
    void exportRequested(const QString& csv);
    void readRequested();
    void auditRequested();
    void policyRequested();
    void earlierRequested();
    void openSealedRequested();

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    [[nodiscard]] QWidget* buildTable();
    void refresh();
    void tellEmpty();
    void refreshButtons();
    [[nodiscard]] AccountScope scope() const;

    AccountOverviewModel* m_model = nullptr;
    AccountsSummary m_summary;
    QTimeZone m_zone = QTimeZone::utc();
    DataTable* m_table;
    QStackedWidget* m_stack;
    EmptyState* m_empty;
    TextLabel* m_caption;
    QComboBox* m_scope;
    QLineEdit* m_search;
    QPushButton* m_contain;
    QPushButton* m_more;
    QString m_readWords;
    Verbs* m_verbs;
    DetailDrawer* m_drawer;
    QSplitter* m_rows;
};

} // namespace mailward

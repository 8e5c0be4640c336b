// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/tables/BanTableModel.h"
#include "ui/pages/Page.h"

class QPushButton;
class QStackedWidget;

namespace mailward {

class DataTable;
class TextLabel;
class Verbs;

/// What is enforced on which server, as the servers themselves say.
class BansPage final : public Page
{
    Q_OBJECT

public:
    explicit BansPage(Verbs* verbs, QWidget* parent = nullptr);
    void setTable(BanTableModel* model);
    /// When and from where it was read back, such as "read from mx1, mx2 at 14:03:07".
    void setCaption(const QString& caption);
    void setZone(const QTimeZone& zone) override;

signals:
    void refreshRequested();
    /// Chosen rows; becomes a previewed plan like any other change.
    void unbanRequested(const std::vector<mailward::BanRow>& bans);

private:
    [[nodiscard]] std::vector<BanRow> chosen() const;
    void refresh();

    BanTableModel* m_model = nullptr;
    DataTable* m_table;
    QStackedWidget* m_stack;
    TextLabel* m_caption;
    QPushButton* m_unban;
};

} // namespace mailward

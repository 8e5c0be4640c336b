// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/tables/BanTableModel.h"
#include "models/tables/BanView.h"
#include "models/tables/PlanView.h"
#include "ui/pages/Page.h"

class QBoxLayout;
class QGridLayout;
class QLineEdit;
class QPushButton;
class QStackedWidget;
class QToolButton;

namespace mailward {

class DataTable;
class Panel;
class PlanTray;
class TextLabel;
class Verbs;

/// What is enforced on which server, by whom and why, as the servers themselves say; and what can be done about it. Every
/// change becomes a previewed plan.
class BansPage final : public Page
{
    Q_OBJECT

public:
    /// `formats`: names of the list formats that can be exported.
    BansPage(Verbs* verbs, const QStringList& formats, QWidget* parent = nullptr);
    void setTable(BanTableModel* model);
    /// `caption` says when they were read.
    void setServers(const std::vector<BanServerView>& servers, const QString& caption);
    void setAnswer(const BanAnswer& answer);
    /// A plan that is under way is followed here, too.
    void setPlan(const PlanView& view);
    [[nodiscard]] PlanTray* plan() const { return m_plan; }
    void setZone(const QTimeZone& zone) override;
    void escape() override;

signals:
    void refreshRequested();
    void searchRequested(const QString& query);
    void liftRequested(const std::vector<mailward::BanRow>& bans);
    void liftEverywhereRequested(const std::vector<mailward::BanRow>& bans);
    void endRequested(const std::vector<mailward::BanRow>& bans, std::chrono::seconds left);
    void restoreRequested(const QString& server);
    /// No rows: all that are shown.
    void exportRequested(const std::vector<mailward::BanRow>& bans, const QString& format);
    void listRequested();
    void allowListRequested();

private:
    void buildHeader(Panel* panel, const QStringList& formats);
    void buildVerbs(QBoxLayout* line);
    void addServer(const BanServerView& server, int row);
    [[nodiscard]] std::vector<BanRow> chosen() const;
    void refresh();

    BanTableModel* m_model = nullptr;
    DataTable* m_table;
    QStackedWidget* m_stack;
    Panel* m_servers;
    QGridLayout* m_grid;
    TextLabel* m_caption;
    QLineEdit* m_search;
    TextLabel* m_answer;
    TextLabel* m_count;
    QPushButton* m_lift;
    QPushButton* m_everywhere;
    QToolButton* m_end;
    PlanTray* m_plan;
};

} // namespace mailward

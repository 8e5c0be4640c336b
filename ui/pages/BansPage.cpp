// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/BansPage.h"

#include "models/tables/Format.h"
#include "ui/theme/Icons.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/Layout.h"
#include "ui/widgets/PlanTray.h"

#include <QGridLayout>
#include <QLineEdit>
#include <QMenu>
#include <QStackedWidget>
#include <QToolButton>

namespace mailward {

namespace {

QToolButton* menuButton(const QString& text)
{
    auto* button = new QToolButton;
    button->setProperty("button", true);
    button->setText(text + QStringLiteral(" ▾"));
    button->setAccessibleName(text);
    button->setPopupMode(QToolButton::InstantPopup);
    button->setMenu(new QMenu(button));
    return button;
}

/// "enforced by nftables, beside fail2ban and docker", and what it cannot close.
QString enforcementText(const BanServerView& server)
{
    QString text = server.beside.isEmpty() ? server.backend : BansPage::tr("%1, beside %2").arg(server.backend, server.beside.join(QStringLiteral(", ")));
    if (!server.noEffect.isEmpty()) {
        text += BansPage::tr("; no effect on %1").arg(server.noEffect.join(QStringLiteral(", ")));
    }
    return text;
}

QString droppedText(const BanServerView& server)
{
    return !server.packets ? BansPage::tr("drops are not counted") : *server.packets == 0 ? BansPage::tr("nothing dropped yet") : BansPage::tr("%1 packets dropped").arg(formatCount(*server.packets));
}

struct Standing {
    QString text;
    Token token = Token::Good;
};

Standing standingOf(const BanServerView& server)
{
    if (server.backend.isEmpty()) {
        return {BansPage::tr("not read: %1").arg(server.problem.plain(160)), Token::Critical};
    }
    QStringList words;
    if (server.missing > 0) {
        words << counted(server.missing, BansPage::tr("%1 ban is missing"), BansPage::tr("%1 bans are missing"));
    }
    if (server.foreign > 0) {
        words << counted(server.foreign, BansPage::tr("%1 entry is somebody else's"), BansPage::tr("%1 entries are somebody else's"));
    }
    if (server.rulesChanged) {
        words << BansPage::tr("our rules were changed");
    }
    return words.isEmpty() ? Standing{BansPage::tr("as planned"), Token::Good} : Standing{BansPage::tr("drifted: %1").arg(words.join(QStringLiteral(", "))), Token::Critical};
}

} // namespace

BansPage::BansPage(Verbs* verbs, const QStringList& formats, QWidget* parent)
    : Page(tr("Bans"), QStringLiteral("bans"), parent), m_table(new DataTable(verbs)), m_stack(new QStackedWidget), m_servers(new Panel(tr("Servers"))),
      m_grid(new QGridLayout), m_caption(new TextLabel({}, Token::Muted)), m_search(new QLineEdit), m_answer(new TextLabel), m_count(new TextLabel({}, Token::Muted)),
      m_lift(rankedButton(tr("Lift …"))), m_everywhere(rankedButton(tr("Lift everywhere …"))), m_end(menuButton(tr("End in"))), m_plan(new PlanTray)
{
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(kGap);
    m_servers->header()->addWidget(m_caption);
    m_servers->header()->addStretch();
    m_grid->setHorizontalSpacing(2 * kPadding);
    m_grid->setVerticalSpacing(kSpace);
    m_grid->setColumnStretch(5, 1);
    m_servers->body()->addLayout(m_grid);
    m_servers->hide();
    all->addWidget(m_servers);
    auto* panel = new Panel(tr("Bans in force"));
    all->addWidget(panel, 1);
    buildHeader(panel, formats);
    auto* line = new QHBoxLayout;
    buildVerbs(line);
    panel->body()->addLayout(line);
    m_answer->setWordWrap(true);
    m_answer->setAccessibleName(tr("Who banned it, and why"));
    m_answer->hide();
    panel->body()->addWidget(m_answer);
    m_table->setPlainRows();
    m_table->setAccessibleName(tr("Bans in force"));
    m_stack->addWidget(new EmptyState(QStringLiteral("bans"), tr("Nothing is banned"),
                                      tr("Bans show up here as the servers report them, with who made them, why, and when they end. Start one from Triage: choose addresses and pick Ban.")));
    m_stack->addWidget(m_table);
    m_stack->addWidget(new EmptyState(QStringLiteral("bans"), tr("No ban meets your search"), tr("Escape shows all of them again.")));
    panel->body()->addWidget(m_stack, 1);
    m_plan->hide();
    all->addWidget(m_plan);
}

void BansPage::buildHeader(Panel* panel, const QStringList& formats)
{
    auto* line = panel->header();
    line->addWidget(m_count);
    line->addStretch();
    auto* list = rankedButton(tr("Ban a list or country …"));
    auto* allow = rankedButton(tr("Never banned …"));
    auto* read = rankedButton(tr("Read back now"));
    auto* exports = menuButton(tr("Export"));
    for (const QString& format : formats) {
        exports->menu()->addAction(format, this, [this, format] { emit exportRequested(chosen(), format); });
    }
    exports->setToolTip(tr("The chosen bans, or all that are shown, for a firewall that somebody else manages"));
    for (QWidget* widget : std::initializer_list<QWidget*>{list, exports, allow, read}) {
        line->addWidget(widget);
    }
    connect(list, &QPushButton::clicked, this, &BansPage::listRequested);
    connect(allow, &QPushButton::clicked, this, &BansPage::allowListRequested);
    connect(read, &QPushButton::clicked, this, &BansPage::refreshRequested);
}

void BansPage::buildVerbs(QBoxLayout* line)
{
    m_search->setObjectName(QStringLiteral("banSearch"));
    m_search->setPlaceholderText(tr("Who banned this address, and why?"));
    m_search->setAccessibleName(tr("Search the bans"));
    m_search->setClearButtonEnabled(true);
    m_search->setMinimumWidth(320);
    line->addWidget(m_search, 1);
    line->addStretch(1);
    line->addWidget(m_lift);
    line->addWidget(m_everywhere);
    line->addWidget(m_end);
    m_lift->setToolTip(tr("Lets the chosen networks in again"));
    m_everywhere->setToolTip(tr("Lets the chosen networks in again on every server"));
    m_end->setToolTip(tr("Lets the chosen bans end sooner or later"));
    for (const int hours : {1, 10, 24, 72, 168, 720}) {
        const std::chrono::seconds left = std::chrono::hours(hours);
        m_end->menu()->addAction(formatDuration(left), this, [this, left] { emit endRequested(chosen(), left); });
    }
    connect(m_search, &QLineEdit::textChanged, this, &BansPage::searchRequested);
    connect(m_lift, &QPushButton::clicked, this, [this] { emit liftRequested(chosen()); });
    connect(m_everywhere, &QPushButton::clicked, this, [this] { emit liftEverywhereRequested(chosen()); });
}

void BansPage::setTable(BanTableModel* model)
{
    m_model = model;
    m_table->setTable(model);
    m_table->setSortingEnabled(false);
    connect(model, &QAbstractItemModel::modelReset, this, &BansPage::refresh);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &BansPage::refresh);
    refresh();
}

void BansPage::setServers(const std::vector<BanServerView>& servers, const QString& caption)
{
    clearLayout(m_grid);
    m_caption->setText(caption);
    m_servers->setVisible(!servers.empty());
    for (std::size_t i = 0; i < servers.size(); ++i) {
        addServer(servers[i], static_cast<int>(i));
    }
    refresh();
}

void BansPage::addServer(const BanServerView& server, int row)
{
    auto* name = new TextLabel(server.name);
    name->setFont(titleFont());
    m_grid->addWidget(name, row, 0);
    const Standing standing = standingOf(server);
    auto* light = new StateLight;
    light->show(standing.text, standing.token);
    m_grid->addWidget(light, row, 1);
    if (!server.backend.isEmpty()) {
        m_grid->addWidget(new TextLabel(enforcementText(server), Token::Muted), row, 2);
        m_grid->addWidget(new TextLabel(server.others == 0 ? tr("%1 by Mailward").arg(formatCount(server.ours)) : tr("%1 by Mailward, %2 by others").arg(formatCount(server.ours), formatCount(server.others))), row, 3);
        m_grid->addWidget(new TextLabel(droppedText(server), server.packets.value_or(0) == 0 ? Token::Muted : Token::Blocked), row, 4);
    }
    if (server.survivesReboot == false) {
        auto* boot = new TextLabel(tr("forgotten at a reboot"), Token::High);
        boot->setToolTip(tr("Confirmed bans do not come back after a reboot there: see “After a reboot” in installer/server/README.md."));
        m_grid->addWidget(boot, row, 5);
    }
    if (server.hasDrifted()) {
        auto* again = rankedButton(tr("Put back …"));
        again->setAccessibleName(tr("Put back what is missing on %1").arg(server.name));
        connect(again, &QPushButton::clicked, this, [this, name = server.name] { emit restoreRequested(name); });
        m_grid->addWidget(again, row, 6);
    }
}

void BansPage::setAnswer(const BanAnswer& answer)
{
    m_answer->setVisible(!answer.text.isEmpty());
    m_answer->setText(answer.text);
    m_answer->setToken(tokenOf(answer.meaning));
}

void BansPage::setPlan(const PlanView& view)
{
    m_plan->setPlan(view);
    m_plan->setVisible(view.state != PlanState::Empty && view.state != PlanState::Draft);
}

std::vector<BanRow> BansPage::chosen() const
{
    std::vector<BanRow> rows;
    for (const QItemSelectionRange& range : m_table->selectionModel()->selection()) {
        for (int row = range.top(); row <= range.bottom(); ++row) {
            rows.push_back(m_model->rows()[static_cast<std::size_t>(row)]);
        }
    }
    return rows;
}

void BansPage::refresh()
{
    m_stack->setCurrentIndex(m_model->rowCount() > 0 ? 1 : m_search->text().isEmpty() ? 0 : 2);
    const bool any = m_table->selectionModel()->hasSelection();
    for (QWidget* verb : std::initializer_list<QWidget*>{m_lift, m_everywhere, m_end}) {
        verb->setEnabled(any);
    }
    m_count->setText(m_model->rowCount() == 0 ? QString() : formatCount(static_cast<std::uint64_t>(m_model->rowCount())));
}

void BansPage::setZone(const QTimeZone& zone)
{
    m_table->setZone(zone);
}

void BansPage::escape()
{
    m_search->clear();
    m_table->clearSelection();
}

} // namespace mailward

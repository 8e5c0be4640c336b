// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/AccountsPage.h"

#include "ui/help/HelpDialog.h"
#include "ui/theme/Icons.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/DetailDrawer.h"
#include "ui/widgets/Layout.h"
#include "ui/widgets/Verbs.h"

#include <QComboBox>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolButton>

namespace mailward {

AccountsPage::AccountsPage(Verbs* verbs, QWidget* parent)
    : Page(tr("Accounts"), QStringLiteral("accounts"), parent), m_table(new DataTable(verbs)), m_stack(new QStackedWidget),
      m_empty(new EmptyState(QStringLiteral("accounts"), {}, {})), m_caption(new TextLabel({}, Token::Muted)), m_scope(new QComboBox), m_search(new QLineEdit),
      m_contain(rankedButton(tr("Contain …"))), m_more(rankedButton(tr("Passwords"))), m_verbs(verbs), m_drawer(new DetailDrawer(verbs)), m_rows(new QSplitter(Qt::Vertical))
{
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    m_rows->setObjectName(QStringLiteral("accountRows"));
    m_rows->setHandleWidth(kGap);
    m_rows->setChildrenCollapsible(false);
    m_rows->addWidget(buildTable());
    m_rows->addWidget(m_drawer);
    m_drawer->hide(); // until somebody is chosen
    m_rows->setSizes({480, 270});
    all->addWidget(m_rows);
    setProperty("helpTopic", QStringLiteral("accounts"));
}

QWidget* AccountsPage::buildTable()
{
    auto* panel = new Panel(tr("Accounts"));
    m_scope->setObjectName(QStringLiteral("accountScope"));
    m_scope->setAccessibleName(tr("Which accounts are shown"));
    m_scope->addItem(tr("In use"), static_cast<int>(AccountScope::InUse));
    m_scope->addItem(tr("At risk"), static_cast<int>(AccountScope::AtRisk));
    m_scope->addItem(tr("Not used for 30 days"), static_cast<int>(AccountScope::Idle));
    m_scope->addItem(tr("Never logged in"), static_cast<int>(AccountScope::Never));
    m_scope->addItem(tr("No second factor"), static_cast<int>(AccountScope::OneFactor));
    m_scope->addItem(tr("Names that never got in"), static_cast<int>(AccountScope::Strangers));
    m_search->setObjectName(QStringLiteral("accountSearch"));
    m_search->setPlaceholderText(tr("Search name, network, country, reason"));
    m_search->setAccessibleName(tr("Search accounts"));
    m_search->setClearButtonEnabled(true);
    m_search->setFixedWidth(260);
    m_search->addAction(icon(QStringLiteral("search"), Token::Muted), QLineEdit::LeadingPosition);
    m_caption->setElided();
    panel->header()->addWidget(m_caption, 1);
    panel->header()->addWidget(m_search);
    panel->header()->addWidget(m_scope);
    auto* menu = new QMenu(m_more);
    menu->addAction(icon(QStringLiteral("pull")), tr("Read places and ages from the servers"), this, &AccountsPage::readRequested);
    menu->addAction(icon(QStringLiteral("search")), tr("Look for weak passwords …"), this, &AccountsPage::auditRequested);
    menu->addAction(icon(QStringLiteral("check")), tr("What the servers enforce …"), this, &AccountsPage::policyRequested);
    menu->addSeparator();
    menu->addAction(icon(QStringLiteral("clock")), tr("Earlier containments …"), this, &AccountsPage::earlierRequested);
    menu->addAction(icon(QStringLiteral("key")), tr("Open a sealed file of new passwords …"), this, &AccountsPage::openSealedRequested);
    m_more->setMenu(menu);
    m_more->setObjectName(QStringLiteral("passwordsMenu"));
    m_contain->setObjectName(QStringLiteral("containChosen"));
    m_contain->setIcon(icon(QStringLiteral("lock")));
    panel->header()->addWidget(m_more);
    panel->header()->addWidget(m_contain);
    m_more->hide();
    m_contain->hide();
    connect(m_contain, &QPushButton::clicked, this, [this] { emit m_verbs->containRequested(m_table->selectedTargets()); });
    panel->header()->addWidget(helpButton(QStringLiteral("accounts"), tr("Help about accounts")));
    m_table->setAccessibleName(tr("Accounts"));
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_table);
    panel->body()->addWidget(m_stack);
    connect(m_search, &QLineEdit::textChanged, this, &AccountsPage::searchRequested);
    connect(m_scope, &QComboBox::currentIndexChanged, this, [this] { emit scopeRequested(scope()); });
    connect(m_table, &DataTable::exportRequested, this, &AccountsPage::exportRequested);
    return panel;
}

AccountScope AccountsPage::scope() const
{
    return static_cast<AccountScope>(m_scope->currentData().toInt());
}

void AccountsPage::setTable(AccountOverviewModel* model)
{
    m_model = model;
    m_table->setTable(model);
    QSignalBlocker quiet(model); // the worst first is how it comes
    m_table->horizontalHeader()->setSortIndicator(1, Qt::DescendingOrder);
    connect(model, &QAbstractItemModel::modelReset, this, &AccountsPage::refresh);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &AccountsPage::refreshButtons);
    refresh();
}

void AccountsPage::setSummary(const AccountsSummary& summary)
{
    m_summary = summary;
    QStringList words{counted(summary.inUse, tr("%1 in use"), tr("%1 in use"))};
    const auto add = [&](std::uint64_t count, const QString& text) {
        if (count > 0) {
            words << text.arg(formatCount(count));
        }
    };
    add(summary.lost, tr("%1 lost"));
    add(summary.unusual, tr("%1 unusual"));
    add(summary.attacked, tr("%1 attacked"));
    add(summary.idle, tr("%1 not used for 30 days"));
    add(summary.strangers, tr("%1 names that never got in"));
    words << tr("30 days to %1").arg(formatMoment(summary.days.end, m_zone, summary.days.end).section(QLatin1Char(' '), 0, 1));
    if (!m_readWords.isEmpty()) {
        words << m_readWords;
    }
    m_caption->setText(summary.known ? words.join(QStringLiteral(" · ")) : QString());
    m_caption->setToolTip(m_caption->text().toHtmlEscaped());
    refresh();
}

void AccountsPage::refresh()
{
    m_stack->setCurrentIndex(m_model != nullptr && m_model->rowCount() > 0 ? 1 : 0);
    tellEmpty();
    refreshButtons();
}

void AccountsPage::refreshButtons()
{
    const auto chosen = static_cast<std::uint64_t>(m_table->selectedTargets().size());
    m_contain->setEnabled(chosen > 0);
    m_contain->setText(chosen > 1 ? tr("Contain %1 …").arg(formatCount(chosen)) : tr("Contain …"));
}

void AccountsPage::setCanContain(bool possible)
{
    m_contain->setVisible(possible);
    m_more->setVisible(possible);
}

void AccountsPage::setReadWords(const QString& words)
{
    m_readWords = words;
    setSummary(m_summary);
}

void AccountsPage::tellEmpty()
{
    if (m_summary.inUse + m_summary.strangers == 0) {
        m_empty->setSentence(tr("No accounts yet"), tr("Once a log names an account, it stands here with its risk, where it is used from, and what it does beside its own past.\n"
                                                       "Add a server on the page Servers, or drop log files onto this window."));
    } else if (!m_search->text().trimmed().isEmpty()) {
        m_empty->setSentence(tr("Nothing found"), tr("No account here has this in its name, its networks, its countries or its reasons. Take the search away, or show other accounts."));
    } else if (scope() == AccountScope::AtRisk) {
        m_empty->setSentence(tr("No account is at risk"), tr("None is opened, unusual, attacked or tried with an old password."));
    } else if (scope() == AccountScope::Idle) {
        m_empty->setSentence(tr("Every account was used"), tr("Each account that ever got in or sent mail did so in these 30 days."));
    } else if (scope() == AccountScope::Never) {
        m_empty->setSentence(tr("No account is known to be unused"), tr("An account stands here when its server knows that nobody ever logged in, or when the logs begin before it was made and name no log-in. "
                                                                        "Read the passwords' facts from the servers first."));
    } else if (scope() == AccountScope::OneFactor) {
        m_empty->setSentence(tr("No account is known to lack a second factor"), tr("Few mail servers know of second factors at all (mailcow does); for all others this says nothing."));
    } else if (scope() == AccountScope::Strangers) {
        m_empty->setSentence(tr("No other names"), tr("Every name that was tried got in at some time."));
    } else {
        m_empty->setSentence(tr("No account got in"), tr("The logs name accounts, but none of them was let in or sent mail."));
    }
}

void AccountsPage::setDetail(const DetailView& view)
{
    m_drawer->setVisible(view.target.isValid());
    if (view.target.isValid()) {
        m_drawer->setDetail(view);
    }
}

void AccountsPage::setZone(const QTimeZone& zone)
{
    m_zone = zone;
    m_table->setZone(zone);
    m_drawer->setZone(zone);
    setSummary(m_summary);
}

void AccountsPage::escape()
{
    if (!m_search->text().isEmpty()) {
        m_search->clear();
    } else if (m_drawer->isVisible()) {
        m_drawer->hide();
        m_table->setFocus();
    } else {
        m_table->clearSelection();
    }
}

void AccountsPage::showEvent(QShowEvent* event)
{
    Page::showEvent(event);
    emit shown(true);
}

void AccountsPage::hideEvent(QHideEvent* event)
{
    Page::hideEvent(event);
    emit shown(false);
}

QByteArray AccountsPage::saveState() const
{
    return m_rows->saveState();
}

void AccountsPage::restoreState(const QByteArray& state)
{
    if (!state.isEmpty()) {
        m_rows->restoreState(state);
    }
}

} // namespace mailward

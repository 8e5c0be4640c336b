// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/ServersPage.h"

#include "ui/dialogs/StorageDialog.h"
#include "ui/widgets/CapabilityList.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/Layout.h"
#include "ui/widgets/UnknownLinesList.h"

#include <QLineEdit>
#include <QMessageBox>
#include <QScrollArea>
#include <QSplitter>
#include <QStackedWidget>

namespace mailward {

namespace {

/// A pull that was asked for once and can be cancelled; following has a button of its own.
bool isBusy(const ServerRow& row)
{
    return !row.following && (row.state == LinkState::Connecting || row.state == LinkState::Pulling);
}

} // namespace

ServersPage::ServersPage(Verbs* verbs, QWidget* parent)
    : Page(tr("Servers"), QStringLiteral("servers"), parent), m_verbs(verbs), m_table(new DataTable(verbs)), m_stack(new QStackedWidget),
      m_check(rankedButton(tr("Check"))), m_pull(rankedButton(tr("Pull now"))), m_follow(rankedButton(tr("Follow"))), m_edit(rankedButton(tr("Edit …"))), m_remove(rankedButton(tr("Remove …"), "danger")),
      m_title(new TextLabel), m_message(new TextLabel), m_hint(new TextLabel({}, Token::Muted)),
      m_legacy(new TextLabel(tr("Old algorithms (SHA-1, CBC) are allowed for this server: who taps the line may read it. Update its sshd, then edit the server and take them away."), Token::Critical)), m_keyStop(new QFrame), m_typedKey(new QLineEdit),
      m_forget(rankedButton(tr("Forget the old key"), "danger")), m_unchecked(new TextLabel(tr("Press Check: what this server has, what it lacks and how to mend it is listed here."), Token::Muted)),
      m_capabilities(new CapabilityList), m_unknown(new UnknownLinesList), m_storage(new TextLabel({}, Token::Muted))
{
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    auto* list = new Panel(tr("Servers"));
    buildButtons(list->header());
    m_table->setPlainRows();
    m_table->setAccessibleName(tr("Servers"));
    list->body()->addWidget(m_table);
    buildStorage(list->body());
    auto* detail = new Panel;
    m_title->setFont(titleFont());
    m_message->setWordWrap(true);
    m_hint->setWordWrap(true);
    detail->body()->addWidget(m_title);
    detail->body()->addWidget(m_message);
    detail->body()->addWidget(m_hint);
    m_legacy->setWordWrap(true);
    detail->body()->addWidget(m_legacy);
    detail->body()->addWidget(buildKeyStop());
    detail->body()->addWidget(m_unchecked);
    auto* found = new QWidget;
    auto* column = new QVBoxLayout(found);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_capabilities);
    column->addWidget(m_unknown);
    column->addStretch();
    detail->body()->addWidget(calmScroll(found), 1);
    auto* split = new QSplitter(Qt::Vertical);
    split->setHandleWidth(kGap);
    split->setChildrenCollapsible(false);
    split->addWidget(list);
    split->addWidget(detail);
    split->setSizes({260, 440});
    auto* panel = new Panel;
    auto* empty = new EmptyState(QStringLiteral("servers"), tr("No server yet"),
                                 tr("Mailward reads the logs of your mail servers over SSH and installs nothing on them. It needs a user who may read the mail log."));
    connect(empty->addButton(tr("Add a server …")), &QPushButton::clicked, this, &ServersPage::addRequested);
    connect(empty->addButton(tr("Import from ~/.ssh/config …"), false), &QPushButton::clicked, this, &ServersPage::importRequested);
    panel->body()->addWidget(empty);
    m_stack->addWidget(panel);
    m_stack->addWidget(split);
    all->addWidget(m_stack);
    connect(m_table, &DataTable::rowChosen, this, &ServersPage::refresh);
}

/// What all of them together fill: one line below the table.
void ServersPage::buildStorage(QBoxLayout* body)
{
    auto* line = new QHBoxLayout;
    line->addWidget(m_storage, 1);
    auto* change = rankedButton(tr("What is kept …"), "flat");
    change->setObjectName(QStringLiteral("storageButton"));
    connect(change, &QPushButton::clicked, this, &ServersPage::storageRequested);
    line->addWidget(change);
    body->addLayout(line);
}

void ServersPage::buildButtons(QHBoxLayout* line)
{
    auto* add = rankedButton(tr("Add server …"), "primary");
    add->setObjectName(QStringLiteral("addServer"));
    auto* import = rankedButton(tr("Import …"));
    import->setObjectName(QStringLiteral("importServersButton"));
    import->setToolTip(tr("Take servers over from ~/.ssh/config"));
    connect(import, &QPushButton::clicked, this, &ServersPage::importRequested);
    line->addStretch();
    line->setSpacing(kGap);
    for (QPushButton* button : {m_check, m_pull, m_follow, m_edit, m_remove, import, add}) {
        line->addWidget(button);
    }
    m_follow->setCheckable(true);
    m_follow->setToolTip(tr("Keep the connection and read new lines as they come"));
    connect(add, &QPushButton::clicked, this, &ServersPage::addRequested);
    const auto named = [this](auto&& wish) {
        return [this, wish] {
            if (const ServerRow* row = current()) {
                wish(row->name);
            }
        };
    };
    connect(m_check, &QPushButton::clicked, this, named([this](const QString& name) { emit checkRequested(name); }));
    connect(m_pull, &QPushButton::clicked, this, [this] {
        if (const ServerRow* row = current()) {
            isBusy(*row) ? emit followRequested(row->name, false) : emit pullRequested(row->name);
        }
    });
    connect(m_follow, &QPushButton::clicked, this, named([this](const QString& name) { emit followRequested(name, m_follow->isChecked()); }));
    m_edit->setObjectName(QStringLiteral("editServer"));
    const auto edit = named([this](const QString& name) { emit editRequested(name); });
    connect(m_edit, &QPushButton::clicked, this, edit);
    connect(m_table, &QTableView::doubleClicked, this, edit);
    connect(m_remove, &QPushButton::clicked, this, &ServersPage::askRemove);
}

void ServersPage::setTable(ServerTableModel* model)
{
    m_model = model;
    m_table->setTable(model);
    m_table->setSortingEnabled(false);
    connect(model, &QAbstractItemModel::dataChanged, this, &ServersPage::refresh);
    connect(model, &QAbstractItemModel::modelReset, this, [this] {
        if (m_model->rowCount() > 0 && !m_table->currentIndex().isValid()) {
            m_table->setCurrentIndex(m_model->index(0, 0));
        }
        refresh();
    });
    refresh();
}

const ServerRow* ServersPage::current() const
{
    const int row = m_table->currentIndex().row();
    return m_model != nullptr && row >= 0 && row < m_model->rowCount() ? &m_model->rows()[static_cast<std::size_t>(row)] : nullptr;
}

QStringList ServersPage::chosenServers() const
{
    QStringList names;
    for (const Target& target : m_table->selectedTargets()) {
        names << QString::fromStdString(target.key);
    }
    if (names.isEmpty() && m_model != nullptr) {
        for (const ServerRow& row : m_model->rows()) {
            names << row.name;
        }
    }
    return names;
}

void ServersPage::refresh()
{
    m_stack->setCurrentIndex(m_model != nullptr && m_model->rowCount() > 0 ? 1 : 0);
    const ServerRow* row = current();
    for (QPushButton* button : {m_check, m_pull, m_follow, m_edit, m_remove}) {
        button->setEnabled(row != nullptr);
    }
    if (row == nullptr) {
        return;
    }
    m_follow->setChecked(row->following);
    m_follow->setText(row->following ? tr("Stop following") : tr("Follow"));
    m_pull->setText(isBusy(*row) ? tr("Cancel") : tr("Pull now"));
    m_keyStop->setVisible(!row->replacedKey.isEmpty());
    m_title->setText(QStringLiteral("%1  ·  %2").arg(row->name, serverStateText(row->state)));
    m_message->setText(row->message.plain());
    m_message->setToken(row->state == LinkState::Failed ? Token::Critical : Token::Text);
    m_message->setVisible(!row->message.isEmpty());
    m_hint->setText(row->hint);
    m_hint->setVisible(!row->hint.isEmpty());
    m_legacy->setVisible(row->legacy);
    m_unchecked->setVisible(row->capabilities.empty());
    m_capabilities->setVisible(!row->capabilities.empty());
    m_capabilities->setRows(row->capabilities);
    m_unknown->setRows(row->unknown, row->notUnderstood);
}

/// No button here leads on: the old key goes only when somebody typed what the server's own console says, and the new one
/// is then a stranger's that has to be accepted like any other.
QWidget* ServersPage::buildKeyStop()
{
    auto* column = new QVBoxLayout(m_keyStop);
    column->setContentsMargins(0, kGap, 0, kGap);
    auto* text = new TextLabel(tr("Was the server set up anew? Log in at its own console, not over ssh, and run: "
                                  "ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub. Type the fingerprint that stands there:"));
    text->setWordWrap(true);
    column->addWidget(text);
    auto* line = new QHBoxLayout;
    m_typedKey->setObjectName(QStringLiteral("typedFingerprint"));
    m_typedKey->setAccessibleName(tr("Fingerprint from the server's own console"));
    m_typedKey->setPlaceholderText(QStringLiteral("SHA256:"));
    m_typedKey->setFont(monoFont());
    m_forget->setObjectName(QStringLiteral("forgetKey"));
    m_forget->setEnabled(false);
    line->addWidget(m_typedKey, 1);
    line->addWidget(m_forget);
    column->addLayout(line);
    connect(m_typedKey, &QLineEdit::textChanged, this, [this](const QString& typed) {
        m_forget->setEnabled(typed.trimmed().startsWith(QLatin1String("SHA256:")) && typed.trimmed().size() > 40);
    });
    connect(m_forget, &QPushButton::clicked, this, [this] {
        if (const ServerRow* row = current()) {
            emit forgetKeyRequested(row->name, m_typedKey->text().trimmed());
        }
        m_typedKey->clear();
    });
    m_keyStop->hide();
    return m_keyStop;
}

void ServersPage::setStorage(const StorageView& view)
{
    m_storage->setText(storageText(view));
}

void ServersPage::askRemove()
{
    const ServerRow* row = current();
    if (row == nullptr) {
        return;
    }
    auto* ask = new QMessageBox(QMessageBox::Question, tr("Remove server"), QString(), QMessageBox::Cancel, this);
    ask->setAttribute(Qt::WA_DeleteOnClose);
    ask->setTextFormat(Qt::PlainText);
    ask->setText(tr("Remove %1 from the inventory?").arg(row->name));
    ask->setInformativeText(tr("Its events stay in the store, and bans on it stay enforced until they expire. Nothing is changed on the server."));
    QPushButton* remove = ask->addButton(tr("Remove"), QMessageBox::DestructiveRole);
    connect(remove, &QPushButton::clicked, this, [this, name = row->name] { emit removeRequested(name); });
    ask->open();
}

void ServersPage::setZone(const QTimeZone& zone)
{
    m_table->setZone(zone);
}

} // namespace mailward

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/ContainDialog.h"

#include "ui/widgets/DataTable.h"
#include "ui/widgets/Layout.h"
#include "ui/widgets/RawText.h"

#include <QButtonGroup>
#include <QCheckBox>
#include <QComboBox>
#include <QMessageBox>
#include <QProgressBar>
#include <QPushButton>
#include <QRadioButton>
#include <QSpinBox>
#include <QTabBar>
#include <QTabWidget>

namespace mailward {

namespace {

enum Tab : int { kAccountsTab, kCommandsTab, kHeldTab, kRulesTab };

} // namespace

ContainDialog::ContainDialog(const ContainTables& tables, Verbs* verbs, QWidget* parent)
    : QDialog(parent), m_title(new TextLabel), m_from(new TextLabel({}, Token::Muted)), m_words(new TextLabel), m_action(new QButtonGroup(this)), m_style(new QComboBox),
      m_length(new QSpinBox), m_bits(new TextLabel({}, Token::Good)), m_handOver(new QComboBox), m_undoWords(new TextLabel({}, Token::Muted)), m_tabs(new QTabWidget),
      m_commands(new QTabWidget), m_release(rankedButton(tr("Release"))), m_delete(rankedButton(tr("Delete …"), "danger")), m_headers(rankedButton(tr("Headers …"))),
      m_bar(new QProgressBar), m_step(new TextLabel({}, Token::Muted)), m_cancel(rankedButton(tr("Cancel"))), m_undo(rankedButton(tr("Undo"), "danger")),
      m_file(rankedButton(tr("Seal in a file …"))), m_slips(rankedButton({}, "primary")), m_apply(rankedButton({}, "primary"))
{
    setObjectName(QStringLiteral("containDialog"));
    setWindowTitle(tr("Contain accounts"));
    resize(1200, 680);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(16, 16, 16, 16);
    all->setSpacing(kGap);
    QFont big = titleFont();
    big.setPointSizeF(big.pointSizeF() * 1.3);
    m_title->setFont(big);
    all->addWidget(m_title);
    all->addWidget(m_from);
    m_words->setWordWrap(true);
    all->addWidget(m_words);
    auto* middle = new QHBoxLayout;
    middle->setSpacing(kGap);
    middle->addWidget(buildSteps());
    middle->addWidget(buildTabs(tables, verbs), 1);
    all->addLayout(middle, 1);
    buildFoot(all);
}

QCheckBox* ContainDialog::step(QVBoxLayout* column, const QString& text, const QString& tip)
{
    auto* box = new QCheckBox(text);
    box->setToolTip(tip);
    column->addWidget(box);
    connect(box, &QCheckBox::toggled, this, &ContainDialog::choose);
    return box;
}

QWidget* ContainDialog::buildSteps()
{
    m_steps = new Panel(tr("In this order"));
    m_steps->setFixedWidth(316);
    QVBoxLayout* column = m_steps->body();
    column->setSpacing(kSpace + 2);
    const auto action = [&](const QString& text, ContainAction which) {
        auto* button = new QRadioButton(text);
        m_action->addButton(button, static_cast<int>(which));
        column->addWidget(button);
    };
    action(tr("Give new passwords"), ContainAction::Reset);
    auto* recipe = new QHBoxLayout;
    recipe->setContentsMargins(24, 0, 0, 0);
    m_style->addItem(tr("characters"), false);
    m_style->addItem(tr("words"), true);
    m_style->setAccessibleName(tr("What new passwords are made of"));
    m_length->setAccessibleName(tr("Length of new passwords"));
    recipe->addWidget(m_length);
    recipe->addWidget(m_style, 1);
    column->addLayout(recipe);
    auto* more = new QVBoxLayout;
    more->setContentsMargins(24, 0, 0, kSpace);
    more->addWidget(m_bits);
    m_handOver->setObjectName(QStringLiteral("handOver"));
    m_handOver->addItem(tr("then print slips"), false);
    m_handOver->addItem(tr("kept in a sealed file"), true);
    m_handOver->setAccessibleName(tr("How new passwords are handed over"));
    more->addWidget(m_handOver);
    column->addLayout(more);
    action(tr("Lock: nobody gets in"), ContainAction::Lock);
    action(tr("Unlock what we locked"), ContainAction::Unlock);
    column->addSpacing(kGap);
    m_flush = step(column, tr("Forget remembered log-ins"), tr("Dovecot keeps passwords that were right for a while"));
    m_kick = step(column, tr("End IMAP and POP3 sessions"), tr("Honest programs log in again, with the new password"));
    m_cut = step(column, tr("Cut SMTP sessions"), tr("They outlive a new password: who is inside goes on sending"));
    auto* inner = new QVBoxLayout;
    inner->setContentsMargins(24, 0, 0, 0);
    column->addLayout(inner);
    m_silent = step(inner, tr("those not yet named as well"), tr("Postfix names the account with its first message; honest programs connect again"));
    m_hold = step(column, tr("Hold queued mail"), tr("To be looked at, released or deleted"));
    m_review = step(column, tr("List forwards and app passwords"), tr("Attackers leave them behind; nothing is changed"));
    column->addStretch();
    m_undoWords->setWordWrap(true);
    column->addWidget(m_undoWords);
    connect(m_action, &QButtonGroup::idToggled, this, [this](int, bool on) {
        if (on) {
            choose();
        }
    });
    connect(m_style, &QComboBox::currentIndexChanged, this, [this] {
        if (!m_filling) {
            const PasswordStrength of = strength();
            m_filling = true;
            m_length->setRange(of.least, of.least + static_cast<int>(of.bits.size()) - 1);
            m_length->setValue(of.usual);
            m_filling = false;
            choose();
        }
    });
    connect(m_length, &QSpinBox::valueChanged, this, &ContainDialog::choose);
    return m_steps;
}

QWidget* ContainDialog::buildTabs(const ContainTables& tables, Verbs* verbs)
{
    auto* panel = new Panel;
    const auto table = [&](TableModel* model, const QString& name) {
        auto* made = new DataTable(verbs);
        made->setPlainRows();
        made->setTable(model);
        made->setSortingEnabled(false);
        made->setAccessibleName(name);
        return made;
    };
    m_tabs->setDocumentMode(true);
    m_tabs->tabBar()->setDrawBase(false);
    m_tabs->addTab(table(tables.accounts, tr("Accounts")), tr("Accounts"));
    m_commands->setDocumentMode(true);
    m_commands->tabBar()->setDrawBase(false);
    m_tabs->addTab(m_commands, tr("Exactly what is sent"));
    m_tabs->addTab(buildHeld(tables.held, verbs), tr("Held mail"));
    m_tabs->addTab(table(tables.rules, tr("Forwards")), tr("Forwards"));
    panel->body()->addWidget(m_tabs);
    return panel;
}

QWidget* ContainDialog::buildHeld(HeldMailTableModel* model, Verbs* verbs)
{
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, kSpace, 0, 0);
    m_held = new DataTable(verbs);
    m_held->setPlainRows();
    m_held->setTable(model);
    m_held->setSortingEnabled(false);
    m_held->setAccessibleName(tr("Held mail"));
    column->addWidget(m_held, 1);
    auto* line = new QHBoxLayout;
    line->addWidget(m_headers);
    line->addStretch();
    line->addWidget(m_release);
    line->addWidget(m_delete);
    column->addLayout(line);
    const auto enable = [this] {
        const auto chosen = chosenMails();
        m_headers->setEnabled(chosen.size() == 1);
        m_release->setEnabled(!chosen.empty());
        m_delete->setEnabled(!chosen.empty());
    };
    connect(m_held->selectionModel(), &QItemSelectionModel::selectionChanged, this, enable);
    connect(model, &QAbstractItemModel::modelReset, this, enable);
    connect(m_headers, &QPushButton::clicked, this, [this] { emit headersRequested(chosenMails().front()); });
    connect(m_release, &QPushButton::clicked, this, [this] { emit releaseRequested(chosenMails()); });
    connect(m_delete, &QPushButton::clicked, this, &ContainDialog::askDelete);
    enable();
    return page;
}

void ContainDialog::buildFoot(QVBoxLayout* all)
{
    auto* line = new QHBoxLayout;
    m_bar->setTextVisible(false);
    m_bar->setFixedWidth(200);
    m_step->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    line->addWidget(m_bar);
    line->addWidget(m_step, 1);
    m_apply->setObjectName(QStringLiteral("applyContain"));
    m_slips->setObjectName(QStringLiteral("openSlips"));
    for (QPushButton* button : {m_cancel, m_undo, m_file, m_slips, m_apply}) {
        line->addWidget(button);
    }
    all->addLayout(line);
    connect(m_cancel, &QPushButton::clicked, this, &ContainDialog::reject);
    connect(m_undo, &QPushButton::clicked, this, &ContainDialog::undoRequested);
    connect(m_file, &QPushButton::clicked, this, &ContainDialog::fileRequested);
    connect(m_slips, &QPushButton::clicked, this, &ContainDialog::slipsRequested);
    connect(m_apply, &QPushButton::clicked, this, [this] {
        const bool makesPasswords = m_view.choice.action == ContainAction::Reset && m_view.task != ContainTask::Undo;
        emit applyRequested(makesPasswords && m_handOver->currentData().toBool());
    });
}

PasswordStrength ContainDialog::strength() const
{
    return m_style->currentData().toBool() ? m_view.words : m_view.characters;
}

void ContainDialog::choose()
{
    if (m_filling) {
        return;
    }
    ContainChoice choice;
    choice.action = static_cast<ContainAction>(m_action->checkedId());
    choice.flush = m_flush->isChecked();
    choice.kick = m_kick->isChecked();
    choice.cutSmtp = m_cut->isChecked();
    choice.cutSilent = m_silent->isChecked() && choice.cutSmtp;
    choice.hold = m_hold->isChecked();
    choice.review = m_review->isChecked();
    choice.words = m_style->currentData().toBool();
    choice.length = m_length->value();
    if (choice != m_view.choice) {
        emit choiceChanged(choice);
    }
}

void ContainDialog::setView(const ContainView& view)
{
    const ContainStage before = m_view.stage;
    m_view = view;
    m_title->setText(view.title);
    m_from->setText(view.from);
    m_from->setVisible(!view.from.isEmpty());
    setWindowTitle(view.task == ContainTask::Undo ? tr("Take back a containment") : view.task == ContainTask::Resume ? tr("Go on with a containment") : tr("Contain accounts"));
    m_steps->setVisible(view.task == ContainTask::Contain || (view.task == ContainTask::Resume && view.choice.action != ContainAction::None && view.willChange > 0));
    showChoice();
    showCommands();
    tell();
    const bool after = view.stage == ContainStage::Working || view.stage == ContainStage::Done;
    m_tabs->setTabVisible(kCommandsTab, !after && !view.servers.empty());
    m_tabs->setTabVisible(kHeldTab, !view.held.empty());
    m_tabs->setTabText(kHeldTab, tr("Held mail %1").arg(view.held.size()));
    m_tabs->setTabVisible(kRulesTab, !view.rules.empty());
    m_tabs->setTabText(kRulesTab, tr("Forwards %1").arg(view.rules.size()));
    showFoot();
    if (before != view.stage && view.stage == ContainStage::Preview) {
        m_apply->setFocus();
    } else if (before != view.stage && view.stage == ContainStage::Done) {
        (view.slips > 0 ? m_slips : m_cancel)->setFocus();
    }
}

void ContainDialog::showChoice()
{
    m_filling = true;
    const ContainChoice& choice = m_view.choice;
    if (QAbstractButton* button = m_action->button(static_cast<int>(choice.action)); button != nullptr) {
        button->setChecked(true);
    }
    m_style->setCurrentIndex(choice.words ? 1 : 0);
    const PasswordStrength of = strength();
    m_length->setRange(of.least, std::max(of.least, of.least + static_cast<int>(of.bits.size()) - 1));
    m_length->setValue(choice.length);
    const auto place = static_cast<std::size_t>(std::max(0, choice.length - of.least));
    m_bits->setText(place < of.bits.size() ? tr("%1 bits of chance each").arg(of.bits[place], 0, 'f', 0) : QString());
    m_flush->setChecked(choice.flush);
    m_kick->setChecked(choice.kick);
    m_cut->setChecked(choice.cutSmtp);
    m_silent->setChecked(choice.cutSilent);
    m_hold->setChecked(choice.hold);
    m_review->setChecked(choice.review);
    const bool before = m_view.stage == ContainStage::Looking || m_view.stage == ContainStage::Preview;
    const bool open = before && m_view.task == ContainTask::Contain;
    const bool resets = choice.action == ContainAction::Reset;
    const bool unlocks = choice.action == ContainAction::Unlock;
    m_style->setEnabled(open && resets);
    m_length->setEnabled(open && resets);
    m_handOver->setEnabled(before && resets);
    m_bits->setVisible(resets);
    for (QCheckBox* box : {m_flush, m_kick, m_cut, m_hold, m_review}) {
        box->setEnabled(open && !unlocks);
    }
    m_silent->setEnabled(open && !unlocks && choice.cutSmtp);
    for (QAbstractButton* button : m_action->buttons()) {
        button->setEnabled(open);
    }
    m_undoWords->setText(unlocks ? tr("Undo: they are locked again.")
                                 : tr("Undo: %1 come back as they were, for 7 days. Ended sessions stay ended, held mail stays held until you release it.")
                                       .arg(resets ? tr("the old passwords") : tr("the accounts")));
    m_filling = false;
}

void ContainDialog::showCommands()
{
    if (m_view.stage == ContainStage::Working || m_view.stage == ContainStage::Done) {
        return;
    }
    const int current = m_commands->currentIndex();
    while (m_commands->count() > 0) {
        delete m_commands->widget(0);
    }
    for (const ContainServer& server : m_view.servers) {
        auto* page = new QWidget;
        auto* column = new QVBoxLayout(page);
        column->setContentsMargins(0, kSpace, 0, 0);
        for (const QString& note : server.notes) {
            auto* text = new TextLabel(note, Token::Muted);
            text->setWordWrap(true);
            column->addWidget(text);
        }
        auto* raw = rawText(linesText(server.commands));
        raw->setAccessibleName(tr("Commands for %1").arg(server.name));
        column->addWidget(raw);
        m_commands->addTab(page, QString(server.name).replace(QLatin1Char('&'), QLatin1String("&&")));
    }
    m_commands->setCurrentIndex(std::clamp(current, 0, std::max(0, m_commands->count() - 1)));
}

/// One sentence or two: what stands in the way, what went wrong, what is left to do.
void ContainDialog::tell()
{
    QStringList words;
    Token token = Token::Text;
    if (!m_view.problem.isEmpty()) {
        words << m_view.problem << m_view.hint;
        token = Token::Critical;
    } else if (!m_view.objections.isEmpty()) {
        words << m_view.objections;
        token = Token::Critical;
    } else if (!m_view.warnings.isEmpty()) {
        words << m_view.warnings;
        token = Token::High;
    }
    if (m_view.stage == ContainStage::Done && m_view.slips > 0 && !m_view.handedOver && token != Token::Critical) {
        words << tr("The new passwords are here and nowhere else: hand them over now. They are gone when this is closed.");
        token = Token::High;
    }
    words.removeAll(QString());
    m_words->setText(words.join(QLatin1Char('\n')));
    m_words->setToken(token);
    m_words->setVisible(!words.isEmpty());
}

void ContainDialog::showFoot()
{
    const bool looking = m_view.stage == ContainStage::Looking;
    const bool working = m_view.stage == ContainStage::Working;
    const bool done = m_view.stage == ContainStage::Done;
    m_bar->setVisible(looking || working);
    m_bar->setRange(0, m_view.total == 0 ? 0 : static_cast<int>(m_view.total));
    m_bar->setValue(static_cast<int>(m_view.done));
    m_step->setText(m_view.step);
    m_cancel->setText(working ? tr("Stop") : done ? tr("Close") : tr("Cancel"));
    m_undo->setVisible(done && m_view.canUndo);
    m_undo->setText(m_view.task == ContainTask::Undo ? tr("Try again") : tr("Undo"));
    m_file->setVisible(done && m_view.slips > 0 && !m_view.handedOver);
    m_slips->setVisible(done && m_view.slips > 0);
    m_slips->setText(counted(m_view.slips, tr("Print %1 slip …"), tr("Print %1 slips …")));
    m_apply->setVisible(looking || m_view.stage == ContainStage::Preview);
    m_apply->setEnabled(m_view.stage == ContainStage::Preview && m_view.objections.isEmpty() && m_view.willChange > 0);
    m_apply->setText(applyWords());
}

QString ContainDialog::applyWords() const
{
    const bool plain = m_view.stage == ContainStage::Looking && m_view.willChange == 0;
    if (m_view.task == ContainTask::Undo) {
        return plain ? tr("Take back") : counted(m_view.willChange, tr("Take back %1 account"), tr("Take back %1 accounts"));
    }
    if (m_view.task == ContainTask::Resume) {
        return plain ? tr("Go on") : counted(m_view.willChange, tr("Go on with %1 account"), tr("Go on with %1 accounts"));
    }
    if (m_view.choice.action == ContainAction::Unlock) {
        return plain ? tr("Unlock") : counted(m_view.willChange, tr("Unlock %1 account"), tr("Unlock %1 accounts"));
    }
    return plain ? tr("Contain") : counted(m_view.willChange, tr("Contain %1 account"), tr("Contain %1 accounts"));
}

std::vector<HeldMail> ContainDialog::chosenMails() const
{
    std::vector<HeldMail> mails;
    const auto* model = static_cast<const HeldMailTableModel*>(m_held->table());
    for (const QItemSelectionRange& range : m_held->selectionModel()->selection()) {
        for (int row = range.top(); row <= range.bottom(); ++row) {
            if (const HeldMail& mail = model->rows()[static_cast<std::size_t>(row)]; mail.held) {
                mails.push_back(mail);
            }
        }
    }
    return mails;
}

void ContainDialog::askDelete()
{
    const std::vector<HeldMail> mails = chosenMails();
    auto* box = new QMessageBox(QMessageBox::Warning, tr("Delete mail"), {}, QMessageBox::Cancel, this);
    box->setObjectName(QStringLiteral("deleteMail"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->setText(counted(mails.size(), tr("Delete %1 held message for good?"), tr("Delete %1 held messages for good?")));
    box->setInformativeText(tr("This cannot be undone. Look at the headers first: not everything in the queue need be the attacker's."));
    QPushButton* remove = box->addButton(tr("Delete"), QMessageBox::DestructiveRole);
    connect(remove, &QPushButton::clicked, this, [this, mails] { emit deleteRequested(mails); });
    box->open();
}

void ContainDialog::reject()
{
    if (m_view.stage == ContainStage::Working) {
        emit stopRequested();
        return;
    }
    if (m_view.stage == ContainStage::Done && m_view.slips > 0 && !m_view.handedOver) {
        auto* box = new QMessageBox(QMessageBox::Warning, tr("Passwords not handed over"), {}, QMessageBox::Cancel, this);
        box->setObjectName(QStringLiteral("loseSlips"));
        box->setAttribute(Qt::WA_DeleteOnClose);
        box->setTextFormat(Qt::PlainText);
        box->setText(counted(m_view.slips, tr("%1 new password was neither printed nor sealed in a file."), tr("%1 new passwords were neither printed nor sealed in a file.")));
        box->setInformativeText(tr("Once this is closed nobody knows them, and these people get in again only after another reset."));
        QPushButton* lose = box->addButton(tr("Close all the same"), QMessageBox::DestructiveRole);
        connect(lose, &QPushButton::clicked, this, [this] { QDialog::reject(); });
        box->open();
        return;
    }
    QDialog::reject();
}

} // namespace mailward

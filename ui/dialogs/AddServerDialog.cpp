// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/AddServerDialog.h"

#include "ui/widgets/CapabilityList.h"
#include "ui/widgets/Layout.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFileDialog>
#include <QGridLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScreen>
#include <QScrollArea>
#include <QSpinBox>
#include <algorithm>

namespace mailward {

AddServerDialog::AddServerDialog(const ServerForm& prefilled, QWidget* parent)
    : QDialog(parent), m_name(new QLineEdit(prefilled.name)), m_host(new QLineEdit(prefilled.host)), m_port(new QSpinBox), m_user(new QLineEdit(prefilled.user)),
      m_method(new QComboBox), m_keyFile(new QLineEdit(prefilled.keyFile)), m_secret(new QLineEdit),
      m_remember(new QCheckBox(tr("Remember it in the desktop's keyring"))), m_logs(new QPlainTextEdit), m_zone(new QLineEdit(prefilled.zone)),
      m_jumps(new QLineEdit(prefilled.jumpHosts)), m_days(new QSpinBox), m_legacy(new QCheckBox(tr("Allow old algorithms (SHA-1, CBC)"))),
      m_status(new TextLabel), m_hint(new TextLabel({}, Token::Muted)), m_add(rankedButton(tr("Connect"), "primary")),
      m_cancel(rankedButton(tr("Cancel"))), m_fields(new QWidget), m_scroll(calmScroll(m_fields)), m_found(nullptr), m_capabilities(new CapabilityList),
      m_promise(new TextLabel(tr("The server's key is shown before anything is sent."), Token::Muted))
{
    setObjectName(QStringLiteral("addServerDialog"));
    setWindowTitle(tr("Add a server"));
    setMinimumWidth(600);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(20, 20, 20, 16);
    all->setSpacing(kPadding);
    auto* grid = new QGridLayout(m_fields);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(kPadding);
    grid->setVerticalSpacing(2);
    grid->setColumnStretch(1, 1);
    m_port->setRange(1, 65535);
    m_port->setValue(prefilled.port);
    m_port->setMaximumWidth(100);
    m_port->setButtonSymbols(QAbstractSpinBox::NoButtons);
    m_secret->setEchoMode(QLineEdit::Password);
    m_secret->setInputMethodHints(Qt::ImhHiddenText | Qt::ImhSensitiveData | Qt::ImhNoPredictiveText);
    m_logs->setPlainText(prefilled.logPaths.isEmpty() ? QStringLiteral("/var/log/mail.log\n/var/log/auth.log") : prefilled.logPaths.join(QLatin1Char('\n')));
    m_logs->setFont(monoFont());
    m_logs->setFixedHeight(66);
    m_logs->setTabChangesFocus(true);
    m_zone->setPlaceholderText(tr("ask the server"));
    addField(grid, QStringLiteral("name"), tr("Name"), m_name, tr("Letters, digits, dot and dash, such as mx1."));
    addField(grid, QStringLiteral("host"), tr("Host"), m_host, tr("Name or address that sshd listens on."));
    addField(grid, QStringLiteral("port"), tr("Port"), m_port, {});
    addField(grid, QStringLiteral("user"), tr("User"), m_user, tr("Needs to read the mail log (group adm on Debian). Blocking also needs root or the installed helper."));
    fillMethods();
    addField(grid, QStringLiteral("method"), tr("Log in with"), m_method, {});
    auto* keyRow = new QWidget;
    auto* keyLine = new QHBoxLayout(keyRow);
    keyLine->setContentsMargins(0, 0, 0, 0);
    keyLine->addWidget(m_keyFile, 1);
    auto* pick = rankedButton(tr("Choose …"));
    connect(pick, &QPushButton::clicked, this, &AddServerDialog::pickKeyFile);
    keyLine->addWidget(pick);
    addField(grid, QStringLiteral("keyFile"), tr("Key file"), keyRow, {});
    m_secretLabel = addField(grid, QStringLiteral("secret"), tr("Passphrase"), m_secret, tr("Kept in memory until Mailward ends; never written to a file, a log or a command line."));
    m_remember->setObjectName(QStringLiteral("rememberSecret"));
    m_remember->hide();
    grid->addWidget(m_remember, grid->rowCount(), 1);
    addField(grid, QStringLiteral("logPaths"), tr("Logs"), m_logs, tr("One path a line. Rotated and compressed older files are found by themselves."));
    m_legacy->setChecked(prefilled.legacy);
    addRarelyNeeded(grid);
    m_labelWidth = std::max(m_labelWidth, m_secretLabel->sizeHint().width());
    grid->setColumnMinimumWidth(0, m_labelWidth);
    m_days->setValue(prefilled.backfillDays);
    all->addWidget(m_scroll, 1);
    m_status->setWordWrap(true);
    m_hint->setWordWrap(true);
    all->addWidget(m_status);
    all->addWidget(m_hint);
    m_status->hide();
    m_hint->hide();
    m_found = calmScroll(m_capabilities);
    m_found->hide();
    all->addWidget(m_found, 1);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_promise);
    buttons->addStretch();
    m_add->setDefault(true);
    m_add->setObjectName(QStringLiteral("connectServer"));
    buttons->addWidget(m_cancel);
    buttons->addWidget(m_add);
    all->addLayout(buttons);
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(this, &QDialog::rejected, this, &AddServerDialog::cancelRequested);
    connect(m_add, &QPushButton::clicked, this, &AddServerDialog::submit);
    m_method->setCurrentIndex(m_method->findData(int(prefilled.method)));
    connect(m_method, &QComboBox::currentIndexChanged, this, &AddServerDialog::followMethod);
    followMethod();
    m_name->setFocus();
    fit();
}

AddServerDialog::~AddServerDialog()
{
    m_secret->clear();
}

/// Folded away: most servers need none of it.
void AddServerDialog::addRarelyNeeded(QGridLayout* grid)
{
    auto* unfold = rankedButton(tr("More: jump host, time zone, old servers …"), "flat");
    unfold->setObjectName(QStringLiteral("moreFields"));
    auto* inside = new QWidget;
    auto* more = new QGridLayout(inside);
    more->setContentsMargins(0, 0, 0, 0);
    more->setHorizontalSpacing(kPadding);
    more->setVerticalSpacing(2);
    more->setColumnStretch(1, 1);
    m_days->setRange(0, 3650);
    m_days->setSuffix(tr(" days"));
    m_days->setMaximumWidth(130);
    m_days->setButtonSymbols(QAbstractSpinBox::NoButtons);
    m_jumps->setPlaceholderText(tr("none"));
    addField(more, QStringLiteral("jumpHosts"), tr("Through"), m_jumps, tr("Jump host as user@host:port; several with commas. Logged in to in the same way."));
    addField(more, QStringLiteral("backfillDays"), tr("Read back"), m_days, {});
    addField(more, QStringLiteral("zone"), tr("Clock's zone"), m_zone, tr("Such as Europe/Berlin; matters where the log's times have no zone. Empty: the server is asked."));
    m_legacy->setObjectName(QStringLiteral("allowLegacy"));
    auto* warning = new TextLabel(tr("Only for a server that knows nothing newer: who taps the line may read it."), Token::Critical);
    warning->setFont(captionFont());
    warning->setWordWrap(true);
    const int row = more->rowCount();
    more->setColumnMinimumWidth(0, m_labelWidth);
    more->addWidget(m_legacy, row, 1);
    more->addWidget(warning, row + 1, 1);
    grid->addWidget(unfold, grid->rowCount(), 1, Qt::AlignLeft);
    grid->addWidget(inside, grid->rowCount(), 0, 1, 2);
    warning->setVisible(m_legacy->isChecked());
    inside->setVisible(m_legacy->isChecked() || !m_jumps->text().isEmpty() || !m_zone->text().isEmpty());
    unfold->setVisible(!inside->isVisibleTo(m_fields));
    connect(unfold, &QPushButton::clicked, this, [this, unfold, inside] {
        inside->show();
        unfold->hide();
        m_jumps->setFocus();
        fit();
    });
    connect(m_legacy, &QCheckBox::toggled, this, [this, warning](bool on) {
        warning->setVisible(on);
        fit();
    });
}

/// What the chosen way to log in needs.
void AddServerDialog::followMethod()
{
    const auto method = static_cast<LoginMethod>(m_method->currentData().toInt());
    m_keyFile->parentWidget()->setEnabled(method == LoginMethod::KeyFile);
    m_secret->setEnabled(method == LoginMethod::KeyFile || method == LoginMethod::Password);
    m_remember->setEnabled(m_secret->isEnabled());
    m_secretLabel->setText(method == LoginMethod::Password ? tr("Password") : tr("Passphrase"));
    m_secret->setAccessibleName(m_secretLabel->text());
}

void AddServerDialog::fillMethods()
{
    m_method->addItem(tr("SSH agent"), int(LoginMethod::Agent));
    m_method->addItem(tr("Key file"), int(LoginMethod::KeyFile));
    m_method->addItem(tr("Password"), int(LoginMethod::Password));
    m_method->addItem(tr("Questions and codes"), int(LoginMethod::Questions));
}

TextLabel* AddServerDialog::addField(QGridLayout* grid, const QString& key, const QString& label, QWidget* field, const QString& advice)
{
    const int row = grid->rowCount();
    auto* name = new TextLabel(label);
    QWidget* buddy = field->layout() != nullptr ? field->layout()->itemAt(0)->widget() : field;
    name->setBuddy(buddy);
    buddy->setAccessibleName(label);
    buddy->setObjectName(key);
    auto* note = new TextLabel(advice, Token::Muted);
    note->setFont(captionFont());
    note->setWordWrap(true);
    grid->addWidget(name, row, 0, Qt::AlignTop);
    name->setContentsMargins(0, 5, 0, 0);
    grid->addWidget(field, row, 1);
    grid->addWidget(note, row + 1, 1);
    note->setVisible(!advice.isEmpty()); // in its place: before that, it would open as a window
    grid->setRowMinimumHeight(row + 2, kSpace);
    m_notes.insert(key, note);
    m_advice.insert(key, advice);
    m_labelWidth = std::max(m_labelWidth, name->sizeHint().width());
    return name;
}

void AddServerDialog::setEditing()
{
    setWindowTitle(tr("Edit %1").arg(m_name->text()));
    m_name->setEnabled(false);
    m_advice[m_name->objectName()] = tr("Its events are stored under this name.");
    setProblems({});
    m_promise->setText(tr("A new key is shown before anything is sent."));
    m_add->setText(tr("Save and connect"));
    m_host->setFocus();
    fit();
}

ServerForm AddServerDialog::form() const
{
    ServerForm form;
    form.name = m_name->text().trimmed();
    form.host = m_host->text().trimmed();
    form.port = m_port->value();
    form.user = m_user->text().trimmed();
    form.method = static_cast<LoginMethod>(m_method->currentData().toInt());
    form.keyFile = m_keyFile->text().trimmed();
    for (const QString& path : m_logs->toPlainText().split(QLatin1Char('\n'), Qt::SkipEmptyParts)) {
        if (!path.trimmed().isEmpty()) {
            form.logPaths << path.trimmed();
        }
    }
    form.zone = m_zone->text().trimmed();
    form.jumpHosts = m_jumps->text().trimmed();
    form.backfillDays = m_days->value();
    form.legacy = m_legacy->isChecked();
    form.remember = m_remember->isEnabled() && m_remember->isVisibleTo(this) && m_remember->isChecked();
    return form;
}

void AddServerDialog::setCanRemember(bool possible)
{
    m_remember->setVisible(possible);
    fit();
}

void AddServerDialog::setConnected(const QString& server)
{
    m_connected = true;
    m_scroll->hide();
    m_promise->hide();
    m_cancel->hide();
    m_hint->hide();
    m_status->setText(tr("Connected to %1; its logs are being read. Looking at what it has …").arg(server));
    m_status->setToken(Token::Good);
    m_status->show();
    m_add->setText(tr("Done"));
    m_add->setEnabled(true);
    m_add->setFocus();
    fit();
}

void AddServerDialog::setCapabilities(const std::vector<CapabilityRow>& rows)
{
    if (!m_connected) {
        return;
    }
    const auto lacks = std::count_if(rows.begin(), rows.end(), [](const CapabilityRow& row) { return row.meaning == Meaning::Critical; });
    m_status->setText(lacks == 0 ? tr("Connected; its logs are being read, and nothing is missing.")
                  : lacks == 1 ? tr("Connected. One thing is missing; how to mend it stands below it.")
                               : tr("Connected. %1 things are missing; how to mend each stands below it.").arg(lacks));
    m_status->setToken(lacks == 0 ? Token::Good : Token::Critical);
    m_capabilities->setRows(rows);
    m_found->show();
    m_found->setMinimumHeight(320);
    fit();
}

void AddServerDialog::submit()
{
    if (m_connected) {
        accept();
        return;
    }
    setProblems({});
    QByteArray secret = m_secret->isEnabled() ? m_secret->text().toUtf8() : QByteArray();
    emit addRequested(form(), secret);
    secret.fill('\0');
    // What the person typed last stays in no field: a second try asks again.
    m_secret->clear();
}

void AddServerDialog::setProblems(const std::vector<FormProblem>& problems)
{
    for (auto it = m_notes.begin(); it != m_notes.end(); ++it) {
        it.value()->setText(m_advice.value(it.key()));
        it.value()->setToken(Token::Muted);
        it.value()->setVisible(!it.value()->text().isEmpty());
    }
    for (const FormProblem& problem : problems) {
        if (TextLabel* note = m_notes.value(problem.field)) {
            note->setText(problem.text);
            note->setToken(Token::Critical);
            note->show();
        } else {
            setFailure(problem.text, {});
        }
    }
    if (!problems.empty()) {
        setBusy(false);
        if (auto* field = findChild<QWidget*>(problems.front().field)) {
            if (!field->isVisibleTo(this)) {
                findChild<QPushButton*>(QStringLiteral("moreFields"))->click();
            }
            field->setFocus();
        }
    }
    fit();
}

/// Wrapped advice needs more height than its size hint says.
void AddServerDialog::fit()
{
    const int room = std::max(240, screen()->availableGeometry().height() - 260);
    m_scroll->setMinimumHeight(std::min(room, m_fields->layout()->totalHeightForWidth(std::max(width(), minimumWidth()) - 48)));
    layout()->activate();
    // Without a wrapped line in sight the layout knows no height for a width.
    const int wanted = layout()->hasHeightForWidth() ? layout()->totalHeightForWidth(std::max(width(), minimumWidth())) : layout()->totalSizeHint().height();
    setMinimumHeight(wanted);
    resize(std::max(width(), minimumWidth()), wanted);
}

void AddServerDialog::setBusy(bool busy, const QString& text)
{
    m_fields->setEnabled(!busy);
    m_add->setEnabled(!busy);
    m_status->setText(text);
    m_status->setToken(Token::Muted);
    m_status->setVisible(!text.isEmpty());
    m_hint->hide();
    fit();
}

void AddServerDialog::setFailure(const QString& text, const QString& hint)
{
    setBusy(false, text);
    m_status->setToken(Token::Critical);
    m_hint->setText(hint);
    m_hint->setVisible(!hint.isEmpty());
    fit();
}

void AddServerDialog::pickKeyFile()
{
    auto* dialog = new QFileDialog(this, tr("Private key"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, m_keyFile, &QLineEdit::setText);
    dialog->open();
}

} // namespace mailward

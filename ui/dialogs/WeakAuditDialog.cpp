// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/WeakAuditDialog.h"

#include "ui/widgets/DataTable.h"
#include "ui/widgets/Layout.h"

#include <QCheckBox>
#include <QGridLayout>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QSpinBox>

namespace mailward {

WeakAuditDialog::WeakAuditDialog(WeakFindingTableModel* findings, Verbs* verbs, QWidget* parent)
    : QDialog(parent), m_kinds(new QVBoxLayout), m_servers(new QGridLayout), m_defaults(new QPlainTextEdit), m_count(new QSpinBox),
      m_authority(new QCheckBox(tr("I have the authority in writing to test these passwords"))), m_whatever(new QCheckBox(tr("Go on, whatever it costs"))),
      m_words(new TextLabel), m_bar(new QProgressBar), m_cancel(rankedButton(tr("Cancel"))), m_estimate(rankedButton(tr("What does it cost?"), "primary")),
      m_start(rankedButton(tr("Test"), "primary")), m_contain(rankedButton({}, "primary"))
{
    setObjectName(QStringLiteral("weakAuditDialog"));
    setWindowTitle(tr("Look for weak passwords"));
    resize(900, 640);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(16, 16, 16, 16);
    all->setSpacing(kGap);
    auto* what = new TextLabel(tr("Each server tries these passwords against its own store, at the lowest priority, without a log-in and without a trace in its log. "
                                  "Only the account and the kind of password come back; nobody learns a password."), Token::Muted);
    what->setWordWrap(true);
    all->addWidget(what);
    auto* middle = new QHBoxLayout;
    middle->setSpacing(kGap);
    middle->addWidget(buildForm());
    middle->addWidget(buildResult(findings, verbs), 1);
    all->addLayout(middle, 1);
    m_words->setWordWrap(true);
    all->addWidget(m_words);
    all->addWidget(m_whatever);
    all->addWidget(m_authority);
    auto* foot = new QHBoxLayout;
    m_bar->setTextVisible(false);
    m_bar->setFixedWidth(220);
    foot->addWidget(m_bar);
    foot->addStretch();
    m_estimate->setObjectName(QStringLiteral("estimate"));
    m_start->setObjectName(QStringLiteral("startAudit"));
    m_authority->setObjectName(QStringLiteral("authority"));
    for (QPushButton* button : {m_cancel, m_estimate, m_start, m_contain}) {
        foot->addWidget(button);
    }
    all->addLayout(foot);
    connect(m_cancel, &QPushButton::clicked, this, &WeakAuditDialog::reject);
    connect(m_estimate, &QPushButton::clicked, this, [this] { emit estimateRequested(form()); });
    connect(m_start, &QPushButton::clicked, this, [this] { emit startRequested(form()); });
    connect(m_authority, &QCheckBox::toggled, this, &WeakAuditDialog::refresh);
    connect(m_contain, &QPushButton::clicked, this, [this] {
        Targets accounts;
        for (const WeakFindingRow& row : m_view.findings) {
            const Target target{TargetKind::Account, row.account.raw(), {}};
            if (!accounts.contains(target)) {
                accounts << target;
            }
        }
        emit containRequested(accounts);
        QDialog::accept();
    });
}

WeakAuditDialog::~WeakAuditDialog()
{
    m_defaults->clear();
}

QWidget* WeakAuditDialog::buildForm()
{
    auto* panel = new Panel(tr("What is tried"));
    panel->setFixedWidth(330);
    panel->body()->addLayout(m_kinds);
    auto* label = new TextLabel(tr("Your company's default passwords, one a line"), Token::Muted);
    label->setWordWrap(true);
    panel->body()->addWidget(label);
    m_defaults->setObjectName(QStringLiteral("companyDefaults"));
    m_defaults->setAccessibleName(label->text());
    m_defaults->setPlaceholderText(tr("Welcome2026!"));
    m_defaults->setMaximumHeight(110);
    m_defaults->setUndoRedoEnabled(false);
    panel->body()->addWidget(m_defaults);
    auto* line = new QHBoxLayout;
    m_count->setRange(1, 200);
    m_count->setValue(50);
    m_count->setAccessibleName(tr("Passwords tried at most"));
    line->addWidget(m_count);
    auto* most = new TextLabel(tr("passwords at most, the likeliest first"), Token::Muted);
    most->setWordWrap(true);
    line->addWidget(most, 1);
    panel->body()->addLayout(line);
    panel->body()->addStretch();
    return panel;
}

QWidget* WeakAuditDialog::buildResult(WeakFindingTableModel* findings, Verbs* verbs)
{
    m_result = new Panel(tr("Where"));
    m_servers->setHorizontalSpacing(kPadding);
    m_servers->setVerticalSpacing(kGap);
    m_servers->setColumnStretch(1, 1);
    m_result->body()->addLayout(m_servers);
    auto* table = new DataTable(verbs);
    table->setPlainRows();
    table->setTable(findings);
    table->setSortingEnabled(false);
    table->setAccessibleName(tr("Weak passwords"));
    m_result->body()->addWidget(table, 1);
    return m_result;
}

WeakAuditForm WeakAuditDialog::form() const
{
    WeakAuditForm form;
    for (const QCheckBox* box : m_serverBoxes) {
        if (box->isChecked()) {
            form.servers << box->property("key").toString();
        }
    }
    for (const QCheckBox* box : m_kindBoxes) {
        if (box->isChecked()) {
            form.kinds << box->property("key").toString();
        }
    }
    form.defaults = m_defaults->toPlainText().split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    form.candidates = m_count->value();
    form.whateverItCosts = m_whatever->isChecked();
    return form;
}

void WeakAuditDialog::setView(const WeakAuditView& view)
{
    m_view = view;
    if (m_kindBoxes.isEmpty()) {
        for (const WeakKind& kind : view.kinds) {
            auto* box = new QCheckBox(kind.text);
            box->setProperty("key", kind.key);
            box->setChecked(true);
            m_kinds->addWidget(box);
            m_kindBoxes << box;
        }
    }
    fillServers();
    refresh();
}

void WeakAuditDialog::fillServers()
{
    if (m_serverBoxes.isEmpty()) { // all that there are; later only those that are asked come
        for (const WeakAuditServer& server : m_view.servers) {
            auto* box = new QCheckBox(QString(server.name).replace(QLatin1Char('&'), QLatin1String("&&")));
            box->setProperty("key", server.name);
            box->setChecked(true);
            auto* words = new TextLabel({}, Token::Muted);
            words->setWordWrap(true);
            const int row = static_cast<int>(m_serverBoxes.size());
            m_servers->addWidget(box, row, 0, Qt::AlignTop);
            m_servers->addWidget(words, row, 1);
            m_serverBoxes << box;
            connect(box, &QCheckBox::toggled, this, &WeakAuditDialog::refresh);
        }
    }
    for (int row = 0; row < static_cast<int>(m_serverBoxes.size()); ++row) {
        auto* words = static_cast<TextLabel*>(m_servers->itemAtPosition(row, 1)->widget());
        const QString name = m_serverBoxes[row]->property("key").toString();
        const auto server = std::find_if(m_view.servers.begin(), m_view.servers.end(), [&](const WeakAuditServer& s) { return s.name == name; });
        words->setText(server == m_view.servers.end() ? QString() : server->words);
        words->setToken(server != m_view.servers.end() && (server->failed || server->partial || server->costly) ? Token::High : Token::Muted);
    }
}

void WeakAuditDialog::refresh()
{
    const WeakAuditStage stage = m_view.stage;
    const bool busy = stage == WeakAuditStage::Estimating || stage == WeakAuditStage::Working;
    const bool anyServer = std::any_of(m_serverBoxes.begin(), m_serverBoxes.end(), [](const QCheckBox* box) { return box->isChecked(); });
    m_words->setText(m_view.words);
    m_words->setToken(m_view.costly && stage == WeakAuditStage::Estimated ? Token::High : !m_view.findings.empty() ? Token::Critical : Token::Text);
    m_words->setVisible(!m_view.words.isEmpty());
    m_whatever->setVisible(stage == WeakAuditStage::Estimated && m_view.costly);
    m_authority->setVisible(stage == WeakAuditStage::Estimated);
    m_bar->setVisible(busy);
    m_bar->setRange(0, m_view.total == 0 ? 0 : static_cast<int>(m_view.total));
    m_bar->setValue(static_cast<int>(m_view.done));
    m_estimate->setVisible(stage == WeakAuditStage::Form || stage == WeakAuditStage::Estimating);
    m_estimate->setEnabled(!busy && anyServer);
    m_start->setVisible(stage == WeakAuditStage::Estimated);
    m_start->setEnabled(m_authority->isChecked() && std::any_of(m_view.servers.begin(), m_view.servers.end(), [](const WeakAuditServer& s) { return !s.failed; }));
    m_contain->setVisible(stage == WeakAuditStage::Done && !m_view.findings.empty());
    m_contain->setText(counted(m_view.findings.size(), tr("New password for %1 account …"), tr("New passwords for %1 accounts …")));
    m_cancel->setText(stage == WeakAuditStage::Working ? tr("Stop") : stage == WeakAuditStage::Done ? tr("Close") : tr("Cancel"));
    const bool open = stage == WeakAuditStage::Form;
    for (QCheckBox* box : m_kindBoxes + m_serverBoxes) {
        box->setEnabled(open);
    }
    m_defaults->setReadOnly(!open);
    m_count->setEnabled(open);
}

void WeakAuditDialog::reject()
{
    if (m_view.stage == WeakAuditStage::Working || m_view.stage == WeakAuditStage::Estimating) {
        emit stopRequested();
        if (m_view.stage == WeakAuditStage::Working) {
            return;
        }
    }
    QDialog::reject();
}

} // namespace mailward

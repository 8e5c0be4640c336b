// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/BanListDialog.h"

#include "models/tables/Format.h"
#include "ui/widgets/Layout.h"

#include <QComboBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTreeWidget>

namespace mailward {

namespace {

constexpr int kMostPasted = 4'000'000; ///< characters; more is for a file

} // namespace

BanListDialog::BanListDialog(const QList<std::pair<QString, QString>>& countries, const QStringList& servers, QWidget* parent)
    : QDialog(parent), m_country(new QComboBox), m_text(new QPlainTextEdit), m_found(new TextLabel({}, Token::Muted)), m_ports(new QComboBox), m_ttl(new QComboBox),
      m_servers(new QTreeWidget), m_preview(rankedButton(tr("Preview …"), "primary"))
{
    setObjectName(QStringLiteral("banListDialog"));
    setWindowTitle(tr("Ban a list or a country"));
    resize(680, 560);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(20, 20, 20, 16);
    all->setSpacing(kPadding);
    buildSources(countries);
    buildTerms(servers);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(new TextLabel(tr("Nothing is done on a server before you have seen it."), Token::Muted));
    buttons->addStretch();
    auto* cancel = rankedButton(tr("Cancel"));
    buttons->addWidget(cancel);
    m_preview->setObjectName(QStringLiteral("previewList"));
    buttons->addWidget(m_preview);
    all->addLayout(buttons);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_preview, &QPushButton::clicked, this, [this] {
        emit previewRequested(m_list, terms());
        QDialog::accept();
    });
    connect(m_servers, &QTreeWidget::itemChanged, this, &BanListDialog::refresh);
    refresh();
}

void BanListDialog::buildSources(const QList<std::pair<QString, QString>>& countries)
{
    auto* panel = new Panel(tr("Which networks"));
    auto* file = rankedButton(tr("Open a file …"));
    m_country->setObjectName(QStringLiteral("banCountry"));
    m_country->setAccessibleName(tr("A whole country"));
    m_country->addItem(tr("or a whole country …"));
    for (const auto& [code, name] : countries) {
        m_country->addItem(QStringLiteral("%1 (%2)").arg(name, code), code);
    }
    panel->header()->addStretch();
    panel->header()->addWidget(m_country);
    panel->header()->addWidget(file);
    m_text->setObjectName(QStringLiteral("banListText"));
    m_text->setAccessibleName(tr("The list"));
    m_text->setFont(monoFont());
    m_text->setPlaceholderText(tr("Paste a list: plain prefixes, ranges, ipset, nft, iptables-save, hosts.deny,\nCisco object groups and access lists. Any mixture is fine."));
    panel->body()->addWidget(m_text, 1);
    m_found->setWordWrap(true);
    panel->body()->addWidget(m_found);
    static_cast<QVBoxLayout*>(layout())->addWidget(panel, 1);
    connect(file, &QPushButton::clicked, this, &BanListDialog::openFile);
    connect(m_text, &QPlainTextEdit::textChanged, this, [this] {
        if (m_text->document()->characterCount() > kMostPasted) {
            setList({{}, {}, 0, 0, tr("That is more than fits here: open it as a file.")});
        } else if (!m_text->toPlainText().trimmed().isEmpty()) {
            waitForList();
            emit textRequested(m_text->toPlainText());
        }
    });
    connect(m_country, &QComboBox::activated, this, [this](int index) {
        if (index > 0) {
            waitForList();
            emit countryRequested(m_country->itemData(index).toString());
        }
    });
}

void BanListDialog::buildTerms(const QStringList& servers)
{
    auto* form = new QFormLayout;
    form->setHorizontalSpacing(kPadding);
    m_ports->setAccessibleName(tr("Ports"));
    m_ports->addItem(tr("log-in ports: 110 143 465 587 993 995 4190"), QVariantList{110, 143, 465, 587, 993, 995, 4190});
    m_ports->addItem(tr("log-in ports and SSH (22)"), QVariantList{22, 110, 143, 465, 587, 993, 995, 4190});
    m_ports->addItem(tr("all ports, incoming mail (25) too"), QVariantList{});
    form->addRow(tr("Ports"), m_ports);
    m_ttl->setAccessibleName(tr("How long"));
    for (const int hours : {1, 24, 168, 720}) {
        m_ttl->addItem(formatDuration(std::chrono::hours(hours)), hours);
    }
    m_ttl->setCurrentIndex(2);
    form->addRow(tr("For"), m_ttl);
    m_servers->setHeaderHidden(true);
    m_servers->setRootIsDecorated(false);
    m_servers->setAccessibleName(tr("Servers"));
    m_servers->setMaximumHeight(110);
    for (const QString& server : servers) {
        auto* item = new QTreeWidgetItem(m_servers, {server});
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsUserCheckable | Qt::ItemIsSelectable);
        item->setCheckState(0, Qt::Checked);
    }
    form->addRow(tr("On"), m_servers);
    static_cast<QVBoxLayout*>(layout())->addLayout(form);
}

void BanListDialog::openFile()
{
    auto* dialog = new QFileDialog(this, tr("Open a list"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
        waitForList();
        emit fileRequested(path);
    });
    dialog->open();
}

void BanListDialog::waitForList()
{
    m_list = {};
    m_found->setText(tr("Reading ..."));
    m_found->setToken(Token::Muted);
    refresh();
}

void BanListDialog::setList(const BanListView& list)
{
    m_list = list;
    QString text = list.problem;
    if (text.isEmpty()) {
        text = tr("%1: %2").arg(list.name, counted(list.prefixes.size(), tr("%1 network"), tr("%1 networks")));
        text += list.unreadable == 0 ? QString() : tr(" · %1, the first is line %2").arg(counted(list.unreadable, tr("%1 line was not understood"), tr("%1 lines were not understood")), formatCount(list.firstUnreadable));
    }
    m_found->setText(text);
    m_found->setToken(!list.problem.isEmpty() ? Token::Critical : list.unreadable > 0 ? Token::High : Token::Good);
    refresh();
}

BanListTerms BanListDialog::terms() const
{
    BanListTerms terms;
    for (const QVariant& port : m_ports->currentData().toList()) {
        terms.ports.push_back(static_cast<std::uint16_t>(port.toUInt()));
    }
    terms.ttl = std::chrono::hours(m_ttl->currentData().toInt());
    for (int i = 0; i < m_servers->topLevelItemCount(); ++i) {
        if (m_servers->topLevelItem(i)->checkState(0) == Qt::Checked) {
            terms.servers << m_servers->topLevelItem(i)->text(0);
        }
    }
    return terms;
}

void BanListDialog::refresh()
{
    m_preview->setEnabled(!m_list.prefixes.empty() && !terms().servers.isEmpty());
}

} // namespace mailward

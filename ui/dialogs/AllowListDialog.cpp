// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/AllowListDialog.h"

#include "models/tables/Format.h"
#include "ui/widgets/DataTable.h"
#include "ui/widgets/Layout.h"

#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>

namespace mailward {

AllowListDialog::AllowListDialog(const std::vector<AllowRow>& rows, Instant now, Verbs* verbs, QWidget* parent)
    : QDialog(parent), m_now(now), m_table(new DataTable(verbs)), m_prefix(new QLineEdit), m_comment(new QLineEdit), m_until(new QComboBox), m_problem(new TextLabel({}, Token::Critical)),
      m_add(rankedButton(tr("Add"))), m_remove(rankedButton(tr("Take out"))), m_save(rankedButton(tr("Save"), "primary"))
{
    setObjectName(QStringLiteral("allowListDialog"));
    setWindowTitle(tr("Never banned"));
    resize(820, 520);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(20, 20, 20, 16);
    all->setSpacing(kPadding);
    auto* text = new TextLabel(tr("No plan bans a network that meets one of these, whatever it was made from. Your servers, the peers of open ssh sessions and special ranges are never banned anyway."), Token::Muted);
    text->setWordWrap(true);
    all->addWidget(text);
    m_model.setNow(now);
    m_table->setPlainRows();
    m_table->setTable(&m_model);
    m_table->setSortingEnabled(false);
    m_table->setAccessibleName(tr("Networks that are never banned"));
    all->addWidget(m_table, 1);
    auto* line = new QHBoxLayout;
    m_prefix->setObjectName(QStringLiteral("allowPrefix"));
    m_prefix->setPlaceholderText(tr("address or network"));
    m_prefix->setAccessibleName(tr("Address or network"));
    m_comment->setObjectName(QStringLiteral("allowComment"));
    m_comment->setPlaceholderText(tr("why, for whoever reads this in a year"));
    m_comment->setAccessibleName(tr("Comment"));
    m_until->setAccessibleName(tr("For how long"));
    m_until->addItem(tr("no end"), 0);
    for (const int days : {1, 7, 30, 90, 365}) {
        m_until->addItem(tr("for %1").arg(formatDuration(std::chrono::days(days))), days);
    }
    line->addWidget(m_prefix, 2);
    line->addWidget(m_comment, 3);
    line->addWidget(m_until);
    line->addWidget(m_add);
    all->addLayout(line);
    all->addWidget(m_problem);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_remove);
    buttons->addStretch();
    auto* cancel = rankedButton(tr("Cancel"));
    buttons->addWidget(cancel);
    m_save->setObjectName(QStringLiteral("saveAllowList"));
    buttons->addWidget(m_save);
    all->addLayout(buttons);
    connect(m_prefix, &QLineEdit::textChanged, this, &AllowListDialog::refresh);
    connect(m_prefix, &QLineEdit::returnPressed, this, &AllowListDialog::addEntry);
    connect(m_comment, &QLineEdit::returnPressed, this, &AllowListDialog::addEntry);
    connect(m_add, &QPushButton::clicked, this, &AllowListDialog::addEntry);
    connect(m_remove, &QPushButton::clicked, this, &AllowListDialog::removeChosen);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &AllowListDialog::refresh);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_save, &QPushButton::clicked, this, [this] {
        emit saveRequested(m_model.rows());
        QDialog::accept();
    });
    for (QPushButton* button : {m_add, m_remove, cancel}) {
        button->setAutoDefault(false); // Return in a field adds, it does not save
    }
    m_save->setAutoDefault(false);
    take(rows);
    m_prefix->setFocus();
}

void AllowListDialog::take(std::vector<AllowRow> rows)
{
    std::sort(rows.begin(), rows.end(), [](const AllowRow& a, const AllowRow& b) { return a.prefix < b.prefix; });
    m_model.setRows(std::move(rows));
    refresh();
}

void AllowListDialog::addEntry()
{
    const auto prefix = Prefix::parse(m_prefix->text().trimmed().toStdString());
    if (!prefix) {
        m_problem->setText(m_prefix->text().trimmed().isEmpty() ? tr("Type an address or a network first.") : tr("“%1” is neither an address nor a network such as 192.0.2.0/24.").arg(m_prefix->text().trimmed()));
        m_prefix->setFocus();
        return;
    }
    auto rows = m_model.rows();
    std::erase_if(rows, [&](const AllowRow& row) { return row.prefix == *prefix; }); // the same again is a change
    const int days = m_until->currentData().toInt();
    rows.push_back({*prefix, m_comment->text().simplified(), days == 0 ? std::nullopt : std::optional(m_now + std::chrono::days(days)), 0});
    m_prefix->clear();
    m_comment->clear();
    m_until->setCurrentIndex(0);
    take(std::move(rows));
    m_prefix->setFocus();
}

void AllowListDialog::removeChosen()
{
    auto rows = m_model.rows();
    for (const Target& target : m_table->selectedTargets()) {
        std::erase_if(rows, [&](const AllowRow& row) { return row.prefix.toString() == target.key; });
    }
    take(std::move(rows));
}

void AllowListDialog::refresh()
{
    m_problem->clear();
    m_remove->setEnabled(m_table->selectionModel()->hasSelection());
}

} // namespace mailward

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/BansPage.h"

#include "ui/widgets/DataTable.h"
#include "ui/widgets/Layout.h"

#include <QStackedWidget>

namespace mailward {

BansPage::BansPage(Verbs* verbs, QWidget* parent)
    : Page(tr("Bans"), QStringLiteral("bans"), parent), m_table(new DataTable(verbs)), m_stack(new QStackedWidget),
      m_caption(new TextLabel({}, Token::Muted)), m_unban(rankedButton(tr("Unban …")))
{
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    auto* panel = new Panel(tr("Bans in force"));
    all->addWidget(panel);
    panel->header()->addWidget(m_caption);
    panel->header()->addStretch();
    panel->header()->addWidget(m_unban);
    auto* refreshButton = rankedButton(tr("Read back now"));
    panel->header()->addWidget(refreshButton);
    m_table->setPlainRows();
    m_table->setAccessibleName(tr("Bans in force"));
    auto* empty = new EmptyState(QStringLiteral("bans"), tr("Nothing is banned"),
                                 tr("Bans show up here as the servers report them, with who made them, why, and when they end. Start one from Triage: choose addresses and pick Ban."));
    m_stack->addWidget(empty);
    m_stack->addWidget(m_table);
    panel->body()->addWidget(m_stack);
    connect(refreshButton, &QPushButton::clicked, this, &BansPage::refreshRequested);
    connect(m_unban, &QPushButton::clicked, this, [this] { emit unbanRequested(chosen()); });
    m_unban->setEnabled(false);
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
    m_stack->setCurrentIndex(m_model->rowCount() > 0 ? 1 : 0);
    m_unban->setEnabled(m_table->selectionModel()->hasSelection());
}

void BansPage::setCaption(const QString& caption)
{
    m_caption->setText(caption);
}

void BansPage::setZone(const QTimeZone& zone)
{
    m_table->setZone(zone);
}

} // namespace mailward

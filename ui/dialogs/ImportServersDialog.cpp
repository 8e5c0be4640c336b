// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/ImportServersDialog.h"

#include "ui/widgets/Layout.h"

#include <QHeaderView>
#include <QPushButton>
#include <QTreeWidget>

namespace mailward {

ImportServersDialog::ImportServersDialog(const QString& file, const std::vector<ImportRow>& rows, QWidget* parent)
    : QDialog(parent), m_list(new QTreeWidget), m_import(rankedButton(tr("Import"), "primary"))
{
    setObjectName(QStringLiteral("importServersDialog"));
    setWindowTitle(tr("Import servers"));
    resize(860, 460);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(20, 20, 20, 16);
    all->setSpacing(kPadding);
    auto* text = new TextLabel(tr("Hosts of %1. Nothing is connected before you look at each server's key.").arg(file), Token::Muted);
    text->setWordWrap(true);
    all->addWidget(text);
    m_list->setHeaderLabels({tr("Server"), tr("Leads to"), tr("Remarks")});
    m_list->setRootIsDecorated(false);
    m_list->setWordWrap(true);
    m_list->setAccessibleName(tr("Hosts of the ssh configuration"));
    fill(rows);
    all->addWidget(m_list, 1);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch();
    auto* cancel = rankedButton(tr("Cancel"));
    buttons->addWidget(cancel);
    m_import->setObjectName(QStringLiteral("importServers"));
    buttons->addWidget(m_import);
    all->addLayout(buttons);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_list, &QTreeWidget::itemChanged, this, &ImportServersDialog::refresh);
    connect(m_import, &QPushButton::clicked, this, [this] {
        emit importRequested(chosen());
        QDialog::accept();
    });
    refresh();
}

void ImportServersDialog::fill(const std::vector<ImportRow>& rows)
{
    for (const ImportRow& row : rows) {
        auto* item = new QTreeWidgetItem(m_list, {row.name, row.target, row.present ? tr("is there already") : row.problem.isEmpty() ? row.notes : row.problem});
        const bool free = row.problem.isEmpty() && !row.present;
        item->setFlags(free ? Qt::ItemIsEnabled | Qt::ItemIsUserCheckable | Qt::ItemIsSelectable : Qt::NoItemFlags);
        item->setCheckState(0, free ? Qt::Checked : Qt::Unchecked);
        item->setToolTip(2, item->text(2).toHtmlEscaped());
    }
    m_list->resizeColumnToContents(0);
    m_list->resizeColumnToContents(1);
}

QStringList ImportServersDialog::chosen() const
{
    QStringList names;
    for (int i = 0; i < m_list->topLevelItemCount(); ++i) {
        const QTreeWidgetItem* item = m_list->topLevelItem(i);
        if (item->checkState(0) == Qt::Checked) {
            names << item->text(0);
        }
    }
    return names;
}

void ImportServersDialog::refresh()
{
    const qsizetype count = chosen().size();
    m_import->setEnabled(count > 0);
    m_import->setText(count > 0 ? tr("Import %1").arg(count) : tr("Import"));
}

} // namespace mailward

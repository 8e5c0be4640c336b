// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/AuditPage.h"

#include "ui/widgets/DataTable.h"
#include "ui/widgets/Layout.h"

#include <QPushButton>
#include <QStackedWidget>

namespace mailward {

AuditPage::AuditPage(Verbs* verbs, QWidget* parent)
    : Page(tr("Audit"), QStringLiteral("audit"), parent), m_table(new DataTable(verbs)), m_stack(new QStackedWidget), m_light(new StateLight), m_details(new TextLabel(QString(), Token::Muted))
{
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    auto* panel = new Panel(tr("Audit"));
    all->addWidget(panel);
    m_light->show(tr("not verified yet"), Token::Muted);
    panel->header()->addWidget(m_light);
    panel->header()->addStretch();
    auto* verify = rankedButton(tr("Verify the chain"));
    panel->header()->addWidget(verify);
    m_table->setPlainRows();
    m_table->setAccessibleName(tr("Audit log"));
    m_stack->addWidget(new EmptyState(QStringLiteral("audit"), tr("Nothing has been changed yet"),
                                      tr("Every change on a server is written down here before it is made, with who made it and what came of it.")));
    m_stack->addWidget(m_table);
    m_details->setWordWrap(true);
    m_details->hide();
    panel->body()->addWidget(m_details);
    panel->body()->addWidget(m_stack);
    connect(verify, &QPushButton::clicked, this, &AuditPage::verifyRequested);
    connect(m_table, &DataTable::exportRequested, this, &AuditPage::exportRequested);
}

void AuditPage::setTable(AuditTableModel* model)
{
    m_table->setTable(model);
    m_table->setSortingEnabled(false);
    const auto refresh = [this, model] { m_stack->setCurrentIndex(model->rowCount() > 0 ? 1 : 0); };
    connect(model, &QAbstractItemModel::modelReset, this, refresh);
    refresh();
}

void AuditPage::setVerified(const AuditCheckView& found)
{
    m_light->show(found.text, tokenOf(found.meaning));
    m_details->setText(found.details.join(QLatin1Char('\n')));
    m_details->setVisible(!found.details.isEmpty());
}

void AuditPage::setZone(const QTimeZone& zone)
{
    m_table->setZone(zone);
}

} // namespace mailward

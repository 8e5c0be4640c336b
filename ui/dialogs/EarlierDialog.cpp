// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/EarlierDialog.h"

#include "ui/widgets/DataTable.h"
#include "ui/widgets/Layout.h"

#include <QPushButton>
#include <QStackedWidget>

namespace mailward {

EarlierDialog::EarlierDialog(EarlierTableModel* rows, Verbs* verbs, QWidget* parent)
    : QDialog(parent), m_rows(rows), m_stack(new QStackedWidget), m_empty(new EmptyState(QStringLiteral("clock"), {}, {})), m_table(new DataTable(verbs)),
      m_words(new TextLabel({}, Token::Muted)), m_resume(rankedButton(tr("Resume …"))), m_undo(rankedButton(tr("Undo …"))), m_sealed(rankedButton(tr("Open a sealed file …"))),
      m_close(rankedButton(tr("Close")))
{
    setObjectName(QStringLiteral("earlierDialog"));
    setWindowTitle(tr("Earlier containments"));
    resize(980, 440);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(16, 16, 16, 16);
    all->setSpacing(kGap);
    auto* panel = new Panel;
    m_table->setPlainRows();
    m_table->setTable(rows);
    m_table->setSortingEnabled(false);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setAccessibleName(tr("Earlier containments"));
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_table);
    panel->body()->addWidget(m_stack);
    all->addWidget(panel, 1);
    m_words->setWordWrap(true);
    all->addWidget(m_words);
    auto* foot = new QHBoxLayout;
    buildFoot(foot);
    all->addLayout(foot);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        if (!m_restoring) {
            const EarlierRow* row = chosen();
            m_plan = row == nullptr ? QString() : row->planId;
        }
        refresh();
    });
    connect(rows, &QAbstractItemModel::modelAboutToBeReset, this, [this] { m_restoring = true; });
    connect(rows, &QAbstractItemModel::modelReset, this, [this] {
        m_restoring = false;
        refresh();
    });
    refresh();
}

void EarlierDialog::buildFoot(QHBoxLayout* foot)
{
    m_resume->setObjectName(QStringLiteral("resumeContainment"));
    m_undo->setObjectName(QStringLiteral("undoContainment"));
    m_sealed->setObjectName(QStringLiteral("openSealedFile"));
    foot->addWidget(m_sealed);
    foot->addStretch();
    for (QPushButton* button : {m_undo, m_resume, m_close}) {
        foot->addWidget(button);
    }
    connect(m_sealed, &QPushButton::clicked, this, &EarlierDialog::openSealedRequested);
    connect(m_resume, &QPushButton::clicked, this, [this] { emit resumeRequested(m_plan); });
    connect(m_undo, &QPushButton::clicked, this, [this] { emit undoRequested(m_plan); });
    connect(m_close, &QPushButton::clicked, this, &QDialog::reject);
    m_close->setDefault(true);
}

void EarlierDialog::setRead()
{
    m_read = true;
    refresh();
}

void EarlierDialog::setCanContain(bool possible)
{
    m_possible = possible;
    refresh();
}

const EarlierRow* EarlierDialog::chosen() const
{
    const int row = m_table->selectedRow();
    return row >= 0 && row < m_rows->rowCount() ? &m_rows->rows()[static_cast<std::size_t>(row)] : nullptr;
}

void EarlierDialog::refresh()
{
    const auto& rows = m_rows->rows();
    m_stack->setCurrentIndex(rows.empty() ? 0 : 1);
    m_empty->setSentence(m_read ? tr("Nothing was contained yet") : tr("Reading the journal …"),
                         m_read ? tr("Every containment of accounts stands here afterwards: one that a crash cut goes on from here, and one that was a mistake is taken back.") : QString());
    if (!rows.empty() && chosen() == nullptr && !m_restoring) { // the one that was chosen, else the newest
        const auto kept = std::find_if(rows.begin(), rows.end(), [this](const EarlierRow& row) { return row.planId == m_plan; });
        const int at = kept == rows.end() ? 0 : static_cast<int>(kept - rows.begin());
        m_table->setCurrentIndex(m_rows->index(at, 0));
        m_table->selectRow(at); // comes back here
        m_table->setFocus();
        return;
    }
    const EarlierRow* row = chosen();
    m_resume->setEnabled(row != nullptr && row->canResume && m_possible);
    m_undo->setEnabled(row != nullptr && row->canUndo && m_possible);
    m_words->setText(row == nullptr ? QString() : !m_possible && (row->canResume || row->canUndo) ? tr("Add the servers first: without one nothing can be done.") : row->words);
    m_words->setVisible(row != nullptr);
}

} // namespace mailward

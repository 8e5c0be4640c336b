// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/PolicyDialog.h"

#include "ui/theme/Icons.h"
#include "ui/widgets/Layout.h"
#include "ui/widgets/RawText.h"

#include <QApplication>
#include <QClipboard>
#include <QGridLayout>
#include <QPushButton>
#include <QScrollArea>
#include <QTabBar>
#include <QTabWidget>

namespace mailward {

PolicyDialog::PolicyDialog(QWidget* parent) : QDialog(parent), m_note(new TextLabel), m_tabs(new QTabWidget)
{
    setObjectName(QStringLiteral("policyDialog"));
    setWindowTitle(tr("What the servers enforce about passwords"));
    resize(900, 620);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(16, 16, 16, 16);
    all->setSpacing(kGap);
    auto* rule = new TextLabel(tr("Judged by NIST SP 800-63B-4: long passwords and a list of those that everybody tries; no rules about which characters, no change by the calendar, "
                                  "a change when there is a sign of loss. A password that was given out must expire at its first use."), Token::Muted);
    rule->setWordWrap(true);
    all->addWidget(rule);
    m_note->setText(tr("The servers are being asked …"));
    all->addWidget(m_note);
    auto* panel = new Panel;
    m_tabs->setDocumentMode(true);
    m_tabs->tabBar()->setDrawBase(false);
    panel->body()->addWidget(m_tabs);
    all->addWidget(panel, 1);
    auto* foot = new QHBoxLayout;
    foot->addStretch();
    auto* close = rankedButton(tr("Close"));
    foot->addWidget(close);
    all->addLayout(foot);
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
}

void PolicyDialog::setPolicy(const std::vector<PolicyServer>& servers)
{
    m_note->setVisible(servers.empty());
    m_note->setText(tr("There is no server to ask."));
    while (m_tabs->count() > 0) {
        delete m_tabs->widget(0);
    }
    for (const PolicyServer& server : servers) {
        m_tabs->addTab(page(server), QString(server.name).replace(QLatin1Char('&'), QLatin1String("&&")));
    }
}

QWidget* PolicyDialog::page(const PolicyServer& server)
{
    auto* inside = new QWidget;
    auto* column = new QVBoxLayout(inside);
    column->setContentsMargins(0, kGap, kGap, 0);
    if (!server.problem.isEmpty()) {
        auto* problem = new TextLabel(server.problem, Token::Critical);
        problem->setWordWrap(true);
        column->addWidget(problem);
    }
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(kPadding);
    grid->setVerticalSpacing(kSpace);
    grid->setColumnStretch(1, 1);
    int line = 0;
    for (const PolicyRow& row : server.rows) {
        auto* light = new StateLight;
        light->show(row.verdict, tokenOf(row.meaning));
        grid->addWidget(light, line, 0, Qt::AlignTop);
        auto* title = new TextLabel(row.title);
        title->setFont(titleFont());
        title->setWordWrap(true);
        grid->addWidget(title, line++, 1);
        if (!row.evidence.isEmpty()) {
            auto* evidence = new TextLabel(row.evidence.plain(400), Token::Muted);
            evidence->setFont(monoFont());
            evidence->setWordWrap(true);
            grid->addWidget(evidence, line++, 1);
        }
        if (!row.remedy.isEmpty()) {
            auto* remedy = new TextLabel(row.remedy);
            remedy->setWordWrap(true);
            remedy->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
            grid->addWidget(remedy, line, 1);
            auto* copy = rankedButton(tr("Copy"), "flat");
            copy->setIcon(icon(QStringLiteral("copy")));
            copy->setAccessibleName(tr("Copy the remedy for: %1").arg(row.title));
            connect(copy, &QPushButton::clicked, this, [text = row.remedy] { QApplication::clipboard()->setText(text); });
            grid->addWidget(copy, line++, 2, Qt::AlignTop);
        }
        grid->setRowMinimumHeight(line++, kGap);
    }
    column->addLayout(grid);
    column->addStretch();
    return calmScroll(inside);
}

} // namespace mailward

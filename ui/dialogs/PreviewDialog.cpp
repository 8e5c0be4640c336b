// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/PreviewDialog.h"

#include "ui/widgets/DataTable.h"
#include "ui/widgets/Layout.h"
#include "ui/widgets/RawText.h"

#include <QGridLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QTabBar>
#include <QTabWidget>

namespace mailward {

namespace {

QWidget* figure(const QString& number, const QString& words, Token token)
{
    auto* box = new QWidget;
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 28, 0);
    column->setSpacing(0);
    auto* big = new TextLabel(number, token);
    QFont font = titleFont();
    font.setPointSizeF(font.pointSizeF() * 1.55);
    big->setFont(font);
    column->addWidget(big);
    column->addWidget(new TextLabel(words, Token::Muted));
    return box;
}

} // namespace

PreviewDialog::PreviewDialog(const PreviewView& view, CutOffTableModel* cutOff, Verbs* verbs, QWidget* parent) : QDialog(parent)
{
    setObjectName(QStringLiteral("previewDialog"));
    setWindowTitle(tr("Preview: nothing has been done yet"));
    resize(880, 640);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(16, 16, 16, 16);
    all->setSpacing(kGap);
    all->addWidget(figures(view));
    if (!view.refusals.empty()) {
        all->addWidget(refusals(view));
    }
    if (!view.liftsOnly) {
        all->addWidget(cutOffs(view, cutOff, verbs), 2);
    }
    all->addWidget(commands(view), 3);
    auto* line = new QHBoxLayout;
    auto* promise = new TextLabel(view.liftsOnly ? tr("Letting somebody in locks nobody out: done at once, nothing to confirm.")
                                                 : tr("Each server undoes it by itself after %1 unless you keep it.").arg(formatDuration(std::chrono::seconds(view.confirmSeconds))), Token::Muted);
    line->addWidget(promise, 1);
    auto* cancel = rankedButton(tr("Cancel"));
    auto* apply = rankedButton(view.liftsOnly ? counted(view.servers.size(), tr("Lift on %1 server"), tr("Lift on %1 servers")) : counted(view.servers.size(), tr("Apply to %1 server"), tr("Apply to %1 servers")), "primary");
    apply->setObjectName(QStringLiteral("applyPlan"));
    auto* typed = new QLineEdit(this);
    typed->setObjectName(QStringLiteral("typedCount"));
    typed->setMaximumWidth(90);
    typed->setPlaceholderText(QString::number(view.typeToApply));
    typed->setAccessibleName(tr("How many people lose their only way in"));
    typed->setVisible(view.typeToApply > 0);
    if (view.typeToApply > 0) {
        line->addWidget(new TextLabel(tr("Type how many people lose their only way in:"), Token::Critical));
        line->addWidget(typed);
    }
    const auto enable = [apply, typed, view] { apply->setEnabled(view.mayApply && (view.typeToApply == 0 || typed->text().trimmed() == QString::number(view.typeToApply))); };
    connect(typed, &QLineEdit::textChanged, apply, enable);
    enable();
    line->addWidget(cancel);
    line->addWidget(apply);
    all->addLayout(line);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(apply, &QPushButton::clicked, this, [this, typed] {
        emit applyRequested(typed->text().trimmed());
        QDialog::accept();
    });
    cancel->setFocus();
}

Panel* PreviewDialog::figures(const PreviewView& view) const
{
    auto* panel = new Panel(view.title);
    if (view.liftsOnly) {
        return panel;
    }
    auto* line = new QHBoxLayout;
    line->addWidget(figure(formatCount(view.addressesHit), tr("addresses seen are hit"), Token::Text));
    line->addWidget(figure(formatCount(view.failuresHit), tr("failures of theirs in the logs"), Token::Failure));
    line->addWidget(figure(formatCount(view.peopleCut), tr("accounts cut off there"), view.peopleCut == 0 ? Token::Good : Token::Critical));
    line->addWidget(figure(formatCount(view.peopleCutOnlyHere), tr("with no other way in"), view.peopleCutOnlyHere == 0 ? Token::Good : Token::Critical));
    line->addWidget(figure(formatCount(view.loginsCut), tr("good log-ins in %1 days").arg(view.periodDays), view.loginsCut == 0 ? Token::Good : Token::High));
    line->addStretch();
    panel->body()->addLayout(line);
    for (const QString& warning : view.warnings) {
        auto* text = new TextLabel(warning, Token::High);
        text->setWordWrap(true);
        panel->body()->addWidget(text);
    }
    return panel;
}

Panel* PreviewDialog::refusals(const PreviewView& view) const
{
    auto* panel = new Panel(tr("Refused by the guards"));
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(kPadding);
    grid->setColumnStretch(1, 1);
    int row = 0;
    for (const PreviewRefusal& refusal : view.refusals) {
        if (row == 5) {
            grid->addWidget(new TextLabel(tr("and %1 more").arg(formatCount(view.refusals.size() - 5)), Token::Muted), row, 0);
            break;
        }
        auto* what = new TextLabel(refusal.what.plain(), Token::Critical);
        what->setWordWrap(true);
        what->setFont(monoFont());
        grid->addWidget(what, row, 0);
        auto* why = new TextLabel(refusal.why);
        why->setWordWrap(true);
        grid->addWidget(why, row++, 1);
    }
    panel->body()->addLayout(grid);
    return panel;
}

Panel* PreviewDialog::cutOffs(const PreviewView& view, CutOffTableModel* model, Verbs* verbs) const
{
    auto* panel = new Panel(tr("Who would be cut off"));
    if (model == nullptr || model->rowCount() == 0) {
        const bool nobody = view.peopleCut == 0 && view.loginsCut == 0;
        auto* none = new TextLabel(nobody ? tr("Nobody: in the last %1 days no good log-in came from there.").arg(view.periodDays)
                                          : tr("The names could not be listed; the figures above count them."),
                                   nobody ? Token::Good : Token::High);
        panel->body()->addWidget(none);
        panel->body()->addStretch();
        panel->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
        return panel;
    }
    auto* table = new DataTable(verbs);
    table->setPlainRows();
    table->setTable(model);
    table->setSortingEnabled(false);
    table->setAccessibleName(tr("Who would be cut off"));
    table->setMinimumHeight(110);
    panel->body()->addWidget(table);
    return panel;
}

Panel* PreviewDialog::commands(const PreviewView& view) const
{
    auto* panel = new Panel(tr("Exactly what is sent"));
    auto* tabs = new QTabWidget;
    tabs->setDocumentMode(true);
    tabs->tabBar()->setDrawBase(false);
    for (const PreviewServer& server : view.servers) {
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
        tabs->addTab(page, QString(server.name).replace(QLatin1Char('&'), QLatin1String("&&")));
    }
    if (view.servers.empty()) {
        panel->body()->addWidget(new TextLabel(tr("Nothing: no server is chosen, or none is ready."), Token::Muted));
        panel->body()->addStretch();
        delete tabs;
        return panel;
    }
    panel->body()->addWidget(tabs);
    return panel;
}

} // namespace mailward

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/CapabilityList.h"

#include "ui/theme/Icons.h"
#include "ui/widgets/Layout.h"

#include <QApplication>
#include <QClipboard>
#include <QGridLayout>
#include <QPushButton>

namespace mailward {

namespace {

QString wordOf(Meaning meaning)
{
    return meaning == Meaning::Good      ? CapabilityList::tr("ready")
           : meaning == Meaning::Warning ? CapabilityList::tr("limited")
           : meaning == Meaning::Muted   ? CapabilityList::tr("not checked")
                                         : CapabilityList::tr("missing");
}

} // namespace

CapabilityList::CapabilityList(QWidget* parent) : QWidget(parent), m_grid(new QGridLayout)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(kPadding);
    m_grid->setVerticalSpacing(kGap);
    m_grid->setColumnStretch(2, 1);
    column->addLayout(m_grid);
    column->addStretch();
}

void CapabilityList::setRows(const std::vector<CapabilityRow>& rows)
{
    clearLayout(m_grid);
    int line = 0;
    for (const CapabilityRow& capability : rows) {
        auto* light = new StateLight;
        light->show(wordOf(capability.meaning), tokenOf(capability.meaning));
        auto* name = new TextLabel(capability.name);
        name->setContentsMargins(0, 2, 0, 0);
        auto* found = new TextLabel(capability.found.plain(), Token::Muted);
        found->setWordWrap(true);
        found->setContentsMargins(0, 2, 0, 0);
        m_grid->addWidget(light, line, 0, Qt::AlignTop);
        m_grid->addWidget(name, line, 1, Qt::AlignTop);
        m_grid->addWidget(found, line++, 2);
        if (!capability.remedy.isEmpty()) {
            addRemedy(line++, capability);
        }
    }
}

void CapabilityList::addRemedy(int line, const CapabilityRow& capability)
{
    auto* box = new QFrame;
    auto* row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, kSpace);
    auto* text = new TextLabel(capability.remedy);
    text->setFont(monoFont());
    text->setWordWrap(true);
    text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    row->addWidget(text, 1);
    auto* copy = rankedButton(tr("Copy"), "flat");
    copy->setIcon(icon(QStringLiteral("copy")));
    copy->setAccessibleName(tr("Copy the remedy for %1").arg(capability.name));
    connect(copy, &QPushButton::clicked, this, [remedy = capability.remedy] { QApplication::clipboard()->setText(remedy); });
    row->addWidget(copy, 0, Qt::AlignTop);
    m_grid->addWidget(box, line, 2);
}

} // namespace mailward

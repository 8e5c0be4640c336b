// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/UnknownLinesList.h"

#include "models/tables/Format.h"
#include "ui/widgets/Layout.h"

#include <QGridLayout>

namespace mailward {

namespace {

TextLabel* labelOf(const QString& text, Token token = Token::Text)
{
    auto* label = new TextLabel(text, token);
    label->setContentsMargins(0, 2, 0, 0);
    return label;
}

} // namespace

UnknownLinesList::UnknownLinesList(QWidget* parent) : QWidget(parent), m_grid(new QGridLayout(this))
{
    m_grid->setContentsMargins(0, 2 * kSpace, 0, 0);
    m_grid->setHorizontalSpacing(kPadding);
    m_grid->setVerticalSpacing(kGap);
    m_grid->setColumnStretch(2, 1);
    hide();
}

void UnknownLinesList::setRows(std::uint64_t all, const std::vector<UnknownLinesRow>& rows)
{
    clearLayout(m_grid);
    setVisible(!rows.empty());
    if (rows.empty()) {
        return;
    }
    m_grid->addWidget(labelOf(tr("Lines that no rule knows: %1").arg(formatCount(all))), 0, 0, 1, 3);
    auto* hint = labelOf(tr("They are stored, and counted here with the first line of each program. A rule pack of your own can name them."), Token::Muted);
    hint->setWordWrap(true);
    m_grid->addWidget(hint, 1, 0, 1, 3);
    int line = 2;
    for (const UnknownLinesRow& each : rows) {
        const QString program = each.program.plain(40);
        auto* sample = labelOf(each.sample.plain(400), Token::Muted);
        sample->setFont(monoFont());
        sample->setWordWrap(true);
        sample->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        m_grid->addWidget(labelOf(formatCount(each.lines)), line, 0, Qt::AlignTop | Qt::AlignRight);
        m_grid->addWidget(labelOf(program.isEmpty() ? tr("(no program)") : program), line, 1, Qt::AlignTop);
        m_grid->addWidget(sample, line++, 2);
    }
}

} // namespace mailward

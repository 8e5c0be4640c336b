// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/CommandPalette.h"

#include "ui/theme/Theme.h"

#include <QAction>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QTimer>

namespace mailward {

int paletteScore(const QString& text, const QString& wanted)
{
    int score = 0;
    qsizetype at = 0;
    qsizetype before = -2;
    for (const QChar letter : wanted) {
        if (letter.isSpace()) {
            continue;
        }
        const qsizetype found = text.indexOf(letter, at, Qt::CaseInsensitive);
        if (found < 0) {
            return -1;
        }
        const bool wordStart = found == 0 || text[found - 1].isSpace();
        score += (found == before + 1 ? 5 : 0) + (wordStart ? 8 : 0) + 1;
        before = found;
        at = found + 1;
    }
    return score;
}

CommandPalette::CommandPalette(const QList<QAction*>& actions, QWidget* parent)
    : QDialog(parent, Qt::Dialog | Qt::FramelessWindowHint), m_edit(new QLineEdit), m_list(new QListWidget)
{
    setObjectName(QStringLiteral("commandPalette"));
    setWindowTitle(tr("Commands"));
    for (QAction* action : actions) {
        if (action->isVisible() && !action->text().isEmpty()) {
            m_actions << action;
        }
    }
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(kGap, kGap, kGap, kGap);
    m_edit->setPlaceholderText(tr("What do you want to do?"));
    m_edit->setAccessibleName(tr("Command"));
    m_list->setAccessibleName(tr("Matching commands"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setIconSize({16, 16});
    m_noIcon = QPixmap(16, 16);
    m_noIcon.fill(Qt::transparent);
    all->addWidget(m_edit);
    all->addWidget(m_list);
    resize(520, 360);
    if (parent != nullptr) {
        move(parent->mapToGlobal(QPoint((parent->width() - width()) / 2, 80)));
    }
    m_edit->installEventFilter(this);
    connect(m_edit, &QLineEdit::textChanged, this, &CommandPalette::filter);
    connect(m_list, &QListWidget::itemClicked, this, &CommandPalette::run);
    filter({});
}

void CommandPalette::filter(const QString& text)
{
    QList<std::pair<int, QAction*>> found;
    for (QAction* action : m_actions) {
        const int score = paletteScore(action->text().remove(QLatin1Char('&')), text);
        if (score >= 0) {
            found << std::pair{score, action};
        }
    }
    std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    m_list->clear();
    for (const auto& [score, action] : found) {
        QString name = action->text().remove(QLatin1Char('&'));
        const QString keys = action->shortcut().toString(QKeySequence::NativeText);
        auto* item = new QListWidgetItem(action->icon().isNull() ? QIcon(m_noIcon) : action->icon(), keys.isEmpty() ? name : QStringLiteral("%1   (%2)").arg(name, keys), m_list);
        item->setData(Qt::UserRole, QVariant::fromValue(action));
        if (!action->isEnabled()) {
            item->setFlags(Qt::NoItemFlags);
        }
    }
    m_list->setCurrentRow(0);
}

void CommandPalette::run()
{
    QListWidgetItem* item = m_list->currentItem();
    if (item == nullptr || !item->flags().testFlag(Qt::ItemIsEnabled)) {
        return;
    }
    auto* action = item->data(Qt::UserRole).value<QAction*>();
    accept();
    QTimer::singleShot(0, action, &QAction::trigger); // once this is gone: a menu would close together with it
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        const int row = m_list->currentRow();
        switch (key->key()) {
        case Qt::Key_Down: m_list->setCurrentRow(std::min(row + 1, m_list->count() - 1)); return true;
        case Qt::Key_Up: m_list->setCurrentRow(std::max(row - 1, 0)); return true;
        case Qt::Key_Return:
        case Qt::Key_Enter: run(); return true;
        default: break;
        }
    }
    return QDialog::eventFilter(watched, event);
}

} // namespace mailward

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/FilterBar.h"

#include "ui/theme/Icons.h"
#include "ui/widgets/Layout.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QCompleter>
#include <QKeyEvent>
#include <QPainter>
#include <QPushButton>
#include <QStringListModel>
#include <QStyle>
#include <QToolButton>

namespace mailward {

FilterEdit::FilterEdit(QWidget* parent) : QLineEdit(parent), m_completer(new QCompleter(this)), m_words(new QStringListModel(this))
{
    setPlaceholderText(tr("Filter: country:CN account:bob* ip:203.0.113.0/24 after:-6h"));
    setClearButtonEnabled(true);
    setAccessibleName(tr("Filter"));
    m_completer->setModel(m_words);
    m_completer->setCaseSensitivity(Qt::CaseInsensitive);
    m_completer->setWidget(this);
    connect(m_completer, qOverload<const QString&>(&QCompleter::activated), this, &FilterEdit::insertCompletion);
    connect(this, &QLineEdit::textEdited, this, &FilterEdit::complete);
}

void FilterEdit::setVocabulary(const FilterVocabulary& vocabulary)
{
    m_vocabulary = vocabulary;
}

void FilterEdit::setProblem(const FilterProblem& problem)
{
    m_problem = problem;
    setProperty("problem", !problem.text.isEmpty());
    style()->unpolish(this);
    style()->polish(this);
    update();
}

int FilterEdit::wordStart() const
{
    return static_cast<int>(text().left(cursorPosition()).lastIndexOf(QLatin1Char(' '))) + 1;
}

void FilterEdit::complete()
{
    QString word = text().mid(wordStart(), cursorPosition() - wordStart());
    const QString sign = word.startsWith(QLatin1Char('-')) ? QStringLiteral("-") : QString();
    word = word.mid(sign.size());
    const qsizetype colon = word.indexOf(QLatin1Char(':'));
    QStringList words;
    if (colon < 0) {
        for (const QString& field : m_vocabulary.keys()) {
            words << sign + field + QLatin1Char(':');
        }
    } else {
        const QString field = word.left(colon);
        for (const QString& value : m_vocabulary.value(field)) {
            words << sign + field + QLatin1Char(':') + value;
        }
    }
    m_words->setStringList(words);
    m_completer->setCompletionPrefix(sign + word);
    if (word.isEmpty() || m_completer->completionCount() == 0 || m_completer->currentCompletion() == sign + word) {
        m_completer->popup()->hide();
        return;
    }
    QRect where = cursorRect();
    where.setWidth(220);
    m_completer->complete(where);
}

void FilterEdit::insertCompletion(const QString& word)
{
    const int start = wordStart();
    const QString rest = text().mid(cursorPosition());
    const bool whole = !word.endsWith(QLatin1Char(':'));
    setText(text().left(start) + word + (whole && rest.isEmpty() ? QStringLiteral(" ") : QString()) + rest);
    setCursorPosition(start + static_cast<int>(word.size()) + (whole && rest.isEmpty() ? 1 : 0));
}

void FilterEdit::keyPressEvent(QKeyEvent* event)
{
    const bool choosing = m_completer->popup()->isVisible();
    if (choosing && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter || event->key() == Qt::Key_Escape ||
                     event->key() == Qt::Key_Tab)) {
        event->ignore(); // the completer's popup takes it
        return;
    }
    QLineEdit::keyPressEvent(event);
}

void FilterEdit::paintEvent(QPaintEvent* event)
{
    QLineEdit::paintEvent(event);
    if (m_problem.text.isEmpty() || text().isEmpty()) {
        return;
    }
    const QString before = text().left(m_problem.position);
    const QString wrong = text().mid(m_problem.position, std::max<qsizetype>(1, m_problem.length));
    // The text scrolls inside the line: measured from where the cursor stands.
    const int cursorX = cursorRect().center().x();
    const int left = cursorX - fontMetrics().horizontalAdvance(text().left(cursorPosition())) + fontMetrics().horizontalAdvance(before);
    QPainter painter(this);
    painter.setPen(QPen(color(Token::Critical, this), 2));
    const int width = std::max(6, fontMetrics().horizontalAdvance(wrong));
    painter.drawLine(left, height() - 5, left + width, height() - 5);
}

FilterBar::FilterBar(QWidget* parent)
    : QFrame(parent), m_chips(new QHBoxLayout), m_edit(new FilterEdit), m_problem(new TextLabel({}, Token::Critical)),
      m_undo(new QToolButton), m_redo(new QToolButton), m_lights(new QHBoxLayout), m_zone(new QComboBox)
{
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(kSpace);
    auto* line = new QHBoxLayout;
    line->setSpacing(kGap);
    m_chips->setSpacing(kGap);
    m_lights->setSpacing(kPadding);
    const auto tool = [&](QToolButton* button, const char* iconName, const QString& name) {
        button->setProperty("flat", true);
        button->setIcon(icon(QLatin1String(iconName)));
        button->setToolTip(name);
        button->setAccessibleName(name);
        button->setEnabled(false);
        line->addWidget(button);
    };
    tool(m_undo, "undo", tr("Back to the filter before (Alt+Left)"));
    tool(m_redo, "redo", tr("Forward again (Alt+Right)"));
    line->addLayout(m_chips);
    line->addWidget(m_edit, 1);
    line->addSpacing(kSpace);
    line->addLayout(m_lights);
    m_zone->setAccessibleName(tr("Time zone"));
    m_zone->setToolTip(tr("Time zone of everything on screen"));
    m_zone->addItem(tr("UTC"), int(ZoneChoice::Utc));
    m_zone->addItem(tr("Local"), int(ZoneChoice::Local));
    m_zone->addItem(tr("Server"), int(ZoneChoice::Server));
    line->addWidget(m_zone);
    all->addLayout(line);
    m_problem->hide();
    all->addWidget(m_problem);
    connect(m_edit, &QLineEdit::textEdited, this, &FilterBar::textEdited);
    connect(m_edit, &QLineEdit::returnPressed, this, [this] { emit textRequested(m_edit->text()); });
    connect(m_undo, &QToolButton::clicked, this, &FilterBar::undoRequested);
    connect(m_redo, &QToolButton::clicked, this, &FilterBar::redoRequested);
    connect(m_zone, &QComboBox::activated, this, [this] { emit zoneRequested(static_cast<ZoneChoice>(m_zone->currentData().toInt())); });
}

void FilterBar::setFilter(const FilterView& view)
{
    m_undo->setEnabled(view.canUndo);
    m_redo->setEnabled(view.canRedo);
    m_edit->clear();
    setProblem({});
    if (view.chips == m_shown) {
        return;
    }
    m_shown = view.chips;
    clearLayout(m_chips);
    for (qsizetype i = 0; i < view.chips.size(); ++i) {
        QString shown = view.chips[i].size() > 44 ? view.chips[i].left(43) + QChar(0x2026) : view.chips[i];
        shown.replace(QLatin1Char('&'), QLatin1String("&&"));
        auto* chip = rankedButton(shown + QStringLiteral("  ×"), "chip");
        chip->setToolTip(tr("%1: click to take it away").arg(view.chips[i]).toHtmlEscaped());
        chip->setAccessibleName(tr("Filter %1, remove").arg(view.chips[i]));
        connect(chip, &QPushButton::clicked, this, [this, i] { emit chipRemoveRequested(static_cast<int>(i)); });
        m_chips->addWidget(chip);
    }
    if (view.chips.size() > 1) {
        auto* clear = rankedButton(tr("Clear"), "flat");
        connect(clear, &QPushButton::clicked, this, &FilterBar::clearRequested);
        m_chips->addWidget(clear);
    }
    showLayout(m_chips);
}

void FilterBar::setProblem(const FilterProblem& problem)
{
    m_edit->setProblem(problem);
    m_problem->setText(problem.text);
    m_problem->setVisible(!problem.text.isEmpty());
    m_edit->setAccessibleDescription(problem.text);
}

void FilterBar::setLights(const std::vector<ServerLight>& lights)
{
    if (lights == m_servers) {
        return;
    }
    m_servers = lights;
    clearLayout(m_lights);
    std::size_t shown = 0;
    for (const ServerLight& light : lights) {
        if (++shown > 4) {
            m_lights->addWidget(new TextLabel(tr("+%1").arg(lights.size() - 4), Token::Muted));
            break;
        }
        auto* state = new StateLight;
        state->show(QStringLiteral("%1 %2").arg(light.name, light.text), tokenOf(serverStateMeaning(light.state)), light.tip);
        m_lights->addWidget(state);
    }
    showLayout(m_lights);
}

void FilterBar::setZoneChoice(ZoneChoice choice)
{
    m_zone->setCurrentIndex(m_zone->findData(int(choice)));
}

} // namespace mailward

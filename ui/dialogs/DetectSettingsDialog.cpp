// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/DetectSettingsDialog.h"

#include "ui/theme/Icons.h"
#include "ui/widgets/Layout.h"

#include <QCheckBox>
#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QGridLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSpinBox>
#include <QTabWidget>
#include <cmath>

namespace mailward {

namespace {

/// As many decimals as the value and its bounds need.
int decimalsFor(const ThresholdRow& row)
{
    int decimals = 0;
    for (const double value : {row.value, row.usual, row.least}) {
        for (int d = decimals; d < 12 && std::abs(value * std::pow(10, d) - std::round(value * std::pow(10, d))) > 1e-9; ++d) {
            decimals = d + 1;
        }
    }
    return decimals;
}

QSpinBox* number(int value, int most, const QString& suffix)
{
    auto* box = new QSpinBox;
    box->setRange(1, most);
    box->setValue(value);
    box->setSuffix(suffix);
    return box;
}

} // namespace

DetectSettingsDialog::DetectSettingsDialog(const ThresholdView& view, QWidget* parent)
    : QDialog(parent), m_search(new QLineEdit), m_maxretry(number(view.jail.maxretry, 1'000'000, {})), m_findtime(number(view.jail.findtime, 366 * 86'400, tr(" s"))),
      m_bantime(number(view.jail.bantime, 366 * 86'400, tr(" s"))), m_increment(new QCheckBox(tr("Each further ban lasts twice as long")))
{
    setWindowTitle(tr("Detectors"));
    setObjectName(QStringLiteral("detectors"));
    resize(860, 620);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(16, 16, 16, 16);
    all->setSpacing(kGap);
    auto* tabs = new QTabWidget;
    tabs->addTab(buildRows(view.rows), tr("Thresholds"));
    tabs->addTab(buildJail(view.jail), tr("Your fail2ban jail"));
    tabs->addTab(buildHistory(view.history), tr("Changes"));
    all->addWidget(tabs, 1);
    auto* place = new TextLabel(tr("Kept in %1").arg(view.file), Token::Muted);
    place->setFont(captionFont());
    place->setWordWrap(true);
    place->setTextInteractionFlags(Qt::TextSelectableByMouse);
    all->addWidget(place);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Save | QDialogButtonBox::Cancel);
    auto* defaults = buttons->addButton(tr("All to defaults"), QDialogButtonBox::ResetRole);
    connect(defaults, &QPushButton::clicked, this, &DetectSettingsDialog::resetAll);
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        emit saveRequested(edit());
        accept();
    });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    all->addWidget(buttons);
    m_search->setFocus();
}

QWidget* DetectSettingsDialog::buildRows(const std::vector<ThresholdRow>& rows)
{
    auto* page = new QWidget;
    auto* all = new QVBoxLayout(page);
    m_search->setPlaceholderText(tr("Search: fan-in, spray, bounce …"));
    m_search->setClearButtonEnabled(true);
    m_search->setAccessibleName(tr("Search the thresholds"));
    connect(m_search, &QLineEdit::textChanged, this, &DetectSettingsDialog::search);
    all->addWidget(m_search);
    auto* inside = new QWidget;
    auto* grid = new QGridLayout(inside);
    grid->setHorizontalSpacing(kPadding);
    grid->setVerticalSpacing(kGap);
    grid->setColumnStretch(0, 1);
    for (const ThresholdRow& row : rows) {
        const int at = static_cast<int>(m_lines.size());
        Line line{row, new QDoubleSpinBox, rankedButton(tr("Default"), "flat"), {}};
        auto* words = new TextLabel(row.meaning);
        words->setWordWrap(true);
        QString origin = tr("%1 · default %2: %3").arg(row.name, QLocale().toString(row.usual, 'g', 12), row.source);
        if (row.raisedTo > 0) {
            origin += tr(" · false alarms have raised it to %1").arg(QLocale().toString(row.raisedTo, 'g', 12));
        }
        auto* source = new TextLabel(origin, row.raisedTo > 0 ? Token::High : Token::Muted);
        source->setFont(captionFont());
        source->setWordWrap(true);
        auto* left = new QWidget;
        auto* both = new QVBoxLayout(left);
        both->setContentsMargins(0, 0, 0, 0);
        both->setSpacing(1);
        both->addWidget(words);
        both->addWidget(source);
        line.value->setDecimals(decimalsFor(row));
        line.value->setRange(row.least, row.most);
        line.value->setValue(row.value);
        line.value->setAccessibleName(row.meaning);
        line.value->setMinimumWidth(110);
        words->setBuddy(line.value);
        auto* unit = new TextLabel(row.unit, Token::Muted);
        line.reset->setEnabled(row.value != row.usual);
        line.reset->setAccessibleName(tr("Default of %1").arg(row.name));
        connect(line.reset, &QPushButton::clicked, line.value, [box = line.value, usual = row.usual] { box->setValue(usual); });
        connect(line.value, &QDoubleSpinBox::valueChanged, line.reset, [reset = line.reset, usual = row.usual](double value) { reset->setEnabled(value != usual); });
        line.widgets = {left, line.value, unit, line.reset};
        for (int column = 0; column < 4; ++column) {
            grid->addWidget(line.widgets[static_cast<std::size_t>(column)], at, column);
        }
        m_lines.push_back(std::move(line));
    }
    grid->setRowStretch(static_cast<int>(m_lines.size()), 1);
    all->addWidget(calmScroll(inside), 1);
    return page;
}

QWidget* DetectSettingsDialog::buildJail(const JailView& jail)
{
    auto* page = new QWidget;
    auto* grid = new QGridLayout(page);
    grid->setContentsMargins(kPadding, kPadding, kPadding, kPadding);
    grid->setHorizontalSpacing(kPadding);
    grid->setColumnStretch(2, 1);
    auto* words = new TextLabel(tr("Beside each incident stands what this jail would have stopped of it. Nothing on a server is changed by it."), Token::Muted);
    words->setWordWrap(true);
    grid->addWidget(words, 0, 0, 1, 3);
    const auto field = [&](int row, const QString& label, QWidget* box) {
        auto* name = new TextLabel(label);
        name->setBuddy(box);
        box->setAccessibleName(label);
        grid->addWidget(name, row, 0);
        grid->addWidget(box, row, 1);
    };
    field(1, tr("Failures that bring a ban (maxretry)"), m_maxretry);
    field(2, tr("Within (findtime)"), m_findtime);
    field(3, tr("Length of a ban (bantime)"), m_bantime);
    m_increment->setChecked(jail.increment);
    grid->addWidget(m_increment, 4, 0, 1, 2);
    grid->setRowStretch(5, 1);
    return page;
}

QWidget* DetectSettingsDialog::buildHistory(const std::vector<QString>& history)
{
    auto* text = new QPlainTextEdit;
    text->setReadOnly(true);
    text->setAccessibleName(tr("Who changed what"));
    QStringList lines(history.begin(), history.end());
    text->setPlainText(lines.isEmpty() ? tr("Nothing was changed yet: all thresholds are the defaults.") : lines.join(QLatin1Char('\n')));
    return text;
}

void DetectSettingsDialog::search(const QString& text)
{
    for (const Line& line : m_lines) {
        const ThresholdRow& row = line.row;
        const bool fits = (row.name + QLatin1Char(' ') + row.meaning + QLatin1Char(' ') + row.unit + QLatin1Char(' ') + row.source).contains(text, Qt::CaseInsensitive);
        for (QWidget* widget : line.widgets) {
            widget->setVisible(fits);
        }
    }
}

void DetectSettingsDialog::resetAll()
{
    for (const Line& line : m_lines) {
        line.value->setValue(line.row.usual);
    }
}

ThresholdEdit DetectSettingsDialog::edit() const
{
    ThresholdEdit edit;
    for (const Line& line : m_lines) {
        if (line.value->value() != line.row.value) {
            edit.values.emplace_back(line.row.name, line.value->value());
        }
    }
    edit.jail = {m_maxretry->value(), m_findtime->value(), m_bantime->value(), m_increment->isChecked()};
    return edit;
}

} // namespace mailward

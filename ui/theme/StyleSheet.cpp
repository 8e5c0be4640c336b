// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/StyleSheet.h"

#include "ui/theme/Theme.h"

#include <utility>

namespace mailward {

namespace {

constexpr const char16_t* kTemplate = uR"(
QToolTip { color: @text; background: @surface; border: 1px solid @line; padding: 4px 6px; }
QFrame[panel="true"] { background: @surface; border: 1px solid @line; border-radius: 5px; }
QFrame#tourFrame { background: transparent; border: 2px solid @accent; border-radius: 6px; }
QFrame#tour { border: 1px solid @accent; }
QFrame#rail { background: @rail; border: none; }
QToolButton[rail="true"] { color: @railmuted; background: transparent; border: none; border-left: 3px solid transparent;
  border-right: 3px solid transparent; padding: 9px 0 7px 0; }
QToolButton[rail="true"]:hover { color: @railtext; background: @railactive; }
QToolButton[rail="true"]:checked { color: @railtext; background: @railactive; border-left-color: @accent; }
QToolButton[rail="true"]:focus { border-right-color: @accent; }
QPushButton, QToolButton[button="true"] { color: @text; background: @surface; border: 1px solid @line; border-radius: 4px; padding: 4px 11px; }
QPushButton { min-height: 17px; }
QToolButton[button="true"] { min-height: 17px; max-height: 17px; }
QPushButton:hover, QToolButton[button="true"]:hover { border-color: @faint; }
QPushButton:pressed, QToolButton[button="true"]:pressed { background: @canvas; }
QPushButton:focus, QToolButton[button="true"]:focus { border-color: @accent; }
QPushButton:disabled, QToolButton[button="true"]:disabled { color: @faint; background: @canvas; }
QPushButton[primary="true"] { color: @onaccent; background: @accent; border-color: @accent; font-weight: 600; }
QPushButton[primary="true"]:disabled { color: @faint; background: @canvas; border-color: @line; }
QPushButton[primary="true"]:focus { border: 2px solid @text; padding: 3px 10px; }
QPushButton[danger="true"] { color: @critical; }
QPushButton[flat="true"], QToolButton[flat="true"] { color: @muted; background: transparent; border: 1px solid transparent; border-radius: 4px; padding: 2px 5px; }
QPushButton[flat="true"]:hover, QToolButton[flat="true"]:hover { color: @text; border-color: @line; }
QPushButton[flat="true"]:checked, QToolButton[flat="true"]:checked { color: @text; }
QPushButton[flat="true"]:focus, QToolButton[flat="true"]:focus { border-color: @accent; }
QToolButton::menu-indicator { image: none; }
QPushButton[chip="true"] { color: @chiptext; background: @accentsoft; border: 1px solid @accentsoft; border-radius: 4px; padding: 4px 8px; }
QPushButton[chip="true"]:hover, QPushButton[chip="true"]:focus { border-color: @accent; }
QLineEdit, QPlainTextEdit, QSpinBox, QComboBox { color: @text; background: @surface; border: 1px solid @line; border-radius: 4px; padding: 4px 8px; selection-background-color: @accent; selection-color: @onaccent; }
QLineEdit { min-height: 18px; }
QSpinBox::up-button, QSpinBox::down-button { subcontrol-origin: border; width: 18px; border: none; background: transparent; }
QSpinBox::up-button { subcontrol-position: top right; }
QSpinBox::down-button { subcontrol-position: bottom right; }
QSpinBox::up-arrow { image: url(:/mailward/icons/chevron-up.svg); width: 10px; height: 10px; }
QSpinBox::down-arrow { image: url(:/mailward/icons/chevron.svg); width: 10px; height: 10px; }
QLineEdit:focus, QPlainTextEdit:focus, QSpinBox:focus, QComboBox:focus { border-color: @accent; }
QLineEdit[problem="true"] { border-color: @critical; }
QComboBox { padding-right: 4px; }
QComboBox[flat="true"] { color: @muted; background: transparent; border-color: transparent; padding: 2px 4px 2px 5px; }
QComboBox[flat="true"]:hover { color: @text; border-color: @line; }
QComboBox[flat="true"]:focus { border-color: @accent; }
QComboBox::drop-down { border: none; width: 22px; }
QComboBox::down-arrow { image: url(:/mailward/icons/chevron.svg); width: 12px; height: 12px; }
QLineEdit:disabled, QPlainTextEdit:disabled, QSpinBox:disabled, QComboBox:disabled { color: @faint; background: @canvas; }
QComboBox QAbstractItemView { background: @surface; border: 1px solid @line; selection-background-color: @accentsoft; selection-color: @text; }
QListView, QTreeView { color: @text; background: @surface; border: 1px solid @line; border-radius: 4px; padding: 2px; outline: none; }
QListView:focus, QTreeView:focus { border-color: @accent; }
QListView::item { padding: 3px 4px; }
QTreeView::item { padding: 3px 0; }
QListView::item:selected, QTreeView::item:selected { color: @text; background: @accentsoft; }
QCheckBox::indicator, QListView::indicator, QTreeView::indicator { width: 13px; height: 13px; border: 1px solid @faint; border-radius: 3px; background: @surface; }
QCheckBox::indicator:checked, QListView::indicator:checked, QTreeView::indicator:checked { background: @accent; border-color: @accent; image: url(:/mailward/icons/tick.svg); }
QCheckBox::indicator:disabled, QListView::indicator:disabled, QTreeView::indicator:disabled { background: @canvas; border-color: @line; }
QCheckBox::indicator:checked:disabled, QListView::indicator:checked:disabled, QTreeView::indicator:checked:disabled { background: @faint; border-color: @faint; }
QRadioButton::indicator { width: 13px; height: 13px; border: 1px solid @faint; border-radius: 7px; background: @surface; }
QRadioButton::indicator:checked { width: 7px; height: 7px; border: 4px solid @accent; }
QRadioButton::indicator:disabled { border-color: @line; background: @canvas; }
QRadioButton::indicator:checked:disabled { border-color: @faint; }
QCheckBox:focus, QRadioButton:focus { color: @chiptext; }
QCheckBox::indicator:focus, QRadioButton::indicator:focus { border-color: @accent; }
QPlainTextEdit[raw="true"] { background: @rawline; border: none; }
QTableView { background: @surface; border: none; gridline-color: transparent; outline: none; }
QHeaderView { background: @surface; border: none; }
QHeaderView::section { color: @muted; background: @surface; border: none; border-bottom: 1px solid @line; padding: 4px 8px; }
QHeaderView::section:hover { color: @text; }
QTabBar { background: transparent; border: none; }
QTabBar::tab { color: @muted; background: transparent; border: none; border-bottom: 2px solid transparent; padding: 5px 1px; margin-right: 17px; }
QTabBar::tab:hover { color: @text; }
QTabBar::tab:selected { color: @text; border-bottom-color: @accent; }
QTabBar::tab:focus { color: @chiptext; }
QTabWidget::pane { border: none; }
QSplitter::handle { background: transparent; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: @line; border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 28px; }
QScrollBar::handle:horizontal { min-width: 28px; }
QScrollBar::handle:hover { background: @faint; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QScrollArea { background: transparent; border: none; }
QProgressBar { background: @line; border: none; border-radius: 3px; max-height: 6px; min-height: 6px; }
QProgressBar::chunk { background: @good; border-radius: 3px; }
QSlider::groove:horizontal { background: @line; height: 4px; border-radius: 2px; }
QSlider::sub-page:horizontal { background: @accent; border-radius: 2px; }
QSlider::handle:horizontal { background: @surface; border: 2px solid @accent; width: 10px; height: 10px; margin: -5px 0; border-radius: 7px; }
QSlider::handle:horizontal:focus { background: @accent; }
QMenu { color: @text; background: @surface; border: 1px solid @line; padding: 4px; }
QMenu::item { padding: 5px 24px 5px 28px; border-radius: 3px; }
QMenu::icon { padding-left: 8px; }
QMenu::item:selected { background: @accentsoft; }
QMenu::item:disabled { color: @faint; }
QMenu::separator { height: 1px; background: @line; margin: 4px 6px; }
QDialog { background: @canvas; }
)";

} // namespace

QString styleSheet(const QPalette& palette)
{
    // Longer names first, so that "@railactive" is not taken for "@rail".
    static constexpr std::pair<const char16_t*, Token> kNames[] = {
        {u"@railactive", Token::RailActive}, {u"@railmuted", Token::RailMuted}, {u"@railtext", Token::RailText},
        {u"@rail", Token::Rail}, {u"@accentsoft", Token::AccentSoft}, {u"@onaccent", Token::OnAccent},
        {u"@accent", Token::Accent}, {u"@rawline", Token::RawLine}, {u"@canvas", Token::Canvas},
        {u"@surface", Token::Surface}, {u"@critical", Token::Critical}, {u"@good", Token::Good},
        {u"@muted", Token::Muted}, {u"@faint", Token::Faint}, {u"@line", Token::Line}, {u"@text", Token::Text}};
    QString sheet = QString::fromUtf16(kTemplate);
    const QColor accent = color(Token::Accent, palette);
    sheet.replace(QLatin1String("@chiptext"), (isDark(palette) ? accent : accent.darker(118)).name());
    for (const auto& [name, token] : kNames) {
        sheet.replace(QString::fromUtf16(name), color(token, palette).name());
    }
    return sheet;
}

} // namespace mailward

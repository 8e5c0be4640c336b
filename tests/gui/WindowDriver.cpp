// SPDX-License-Identifier: GPL-3.0-or-later
#include "WindowDriver.h"

#include "ui/widgets/TextLabel.h"

#include <QAbstractButton>
#include <QApplication>
#include <QContextMenuEvent>
#include <QDir>
#include <QLabel>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTableView>
#include <QTest>
#include <QTextBrowser>

namespace mailward {

QStringList WindowDriver::visibleTexts(const QWidget* widget) const
{
    QStringList texts;
    for (const QLabel* label : widget->findChildren<QLabel*>()) {
        if (label->isVisible() && !label->text().isEmpty()) {
            texts << label->text();
        }
    }
    for (const QAbstractButton* button : widget->findChildren<QAbstractButton*>()) {
        if (button->isVisible() && !button->text().isEmpty()) {
            texts << button->text();
        }
    }
    for (const QPlainTextEdit* edit : widget->findChildren<QPlainTextEdit*>()) {
        if (edit->isVisible()) {
            texts << edit->toPlainText();
        }
    }
    for (const StateLight* light : widget->findChildren<StateLight*>()) {
        if (light->isVisible()) {
            texts << light->accessibleName();
        }
    }
    return texts;
}

QPushButton* WindowDriver::visibleButton(const QWidget* widget, const QString& text) const
{
    for (QPushButton* button : widget->findChildren<QPushButton*>()) {
        if (button->isVisible() && button->text().startsWith(text)) {
            return button;
        }
    }
    return nullptr;
}

bool WindowDriver::press(const QWidget* widget, const QString& text) const
{
    const auto ready = [&] {
        const QPushButton* button = visibleButton(widget, text);
        return button != nullptr && button->isEnabled();
    };
    if (!QTest::qWaitFor(ready, 20'000)) {
        return false;
    }
    QTest::mouseClick(visibleButton(widget, text), Qt::LeftButton);
    return true;
}

QWidget* WindowDriver::dialog(const QString& name) const
{
    for (QWidget* widget : QApplication::topLevelWidgets()) {
        if (widget->isVisible() && widget->objectName() == name) {
            return widget;
        }
    }
    return nullptr;
}

bool WindowDriver::pickFromMenu(QTableView* table, const QString& text) const
{
    QContextMenuEvent event(QContextMenuEvent::Keyboard, {}, {});
    QApplication::sendEvent(table, &event);
    if (!QTest::qWaitFor([] { return QApplication::activePopupWidget() != nullptr; })) {
        return false;
    }
    auto* menu = qobject_cast<QMenu*>(QApplication::activePopupWidget());
    for (QAction* action : menu->actions()) {
        if (action->text().startsWith(text)) {
            QTest::mouseClick(menu, Qt::LeftButton, {}, menu->actionGeometry(action).center());
            return true;
        }
    }
    menu->close();
    return false;
}

int WindowDriver::currentRows(const QWidget* page) const
{
    for (const QTableView* table : page->findChildren<QTableView*>()) {
        if (table->isVisible() && table->model() != nullptr) {
            return table->model()->rowCount();
        }
    }
    return -1;
}

bool WindowDriver::isCanary(const QString& text) const
{
    static const QStringList canaries{QStringLiteral("<img"), QStringLiteral("rip="), QStringLiteral("HYPERLINK"), QStringLiteral("drop table"),
                                      QStringLiteral("$(reboot)"), QStringLiteral("etc/passwd"), QStringLiteral("%s%n"), QStringLiteral("gnp.exe"),
                                      QStringLiteral("owned"), QStringLiteral("SASL PLAIN"), QStringLiteral("AAAAAAAA"), QStringLiteral("port 22 ssh2"),
                                      QStringLiteral("aaaaaaaa"), QString(QChar(0x200B)), QString(QChar(0x0430))};
    return std::any_of(canaries.begin(), canaries.end(), [&](const QString& canary) { return text.contains(canary); });
}

bool WindowDriver::isHarmless(const QString& text) const
{
    return std::none_of(text.begin(), text.end(), [](QChar letter) {
        const ushort code = letter.unicode();
        const bool turns = (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069) || code == 0x200E || code == 0x200F;
        const bool hides = code == 0x200B || code == 0xFEFF || code == 0x00AD;
        return code < 0x20 || (code >= 0x7F && code < 0xA0) || turns || hides;
    });
}

QStringList WindowDriver::richTextLeaks(const QWidget& window) const
{
    QStringList leaks;
    for (const QLabel* label : window.findChildren<QLabel*>()) {
        const bool rich = label->textFormat() == Qt::RichText || (label->textFormat() == Qt::AutoText && Qt::mightBeRichText(label->text()));
        if (rich && isCanary(label->text())) {
            leaks << label->text();
        }
    }
    for (const QWidget* widget : window.findChildren<QWidget*>()) {
        if (const QString tip = widget->toolTip(); Qt::mightBeRichText(tip) && tip.contains(QLatin1String("<img"))) {
            leaks << tip;
        }
    }
    for (const QTextEdit* edit : window.findChildren<QTextEdit*>()) {
        if (isCanary(edit->toPlainText())) {
            leaks << edit->toPlainText();
        }
    }
    return leaks;
}

void WindowDriver::picture(QWidget& widget, const QString& name)
{
    ++m_pictures;
    if (const QString folder = qEnvironmentVariable("MAILWARD_SHOTS"); !folder.isEmpty()) {
        QDir().mkpath(folder);
        widget.grab().save(QStringLiteral("%1/%2-%3.png").arg(folder).arg(m_pictures, 2, 10, QLatin1Char('0')).arg(name));
    }
}

} // namespace mailward

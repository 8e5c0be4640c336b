// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/SlipPainter.h"

#include "ui/theme/Theme.h"

#include <QCoreApplication>
#include <QPainter>
#include <QPrinter>

namespace mailward {

namespace {

QString tr(const char* text) { return QCoreApplication::translate("Slips", text); }

/// `font` so that a capital is `height` high in painter's units, whatever the device.
QFont sized(QFont font, double height)
{
    font.setPixelSize(std::max(1, static_cast<int>(height)));
    return font;
}

QFont mono(double height)
{
    return sized(monoFont(), height);
}

} // namespace

void paintSecret(QPainter& painter, const QRectF& room, const Secret& secret, bool hidden)
{
    const QFontMetricsF metrics(painter.font(), painter.device());
    const double step = metrics.horizontalAdvance(QLatin1Char('m')) * 1.08;
    const double line = metrics.height() * 1.15;
    const auto columns = std::max<std::size_t>(1, static_cast<std::size_t>(room.width() / step));
    for (std::size_t i = 0; i < secret.size(); ++i) {
        const QPointF at(room.left() + static_cast<double>(i % columns) * step, room.top() + metrics.ascent() + static_cast<double>(i / columns) * line);
        const bool separates = secret.data()[i] == '-';
        painter.drawText(at, hidden && !separates ? QString(QChar(0x2022)) : QString(QLatin1Char(secret.data()[i])));
    }
}

void paintSlip(QPainter& painter, const QRectF& room, const SlipView& slip, bool hidden, double unit)
{
    const QRectF inside = room.adjusted(9 * unit, 9 * unit, -9 * unit, -9 * unit);
    double y = inside.top();
    const auto text = [&](const QString& words, const QFont& font, const QColor& ink, double gap) {
        painter.setFont(font);
        painter.setPen(ink);
        const QRectF place(inside.left(), y, inside.width(), inside.bottom() - y);
        const QRectF used = painter.boundingRect(place, Qt::TextWordWrap, words);
        painter.drawText(place, Qt::TextWordWrap, words);
        y = used.bottom() + gap * unit;
    };
    const QColor ink(Qt::black), quiet(90, 90, 90);
    const QFont body = sized(QGuiApplication::font(), 3.4 * unit);
    QFont head = sized(QGuiApplication::font(), 5 * unit);
    head.setBold(true);
    text(tr("Your new mail password"), head, ink, 5);
    text(tr("Account"), body, quiet, 1);
    text(slip.account.plain(254), mono(4 * unit), ink, 4);
    text(tr("Password"), body, quiet, 1.5);
    painter.setFont(mono(6 * unit));
    painter.setPen(ink);
    const QRectF field(inside.left(), y, inside.width(), 21 * unit);
    painter.save();
    painter.setPen(QPen(QColor(160, 160, 160), 0.2 * unit));
    painter.drawRect(field);
    painter.restore();
    if (slip.password) {
        paintSecret(painter, field.adjusted(3 * unit, 3 * unit, -3 * unit, 0), *slip.password, hidden);
    }
    y = field.bottom() + 5 * unit;
    text(tr("Type it once in each mail program and phone that you use; letter case counts, dashes belong to it. Until you do, these cannot log in, and that is no fault of theirs."), body, ink, 3);
    text(tr("Keep this slip where only you find it, or destroy it when the password is stored. Nobody will ever ask you for it."), body, ink, 3);
    text(tr("%1 · made %2").arg(slip.servers, slip.made), sized(QGuiApplication::font(), 2.8 * unit), quiet, 0);
}

QRectF slipPlace(const QRectF& page, int number, int perPage)
{
    if (perPage == 1) {
        return page;
    }
    const QSizeF half = page.size() / 2;
    const int place = number % 4;
    return {page.topLeft() + QPointF(place % 2 * half.width(), place / 2 * half.height()), half};
}

void printSlips(QPrinter& printer, const std::vector<SlipView>& slips, int perPage)
{
    QPainter painter(&printer);
    const QRectF page = printer.pageRect(QPrinter::DevicePixel).translated(-printer.pageRect(QPrinter::DevicePixel).topLeft());
    const double unit = printer.resolution() / 25.4;
    for (std::size_t i = 0; i < slips.size(); ++i) {
        const int place = static_cast<int>(i % static_cast<std::size_t>(perPage));
        if (i > 0 && place == 0) {
            printer.newPage();
        }
        if (perPage > 1 && place == 0) {
            painter.setPen(QPen(QColor(160, 160, 160), 0.15 * unit, Qt::DashLine));
            painter.drawLine(QPointF(page.center().x(), page.top()), QPointF(page.center().x(), page.bottom()));
            painter.drawLine(QPointF(page.left(), page.center().y()), QPointF(page.right(), page.center().y()));
        }
        paintSlip(painter, slipPlace(page, place, perPage), slips[i], false, unit);
    }
}

} // namespace mailward

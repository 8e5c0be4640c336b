// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/MapScale.h"

#include "models/tables/Format.h"

#include <QPainter>
#include <cmath>

namespace mailward {

namespace {

constexpr double kFaintest = 0.3;
constexpr double kBandHeight = 7;

} // namespace

double MapScale::place(std::uint64_t count) const
{
    if (most <= 1) {
        return count == 0 ? 0 : 1;
    }
    const auto value = static_cast<double>(std::min(count, most));
    const auto top = static_cast<double>(most);
    return logarithmic ? std::log1p(value) / std::log1p(top) : value / top;
}

double MapScale::weight(std::uint64_t count) const
{
    return count == 0 || most == 0 ? 0 : kFaintest + (1 - kFaintest) * place(count);
}

std::vector<std::pair<double, std::uint64_t>> MapScale::ticks() const
{
    std::vector<std::pair<double, std::uint64_t>> ticks;
    if (most == 0) {
        return ticks;
    }
    if (logarithmic) {
        for (std::uint64_t value = 1; value < most && value <= 1'000'000'000; value *= 10) {
            ticks.emplace_back(place(value), value);
        }
    } else {
        ticks.emplace_back(0, 0);
    }
    ticks.emplace_back(1, most);
    return ticks;
}

QColor mixed(const QColor& a, const QColor& b, double share)
{
    const auto mix = [share](int x, int y) { return static_cast<int>(std::lround(x + (y - x) * share)); };
    return {mix(a.red(), b.red()), mix(a.green(), b.green()), mix(a.blue(), b.blue())};
}

void paintMapLegend(QPainter& painter, const QRectF& where, const MapScale& scale, Token token, const QWidget* widget)
{
    if (scale.most == 0) {
        return;
    }
    const QColor land = color(Token::Land, widget);
    const QColor full = color(token, widget);
    QLinearGradient shades(where.topLeft(), where.topRight());
    shades.setColorAt(0, mixed(land, full, kFaintest));
    shades.setColorAt(1, full);
    painter.setPen(Qt::NoPen);
    painter.setBrush(shades);
    painter.drawRoundedRect(QRectF(where.topLeft(), QSizeF(where.width(), kBandHeight)), 2, 2);
    painter.setFont(captionFont());
    painter.setPen(color(Token::Muted, widget));
    const QFontMetricsF metrics(captionFont());
    const auto ticks = scale.ticks();
    double taken = where.right() + metrics.horizontalAdvance(formatCount(scale.most)) + 8; // from the right: the largest matters most
    for (auto tick = ticks.rbegin(); tick != ticks.rend(); ++tick) {
        const QString text = formatCount(tick->second);
        const double room = metrics.horizontalAdvance(text);
        const double x = where.left() + std::clamp(tick->first * where.width() - room / 2, 0.0, where.width() - room);
        if (x + room + 6 <= taken) {
            painter.drawText(QPointF(x, where.top() + kBandHeight + metrics.ascent() + 1), text);
            taken = x;
        }
    }
}

} // namespace mailward

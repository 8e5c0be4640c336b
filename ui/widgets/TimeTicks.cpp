// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/TimeTicks.h"

#include <QDateTime>
#include <QLocale>
#include <array>
#include <cmath>

namespace mailward {

namespace {

constexpr qint64 kDay = 86400;
constexpr std::array<qint64, 17> kSteps{1, 5, 15, 30, 60, 300, 900, 1800, 3600, 3 * 3600, 6 * 3600, 12 * 3600, kDay, 2 * kDay, 7 * kDay, 14 * kDay, 28 * kDay};

QDateTime local(Instant at, const QTimeZone& zone)
{
    return QDateTime::fromMSecsSinceEpoch(toMicros(at) / 1000, zone);
}

QString labelOf(const QDateTime& at, qint64 step)
{
    const QLocale locale;
    if (step >= 7 * kDay) {
        return locale.toString(at, QStringLiteral("d MMM"));
    }
    if (step >= kDay || at.time() == QTime(0, 0)) {
        return locale.toString(at, QStringLiteral("ddd d MMM"));
    }
    return at.toString(step < 60 ? QStringLiteral("HH:mm:ss") : QStringLiteral("HH:mm"));
}

/// The first round time at or after `begin`. Counted from local midnight, so that a shifted clock cannot skew it.
QDateTime firstTick(const QDateTime& begin, qint64 step)
{
    const QDateTime midnight(begin.date(), QTime(0, 0), begin.timeZone());
    if (step < kDay) {
        const qint64 since = midnight.secsTo(begin);
        return midnight.addSecs((since + step - 1) / step * step);
    }
    QDateTime day = midnight < begin ? midnight.addDays(1) : midnight;
    const qint64 days = step / kDay;
    const qint64 off = (day.date().toJulianDay()) % days; // Julian day 0 was a Monday
    return off == 0 ? day : day.addDays(days - off);
}

} // namespace

std::vector<TimeTick> timeTicks(TimeRange range, const QTimeZone& zone, int most)
{
    std::vector<TimeTick> ticks;
    if (range.isEmpty() || most < 1) {
        return ticks;
    }
    const qint64 seconds = range.length().count() / 1'000'000;
    qint64 step = kSteps.front();
    for (const qint64 candidate : kSteps) {
        step = candidate;
        if (seconds / candidate < most) {
            break;
        }
    }
    while (seconds / step >= most) {
        step *= 2;
    }
    const QDateTime end = local(range.end, zone);
    for (QDateTime at = firstTick(local(range.begin, zone), step); at < end;
         at = step < kDay ? at.addSecs(step) : at.addDays(step / kDay)) {
        ticks.push_back({fromMicros(at.toMSecsSinceEpoch() * 1000), labelOf(at, step)});
    }
    return ticks;
}

std::vector<double> valueTicks(double top, bool logarithmic, int most)
{
    std::vector<double> ticks;
    if (top < 1) {
        return ticks;
    }
    const auto limit = static_cast<std::size_t>(std::max(1, most));
    if (logarithmic) {
        const int decades = static_cast<int>(std::floor(std::log10(top))) + 1; // 1, 10, 100 ...
        const int skip = (decades + static_cast<int>(limit) - 1) / static_cast<int>(limit);
        for (int power = (decades - 1) % skip; power < decades; power += skip) { // the largest is among them
            ticks.push_back(std::pow(10, power));
        }
        return ticks;
    }
    double unit = std::max(1.0, std::pow(10, std::floor(std::log10(top)) - 2));
    for (int i = 0;; ++i) {
        static constexpr std::array<double, 3> kRound{1, 2, 5};
        const double step = unit * kRound[static_cast<std::size_t>(i % 3)];
        if (top / step < static_cast<double>(limit) + 1) {
            for (double value = step; value <= top; value += step) {
                ticks.push_back(value);
            }
            return ticks;
        }
        unit *= i % 3 == 2 ? 10 : 1;
    }
}

} // namespace mailward

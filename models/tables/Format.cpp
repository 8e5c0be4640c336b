// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tables/Format.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

namespace mailward {

namespace {

QDateTime inZone(Instant at, const QTimeZone& zone)
{
    const auto millis = std::chrono::floor<std::chrono::milliseconds>(at).time_since_epoch().count();
    return QDateTime::fromMSecsSinceEpoch(millis, zone);
}

QString dayText(const QDateTime& at, bool withYear)
{
    return QLocale().toString(at, withYear ? QStringLiteral("d MMM yyyy") : QStringLiteral("d MMM"));
}

QString tr(const char* text)
{
    return QCoreApplication::translate("mailward::Format", text);
}

} // namespace

QString formatFigure(std::uint64_t count)
{
    return count == 0 ? QStringLiteral("–") : formatCount(count);
}

QString formatPercent(double percent)
{
    const bool whole = percent >= 99.95 || percent < 0.05;
    return QStringLiteral("%1 %").arg(QLocale().toString(percent, 'f', whole ? 0 : 1));
}

QString formatMoment(Instant at, const QTimeZone& zone, Instant now)
{
    const QDateTime when = inZone(at, zone);
    const bool withYear = now != Instant{} && when.date().year() != inZone(now, zone).date().year();
    return QStringLiteral("%1 %2").arg(dayText(when, withYear), when.toString(QStringLiteral("HH:mm:ss")));
}

QString formatMomentFully(Instant at, const QTimeZone& zone)
{
    const QDateTime when = inZone(at, zone);
    const auto micros = (at - std::chrono::floor<std::chrono::seconds>(at)).count();
    const int offset = when.offsetFromUtc() / 60;
    const QString suffix = offset == 0 ? QStringLiteral("Z")
                                       : QStringLiteral("%1%2:%3")
                                             .arg(offset < 0 ? QLatin1Char('-') : QLatin1Char('+'))
                                             .arg(std::abs(offset) / 60, 2, 10, QLatin1Char('0'))
                                             .arg(std::abs(offset) % 60, 2, 10, QLatin1Char('0'));
    return QStringLiteral("%1.%2%3").arg(when.toString(QStringLiteral("yyyy-MM-dd HH:mm:ss")))
        .arg(micros, 6, 10, QLatin1Char('0')).arg(suffix);
}

QString formatRange(TimeRange range, const QTimeZone& zone)
{
    const QDateTime begin = inZone(range.begin, zone);
    const QDateTime end = inZone(range.end, zone);
    const QString format = range.length() < std::chrono::minutes(5) ? QStringLiteral("HH:mm:ss") : QStringLiteral("HH:mm");
    const QString from = begin.toString(format);
    const QString until = end.toString(format);
    if (begin.date() == end.date()) {
        return QStringLiteral("%1, %2 – %3").arg(dayText(begin, false), from, until);
    }
    const bool withYear = begin.date().year() != end.date().year();
    return QStringLiteral("%1 %2 – %3 %4").arg(dayText(begin, withYear), from, dayText(end, withYear), until);
}

QString formatDuration(std::chrono::seconds length)
{
    const qint64 all = std::max<qint64>(0, length.count());
    const qint64 days = all < 2 * 86400 ? 0 : all / 86400; // "24 h" says more than "1 d"
    const qint64 hours = days == 0 ? all / 3600 : all / 3600 % 24;
    const qint64 minutes = all / 60 % 60;
    if (days > 0) {
        return hours == 0 ? tr("%1 d").arg(days) : tr("%1 d %2 h").arg(days).arg(hours);
    }
    if (hours > 0) {
        return minutes == 0 ? tr("%1 h").arg(hours) : tr("%1 h %2 min").arg(hours).arg(minutes);
    }
    return minutes > 0 ? tr("%1 min").arg(minutes) : tr("%1 s").arg(all);
}

QString formatCountry(CountryCode country)
{
    return country == kNoCountry ? QStringLiteral("??") : ascii(countryText(country));
}

QString defang(QString text)
{
    text.replace(QLatin1String("://"), QLatin1String("[://]"));
    text.replace(QLatin1Char('.'), QLatin1String("[.]"));
    text.replace(QLatin1Char('@'), QLatin1String("[@]"));
    return text;
}

QString ascii(std::string_view text)
{
    return QString::fromLatin1(text.data(), static_cast<qsizetype>(text.size()));
}

} // namespace mailward

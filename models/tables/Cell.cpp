// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tables/Cell.h"

namespace mailward {

namespace {

QString csvOf(const QString& text)
{
    return UntrustedText(text.toStdString()).csv();
}

} // namespace

Cell Cell::own(const QString& text, Meaning meaning)
{
    return {text, {}, csvOf(text), meaning, {}};
}

Cell Cell::foreign(const UntrustedText& text, Meaning meaning)
{
    return {text.plain(), text.html(4096), text.csv(), meaning, {}};
}

Cell Cell::figure(std::uint64_t count, Meaning meaning)
{
    return {formatFigure(count), {}, QString::number(count), count == 0 ? Meaning::Muted : meaning, {}, static_cast<qint64>(count)};
}

Cell Cell::time(std::optional<Instant> at, const QTimeZone& zone, Instant now)
{
    if (!at) {
        return {QStringLiteral("–"), {}, {}, Meaning::Muted, {}, QJsonValue::Null};
    }
    return {formatMoment(*at, zone, now), formatMomentFully(*at, zone), ascii(formatRfc3339(*at)), Meaning::Muted, {}, ascii(formatRfc3339(*at))};
}

Cell Cell::pending()
{
    return {QStringLiteral("…"), {}, {}, Meaning::Muted, {}, QJsonValue::Null};
}

Cell Cell::country(CountryCode country, const QString& name)
{
    const QString code = formatCountry(country);
    return {code, name.toHtmlEscaped(), country == kNoCountry ? QString() : code, Meaning::Plain,
            {TargetKind::Country, std::string(countryText(country)), {}}};
}

Cell Cell::address(const IpAddress& address)
{
    const std::string text = address.toString();
    return {ascii(text), {}, ascii(text), Meaning::Plain, {TargetKind::Address, text, {}}};
}

Cell Cell::account(const UntrustedText& account)
{
    return foreign(account).to(account.isEmpty() ? Target{} : Target{TargetKind::Account, account.raw(), {}});
}

Cell&& Cell::to(Target where) &&
{
    target = std::move(where);
    return std::move(*this);
}

Cell&& Cell::withTip(const QString& ownText) &&
{
    tip = ownText.toHtmlEscaped();
    return std::move(*this);
}

} // namespace mailward

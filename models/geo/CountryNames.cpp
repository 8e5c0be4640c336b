// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/geo/CountryNames.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace mailward {

namespace {

QString text(const char* source)
{
    return QCoreApplication::translate("CountryNames", source);
}

QStringList strings(const QJsonValue& array)
{
    QStringList out;
    const QJsonArray values = array.toArray();
    for (const auto& value : values) {
        out.append(value.toString());
    }
    return out;
}

} // namespace

Result<CountryNames> CountryNames::load(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return failure(ErrorCode::Io, text("Cannot read %1: %2").arg(path, file.errorString()),
                       text("Countries are shown by their codes."));
    }
    const QJsonObject root = QJsonDocument::fromJson(file.readAll()).object();
    CountryNames names;
    names.m_languages = strings(root[QLatin1String("languages")]);
    const QJsonObject table = root[QLatin1String("names")].toObject();
    for (auto it = table.begin(); it != table.end(); ++it) {
        const CountryCode code = countryCodeOf(it.key().toStdString());
        const QStringList row = strings(it.value());
        if (code != kNoCountry && row.size() == names.m_languages.size()) {
            names.m_names.emplace(code, row);
        }
    }
    if (names.m_names.empty()) {
        return failure(ErrorCode::Corrupt, text("%1 holds no names of countries").arg(path),
                       text("Countries are shown by their codes."));
    }
    return names;
}

QString CountryNames::name(CountryCode country, const QString& language) const
{
    const auto row = m_names.find(country);
    if (row == m_names.end()) {
        const std::string_view code = countryText(country);
        return QString::fromLatin1(code.data(), static_cast<qsizetype>(code.size()));
    }
    const auto wanted = m_languages.indexOf(language.left(2));
    const QString name = wanted >= 0 ? row->second.at(wanted) : QString();
    return name.isEmpty() ? row->second.value(m_languages.indexOf(QStringLiteral("en"))) : name;
}

std::vector<CountryCode> CountryNames::codes() const
{
    std::vector<CountryCode> out;
    out.reserve(m_names.size());
    for (const auto& [code, row] : m_names) {
        out.push_back(code);
    }
    return out;
}

} // namespace mailward

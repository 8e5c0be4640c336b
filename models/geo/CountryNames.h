// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/core/CountryCode.h"
#include "models/core/Result.h"

#include <QStringList>
#include <map>
#include <vector>

namespace mailward {

/// Country code -> name, in the languages that we ship (en, de, hi). Immutable after load.
class CountryNames
{
public:
    /// Reads geo/countries.json of the share folder.
    [[nodiscard]] static Result<CountryNames> load(const QString& path);

    CountryNames() = default; ///< knows no names: name() gives codes

    /// The name in `language` ("de"), else in English, else the code itself; "" for kNoCountry.
    [[nodiscard]] QString name(CountryCode country, const QString& language = QStringLiteral("en")) const;
    /// All codes that have a name, sorted: for completion.
    [[nodiscard]] std::vector<CountryCode> codes() const;
    [[nodiscard]] const QStringList& languages() const { return m_languages; }

private:
    QStringList m_languages;
    std::map<CountryCode, QStringList> m_names; ///< in the order of m_languages
};

} // namespace mailward

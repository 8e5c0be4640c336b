// SPDX-License-Identifier: GPL-3.0-or-later
// Build tool: one JSON file a language (i18n-iso-countries) -> one small file of country names.
// Usage: mailward-compile-names OUT LANG.json...
#include "resources/tools/FileIo.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace {

/// Of several names the first is mostly the usual one; of these countries it is the official one, too long for a map.
QJsonValue usualName(const QString& code, const QJsonValue& names)
{
    static const QStringList kOfficialFirst{QStringLiteral("CN"), QStringLiteral("MK"), QStringLiteral("RU"), QStringLiteral("US")};
    const QJsonArray several = names.toArray();
    if (several.isEmpty()) {
        return names;
    }
    return several.at(several.size() > 1 && kOfficialFirst.contains(code) ? 1 : 0);
}

} // namespace

int main(int argc, char** argv)
{
    using namespace mailward;
    if (argc < 3) {
        tool::fail(QStringLiteral("usage: mailward-compile-names OUT LANG.json..."));
    }
    QJsonArray languages;
    QJsonObject names;
    for (int i = 2; i < argc; ++i) {
        const QJsonObject file = QJsonDocument::fromJson(tool::readFile(QString::fromLocal8Bit(argv[i]))).object();
        languages.append(file[QLatin1String("locale")]);
        const QJsonObject countries = file[QLatin1String("countries")].toObject();
        for (auto it = countries.begin(); it != countries.end(); ++it) {
            QJsonArray row = names[it.key()].toArray();
            while (row.size() < languages.size() - 1) {
                row.append(QString()); // a language before this one does not know the code
            }
            row.append(usualName(it.key(), *it));
            names[it.key()] = row;
        }
    }
    for (auto it = names.begin(); it != names.end(); ++it) {
        QJsonArray row = it->toArray();
        while (row.size() < languages.size()) {
            row.append(QString());
        }
        *it = row;
    }
    const QJsonObject root{{QStringLiteral("languages"), languages}, {QStringLiteral("names"), names}};
    tool::writeFile(QString::fromLocal8Bit(argv[1]), QJsonDocument(root).toJson(QJsonDocument::Compact));
    return 0;
}

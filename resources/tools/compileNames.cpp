// SPDX-License-Identifier: GPL-3.0-or-later
// Build tool: one JSON file a language (i18n-iso-countries) -> one small file of country names.
// Usage: mailward-compile-names OUT LANG.json...
#include "resources/tools/FileIo.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

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
            row.append(it->isArray() ? it->toArray().first() : *it); // the first of several names is the usual one
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

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/Translations.h"

#include <QCoreApplication>
#include <QLibraryInfo>

namespace mailward {

QString WordTranslator::translate(const char* context, const char* source, const char* disambiguation, int n) const
{
    QString text = QTranslator::translate(context, source, disambiguation, n);
    for (const char* free : {"mailward", "mailward::detect", "mailward::detect::IncidentBuilder", "mailward::Detail", "mailward::Detail::Part", "mailward::Facts", "mailward::RiskBook"}) {
        if (text.isEmpty()) {
            text = QTranslator::translate(free, source, disambiguation, n);
        }
    }
    return text;
}

Translations::Translations(const QLocale& locale)
{
    if (m_own.load(locale, QStringLiteral("mailward"), QStringLiteral("_"), QStringLiteral(":/mailward/translations"))) {
        QCoreApplication::installTranslator(&m_own);
    }
    if (m_qt.load(locale, QStringLiteral("qtbase"), QStringLiteral("_"), QLibraryInfo::path(QLibraryInfo::TranslationsPath))) {
        QCoreApplication::installTranslator(&m_qt);
    }
}

} // namespace mailward

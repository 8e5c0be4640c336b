// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/core/Numbers.h"

#include <QLocale>

namespace mailward {

QString formatCount(std::uint64_t count)
{
    QLocale locale;
    locale.setNumberOptions(QLocale::DefaultNumberOptions);
    return locale.toString(static_cast<qulonglong>(count));
}

QString counted(std::uint64_t count, const QString& one, const QString& many)
{
    return (count == 1 ? one : many).arg(formatCount(count));
}

} // namespace mailward

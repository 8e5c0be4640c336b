// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>

namespace mailward {

/// A text in the words of the desktop's language, for code that is in no QObject; `count` stands for %n. In the context under which
/// lupdate files what it finds in free functions of this namespace.
inline QString tr(const char* text, int count = -1)
{
    return QCoreApplication::translate("mailward", text, nullptr, count);
}

} // namespace mailward

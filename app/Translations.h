// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLocale>
#include <QTranslator>

namespace mailward {

/// Finds words by where they stand in the code, or, for free functions, in the contexts that lupdate files those under.
class WordTranslator final : public QTranslator
{
    Q_OBJECT

public:
    using QTranslator::QTranslator;
    [[nodiscard]] QString translate(const char* context, const char* source, const char* disambiguation, int n) const override;
};

/// The window's words in the person's language, ours and Qt's own; where we have none, English. Lives as long as the window.
class Translations
{
public:
    explicit Translations(const QLocale& locale);

private:
    WordTranslator m_own;
    QTranslator m_qt;
};

} // namespace mailward

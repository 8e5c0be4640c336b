// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/RawText.h"

#include "ui/theme/Theme.h"

namespace mailward {

QPlainTextEdit* rawText(const QString& text)
{
    auto* edit = new QPlainTextEdit;
    edit->setReadOnly(true);
    edit->setProperty("raw", true);
    edit->setFont(monoFont());
    edit->setLineWrapMode(QPlainTextEdit::NoWrap);
    edit->setPlainText(text);
    return edit;
}

QString linesText(const UntrustedText& text)
{
    QStringList lines;
    for (const QByteArray& line : QByteArray::fromStdString(text.raw()).split('\n')) {
        lines << UntrustedText(line.toStdString()).plain(0);
    }
    return lines.join(QLatin1Char('\n'));
}

} // namespace mailward

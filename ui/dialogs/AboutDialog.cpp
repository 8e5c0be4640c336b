// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/AboutDialog.h"

#include "ui/theme/Icons.h"
#include "ui/widgets/Layout.h"

#include <QPlainTextEdit>
#include <QPushButton>

namespace mailward {

AboutDialog::AboutDialog(const QString& version, const QString& libraries, const QString& warning, const QString& attributions, QWidget* parent) : QDialog(parent)
{
    setWindowTitle(tr("About Mailward"));
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(20, 20, 20, 16);
    all->setSpacing(kPadding);
    auto* head = new QHBoxLayout;
    head->setSpacing(kPadding);
    auto* picture = new QLabel;
    picture->setPixmap(applicationIcon().pixmap(56, 56));
    head->addWidget(picture);
    auto* words = new QVBoxLayout;
    auto* name = new TextLabel(tr("Mailward %1").arg(version));
    QFont font = titleFont();
    font.setPointSizeF(font.pointSizeF() * 1.4);
    name->setFont(font);
    words->addWidget(name);
    words->addWidget(new TextLabel(tr("Stops password attacks on mail servers without cutting off the people who work there."), Token::Muted));
    words->addWidget(new TextLabel(tr("GPL-3.0-or-later. %1").arg(libraries), Token::Muted));
    if (!warning.isEmpty()) {
        auto* update = new TextLabel(warning, Token::Critical);
        update->setWordWrap(true);
        update->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        words->addWidget(update);
    }
    head->addLayout(words, 1);
    all->addLayout(head);
    auto* credits = new QPlainTextEdit;
    credits->setReadOnly(true);
    credits->setPlainText(attributions);
    credits->setAccessibleName(tr("Attributions"));
    all->addWidget(credits, 1);
    auto* close = rankedButton(tr("Close"));
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
    all->addWidget(close, 0, Qt::AlignRight);
    resize(560, 380);
}

} // namespace mailward

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/SealedFileForm.h"

#include "ui/widgets/Layout.h"

#include <QGridLayout>
#include <QLineEdit>
#include <QPushButton>

namespace mailward {

SealedFileForm::SealedFileForm(QDialog* dialog) : m_dialog(dialog), m_all(new QVBoxLayout(dialog)), m_fields(new QGridLayout)
{
    dialog->setMinimumWidth(520);
    m_all->setContentsMargins(20, 20, 20, 16);
    m_all->setSpacing(kPadding);
    m_fields->setHorizontalSpacing(kPadding);
    m_fields->setVerticalSpacing(kGap);
    m_all->addLayout(m_fields);
}

void SealedFileForm::addField(const QString& name, QLineEdit* field, const char* objectName)
{
    field->setObjectName(QLatin1String(objectName));
    field->setAccessibleName(name);
    m_fields->addWidget(new TextLabel(name, Token::Muted), m_lines, 0);
    m_fields->addWidget(field, m_lines, 1);
    ++m_lines;
}

void SealedFileForm::addSecret(const QString& name, QLineEdit* field, const char* objectName)
{
    addField(name, field, objectName);
    field->setEchoMode(QLineEdit::Password);
    field->setInputMethodHints(Qt::ImhHiddenText | Qt::ImhSensitiveData | Qt::ImhNoPredictiveText);
}

QPushButton* SealedFileForm::addChoose(const QString& text)
{
    QPushButton* choose = rankedButton(text);
    m_fields->addWidget(choose, 0, 2);
    return choose;
}

void SealedFileForm::addWords(TextLabel* words)
{
    words->setWordWrap(true);
    m_all->addWidget(words);
}

void SealedFileForm::addButtons(const QString& cancel, QPushButton* accept, const char* objectName)
{
    auto* buttons = new QHBoxLayout;
    QPushButton* leave = rankedButton(cancel);
    accept->setObjectName(QLatin1String(objectName));
    accept->setDefault(true);
    buttons->addStretch();
    buttons->addWidget(leave);
    buttons->addWidget(accept);
    m_all->addLayout(buttons);
    QObject::connect(leave, &QPushButton::clicked, m_dialog, &QDialog::reject);
}

} // namespace mailward

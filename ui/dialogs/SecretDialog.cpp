// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/SecretDialog.h"

#include "ui/widgets/Layout.h"

#include <QCheckBox>
#include <QLineEdit>
#include <QPushButton>

namespace mailward {

namespace {

QString sentence(const SecretQuestion& question)
{
    switch (question.kind) {
    case SecretQuestion::Kind::Passphrase: return SecretDialog::tr("The key for %1 is locked. Its passphrase:").arg(question.endpoint);
    case SecretQuestion::Kind::Password: return SecretDialog::tr("Password of %1:").arg(question.endpoint);
    case SecretQuestion::Kind::Challenge: break;
    }
    return SecretDialog::tr("%1 asks:").arg(question.endpoint);
}

} // namespace

SecretDialog::SecretDialog(SecretQuestion question, QWidget* parent) : QDialog(parent), m_question(std::move(question)), m_answer(new QLineEdit),
      m_remember(new QCheckBox(tr("Remember it in the desktop's keyring")))
{
    setObjectName(QStringLiteral("secretDialog"));
    setWindowTitle(tr("Log in to %1").arg(m_question.server));
    setMinimumWidth(440);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(20, 20, 20, 16);
    all->setSpacing(kPadding);
    auto* text = new TextLabel(sentence(m_question));
    text->setWordWrap(true);
    all->addWidget(text);
    if (m_question.kind == SecretQuestion::Kind::Challenge) {
        // The server's words stand apart from ours, so that they cannot pass for them.
        auto* prompt = new TextLabel(m_question.prompt.plain(300));
        prompt->setFont(monoFont());
        prompt->setWordWrap(true);
        all->addWidget(prompt);
    }
    m_answer->setObjectName(QStringLiteral("answer"));
    m_answer->setAccessibleName(text->text());
    m_answer->setEchoMode(m_question.echo ? QLineEdit::Normal : QLineEdit::Password);
    m_answer->setInputMethodHints(Qt::ImhHiddenText | Qt::ImhSensitiveData | Qt::ImhNoPredictiveText);
    all->addWidget(m_answer);
    m_remember->setObjectName(QStringLiteral("rememberSecret"));
    m_remember->setVisible(m_question.canRemember);
    all->addWidget(m_remember);
    auto* note = new TextLabel(m_question.kind == SecretQuestion::Kind::Challenge ? tr("It is sent to this server only, and kept nowhere.")
                                                                                  : m_question.canRemember ? tr("Without that it is kept in memory until Mailward ends; never in a file, a log or on a command line.")
                                                                                  : tr("It is kept in memory until Mailward ends; never in a file, a log or on a command line."),
                               Token::Muted);
    note->setWordWrap(true);
    all->addWidget(note);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch();
    auto* cancel = rankedButton(tr("Cancel"));
    auto* send = rankedButton(tr("Log in"), "primary");
    send->setObjectName(QStringLiteral("sendSecret"));
    send->setDefault(true);
    buttons->addWidget(cancel);
    buttons->addWidget(send);
    all->addLayout(buttons);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(send, &QPushButton::clicked, this, &SecretDialog::submit);
    m_answer->setFocus();
}

SecretDialog::~SecretDialog()
{
    m_answer->clear();
}

void SecretDialog::submit()
{
    QByteArray secret = m_answer->text().toUtf8();
    m_answer->clear();
    emit answered(secret, m_remember->isChecked());
    secret.fill('\0');
    QDialog::accept();
}

} // namespace mailward

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/tables/ConnectionView.h"

#include <QDialog>

class QCheckBox;
class QLineEdit;

namespace mailward {

/// Asks for a passphrase, a password or the answer to a server's question, while the log-in waits.
class SecretDialog final : public QDialog
{
    Q_OBJECT

public:
    explicit SecretDialog(SecretQuestion question, QWidget* parent = nullptr);
    ~SecretDialog() override;

    [[nodiscard]] const SecretQuestion& question() const { return m_question; }

signals:
    /// The receiver moves it into a secret of its own at once; the field is cleared and these bytes are overwritten as soon
    /// as the signal has been handled.
    void answered(const QByteArray& secret, bool remember);

private:
    void submit();

    SecretQuestion m_question;
    QLineEdit* m_answer;
    QCheckBox* m_remember;
};

} // namespace mailward

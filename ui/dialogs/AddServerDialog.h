// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/tables/ConnectionView.h"

#include <QDialog>
#include <QHash>

class QComboBox;
class QGridLayout;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QSpinBox;

namespace mailward {

class TextLabel;

/// Collects what is needed to read a server's logs. It stays open until the controller is content: busy, then problems, or
/// accept().
class AddServerDialog final : public QDialog
{
    Q_OBJECT

public:
    explicit AddServerDialog(const ServerForm& prefilled, QWidget* parent = nullptr);
    ~AddServerDialog() override;

    [[nodiscard]] ServerForm form() const;
    /// Shows each objection beside its field and lets the person go on.
    void setProblems(const std::vector<FormProblem>& problems);
    /// While the connection is tried: fields are shut, `text` says what is going on.
    void setBusy(bool busy, const QString& text = {});
    /// An error of the connection as a whole.
    void setFailure(const QString& text, const QString& hint);

signals:
    /// `secret`: password or passphrase, empty with the agent. The receiver moves it into a secret of its own at once; the
    /// field is cleared and these bytes are overwritten as soon as the signal has been handled.
    void addRequested(const mailward::ServerForm& form, const QByteArray& secret);
    void cancelRequested();

private:
    void addField(QGridLayout* grid, const QString& key, const QString& label, QWidget* field, const QString& advice);
    void fillMethods();
    void submit();
    void fit();
    void pickKeyFile();

    QLineEdit* m_name;
    QLineEdit* m_host;
    QSpinBox* m_port;
    QLineEdit* m_user;
    QComboBox* m_method;
    QLineEdit* m_keyFile;
    QLineEdit* m_secret;
    QPlainTextEdit* m_logs;
    QLineEdit* m_zone;
    TextLabel* m_status;
    TextLabel* m_hint;
    QPushButton* m_add;
    QWidget* m_fields;
    QHash<QString, TextLabel*> m_notes;
    QHash<QString, QString> m_advice;
};

} // namespace mailward

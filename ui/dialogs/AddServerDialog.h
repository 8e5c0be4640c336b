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
class QCheckBox;
class QScrollArea;
class QSpinBox;

namespace mailward {

class CapabilityList;
class TextLabel;

/// Collects what is needed to read a server's logs, of a new one or of one that is there. It stays open until the controller is content: busy, then problems, or
/// accept().
class AddServerDialog final : public QDialog
{
    Q_OBJECT

public:
    explicit AddServerDialog(const ServerForm& prefilled, QWidget* parent = nullptr);
    ~AddServerDialog() override;

    /// The form is of a server that is there: its name stays.
    void setEditing();
    [[nodiscard]] ServerForm form() const;
    /// Shows each objection beside its field and lets the person go on.
    void setProblems(const std::vector<FormProblem>& problems);
    /// While the connection is tried: fields are shut, `text` says what is going on.
    void setBusy(bool busy, const QString& text = {});
    /// An error of the connection as a whole.
    void setFailure(const QString& text, const QString& hint);
    /// There is a secret service that could keep the secret.
    void setCanRemember(bool possible);
    /// The log-in worked; what the server has is on its way.
    void setConnected(const QString& server);
    /// What it has and lacks: the last thing that the form shows.
    void setCapabilities(const std::vector<CapabilityRow>& rows);

signals:
    /// `secret`: password or passphrase, empty with the agent. The receiver moves it into a secret of its own at once; the
    /// field is cleared and these bytes are overwritten as soon as the signal has been handled.
    void addRequested(const mailward::ServerForm& form, const QByteArray& secret);
    void cancelRequested();

private:
    TextLabel* addField(QGridLayout* grid, const QString& key, const QString& label, QWidget* field, const QString& advice);
    void fillMethods();
    void addRarelyNeeded(QGridLayout* grid);
    void submit();
    void fit();
    void followMethod();
    void pickKeyFile();

    QLineEdit* m_name;
    QLineEdit* m_host;
    QSpinBox* m_port;
    QLineEdit* m_user;
    QComboBox* m_method;
    QLineEdit* m_keyFile;
    QLineEdit* m_secret;
    QCheckBox* m_remember;
    QPlainTextEdit* m_logs;
    QLineEdit* m_zone;
    QLineEdit* m_jumps;
    QSpinBox* m_days;
    QCheckBox* m_legacy;
    TextLabel* m_status;
    TextLabel* m_hint;
    QPushButton* m_add;
    QPushButton* m_cancel;
    QWidget* m_fields;
    QScrollArea* m_scroll; ///< around the fields, for small screens
    TextLabel* m_secretLabel = nullptr;
    int m_labelWidth = 0;
    QScrollArea* m_found;
    CapabilityList* m_capabilities;
    TextLabel* m_promise;
    bool m_connected = false;
    QHash<QString, TextLabel*> m_notes;
    QHash<QString, QString> m_advice;
};

} // namespace mailward

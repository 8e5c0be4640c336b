// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QLineEdit;
class QPushButton;

namespace mailward {

class TextLabel;

/// Asks which sealed file of new passwords is to be opened, and for its passphrase. Stays until the file is open, or nobody wants it.
class OpenSealedDialog final : public QDialog
{
    Q_OBJECT

public:
    explicit OpenSealedDialog(const QString& folder, QWidget* parent = nullptr);
    ~OpenSealedDialog() override;

    /// It did not open: why, and what to do.
    void setProblem(const QString& text, const QString& hint);

signals:
    /// The receiver moves the passphrase into a secret of its own at once: these bytes are overwritten after the signal.
    void openRequested(const QString& path, const QByteArray& passphrase);

private:
    void check();
    void browse();
    void submit();

    QString m_folder;
    bool m_opening = false;
    QLineEdit* m_path;
    QLineEdit* m_passphrase;
    TextLabel* m_problem;
    QPushButton* m_open;
};

} // namespace mailward

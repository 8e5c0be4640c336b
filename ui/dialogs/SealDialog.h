// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QLineEdit;
class QPushButton;

namespace mailward {

class TextLabel;

/// Where new passwords are sealed in a file, and behind which passphrase.
class SealDialog final : public QDialog
{
    Q_OBJECT

public:
    /// `goesOn`: of a containment that was cut. A file that is there is opened with its passphrase, and added to.
    explicit SealDialog(const QString& folder, bool goesOn = false, QWidget* parent = nullptr);
    ~SealDialog() override;

    static constexpr int kLeastPassphrase = 12; ///< bytes

signals:
    /// The receiver moves the passphrase into a secret of its own at once: these bytes are overwritten after the signal.
    void sealRequested(const QString& path, const QByteArray& passphrase);

private:
    void check();
    void browse();
    void submit();

    [[nodiscard]] bool opensFile() const;

    bool m_goesOn;
    QLineEdit* m_path;
    QLineEdit* m_first;
    QLineEdit* m_second;
    TextLabel* m_problem;
    QPushButton* m_seal;
};

} // namespace mailward

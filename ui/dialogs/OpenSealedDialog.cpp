// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/OpenSealedDialog.h"

#include "ui/dialogs/SealedFileForm.h"
#include "ui/widgets/Layout.h"

#include <QFileDialog>
#include <QLineEdit>
#include <QPushButton>

namespace mailward {

OpenSealedDialog::OpenSealedDialog(const QString& folder, QWidget* parent)
    : QDialog(parent), m_folder(folder), m_path(new QLineEdit), m_passphrase(new QLineEdit), m_problem(new TextLabel({}, Token::High)), m_open(rankedButton(tr("Open"), "primary"))
{
    setObjectName(QStringLiteral("openSealedDialog"));
    setWindowTitle(tr("Open a sealed file of new passwords"));
    SealedFileForm form(this);
    form.addField(tr("File"), m_path, "path");
    form.addSecret(tr("Passphrase"), m_passphrase, "passphrase");
    QPushButton* choose = form.addChoose(tr("Choose …"));
    form.addWords(new TextLabel(tr("The passwords are shown as slips, to be printed. Nothing is sent anywhere, and the file stays as it is."), Token::Muted));
    form.addWords(m_problem);
    m_problem->hide();
    form.addButtons(tr("Cancel"), m_open, "openSealed");
    for (QLineEdit* field : {m_path, m_passphrase}) {
        connect(field, &QLineEdit::textChanged, this, &OpenSealedDialog::check);
        connect(field, &QLineEdit::textEdited, this, [this] { m_problem->hide(); }); // it was of what stood there before
    }
    connect(choose, &QPushButton::clicked, this, &OpenSealedDialog::browse);
    connect(m_open, &QPushButton::clicked, this, &OpenSealedDialog::submit);
    m_path->setFocus();
    check();
}

OpenSealedDialog::~OpenSealedDialog()
{
    m_passphrase->clear();
}

void OpenSealedDialog::setProblem(const QString& text, const QString& hint)
{
    m_opening = false;
    m_problem->setText(hint.isEmpty() ? text : text + QLatin1Char('\n') + hint);
    m_problem->show();
    adjustSize(); // wrapped words do not make room for themselves
    check();
    m_passphrase->setFocus();
}

void OpenSealedDialog::check()
{
    m_open->setText(m_opening ? tr("Opening …") : tr("Open"));
    m_open->setEnabled(!m_opening && !m_path->text().trimmed().isEmpty() && !m_passphrase->text().isEmpty());
}

void OpenSealedDialog::browse()
{
    auto* dialog = new QFileDialog(this, tr("Open a sealed file of new passwords"), m_folder);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& path) {
        m_path->setText(path);
        m_problem->hide();
        m_passphrase->setFocus();
    });
    dialog->open();
}

void OpenSealedDialog::submit()
{
    if (m_opening) {
        return;
    }
    QByteArray passphrase = m_passphrase->text().toUtf8();
    m_opening = true;
    m_problem->hide();
    m_passphrase->clear();
    check();
    emit openRequested(m_path->text().trimmed(), passphrase);
    passphrase.fill('\0');
}

} // namespace mailward

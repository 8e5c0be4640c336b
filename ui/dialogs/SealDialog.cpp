// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/SealDialog.h"

#include "ui/dialogs/SealedFileForm.h"
#include "ui/widgets/Layout.h"

#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QLineEdit>
#include <QPushButton>

namespace mailward {

SealDialog::SealDialog(const QString& folder, bool goesOn, QWidget* parent)
    : QDialog(parent), m_goesOn(goesOn), m_path(new QLineEdit(folder + QStringLiteral("/new-passwords.sealed"))), m_first(new QLineEdit), m_second(new QLineEdit),
      m_problem(new TextLabel({}, Token::High)), m_seal(rankedButton(tr("Seal"), "primary"))
{
    setObjectName(QStringLiteral("sealDialog"));
    setWindowTitle(tr("Seal the new passwords in a file"));
    SealedFileForm form(this);
    form.addField(tr("File"), m_path, "path");
    form.addSecret(tr("Passphrase"), m_first, "passphrase");
    form.addSecret(tr("Once more"), m_second, "again");
    QPushButton* choose = form.addChoose(tr("Choose …"));
    form.addWords(new TextLabel(goesOn ? tr("Choose the file that the containment began with: it is opened with its passphrase, and what it holds stays. Without one, name a new file.")
                      : tr("The file opens with this passphrase alone: \"Open a sealed file …\" in the menu, or mailward-cli accounts open FILE. Give the passphrase on another way than the file. It is kept nowhere."),
                      Token::Muted));
    form.addWords(m_problem);
    form.addButtons(tr("Cancel"), m_seal, "seal");
    for (QLineEdit* field : {m_path, m_first, m_second}) {
        connect(field, &QLineEdit::textChanged, this, &SealDialog::check);
    }
    connect(m_seal, &QPushButton::clicked, this, &SealDialog::submit);
    connect(choose, &QPushButton::clicked, this, &SealDialog::browse);
    m_first->setFocus();
    check();
}

SealDialog::~SealDialog()
{
    m_first->clear();
    m_second->clear();
}

void SealDialog::check()
{
    QString problem;
    if (m_path->text().trimmed().isEmpty()) {
        problem = tr("Name a file.");
    } else if (opensFile()) {
        problem.clear(); // its own passphrase, whatever its length
    } else if (QFile::exists(m_path->text().trimmed())) {
        problem = tr("This file is there already: choose another name.");
    } else if (m_first->text().toUtf8().size() < kLeastPassphrase) {
        problem = m_first->text().isEmpty() ? QString() : tr("At least %1 characters.").arg(kLeastPassphrase);
    } else if (!m_second->text().isEmpty() && m_first->text() != m_second->text()) {
        problem = tr("The two are not the same.");
    }
    m_problem->setText(problem);
    m_second->setEnabled(!opensFile());
    m_seal->setText(opensFile() ? tr("Open") : tr("Seal"));
    m_seal->setEnabled(problem.isEmpty() && !m_first->text().isEmpty() && (opensFile() || m_first->text() == m_second->text()));
}

bool SealDialog::opensFile() const
{
    return m_goesOn && QFileInfo(m_path->text().trimmed()).isFile();
}

void SealDialog::browse()
{
    auto* dialog = new QFileDialog(this, tr("Seal in"), m_path->text());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setOption(QFileDialog::DontConfirmOverwrite);
    dialog->selectFile(m_path->text());
    connect(dialog, &QFileDialog::fileSelected, m_path, &QLineEdit::setText);
    dialog->open();
}

void SealDialog::submit()
{
    QByteArray passphrase = m_first->text().toUtf8();
    m_first->clear();
    m_second->clear();
    emit sealRequested(m_path->text().trimmed(), passphrase);
    passphrase.fill('\0');
    QDialog::accept();
}

} // namespace mailward

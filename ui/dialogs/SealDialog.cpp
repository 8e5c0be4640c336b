// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/SealDialog.h"

#include "ui/widgets/Layout.h"

#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QGridLayout>
#include <QLineEdit>
#include <QPushButton>

namespace mailward {

SealDialog::SealDialog(const QString& folder, bool goesOn, QWidget* parent)
    : QDialog(parent), m_goesOn(goesOn), m_path(new QLineEdit(folder + QStringLiteral("/new-passwords.sealed"))), m_first(new QLineEdit), m_second(new QLineEdit),
      m_problem(new TextLabel({}, Token::High)), m_seal(rankedButton(tr("Seal"), "primary"))
{
    setObjectName(QStringLiteral("sealDialog"));
    setWindowTitle(tr("Seal the new passwords in a file"));
    setMinimumWidth(520);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(20, 20, 20, 16);
    all->setSpacing(kPadding);
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(kPadding);
    grid->setVerticalSpacing(kGap);
    const auto row = [&](int line, const QString& name, QLineEdit* field, const char* object) {
        field->setObjectName(QLatin1String(object));
        field->setAccessibleName(name);
        grid->addWidget(new TextLabel(name, Token::Muted), line, 0);
        grid->addWidget(field, line, 1);
        connect(field, &QLineEdit::textChanged, this, &SealDialog::check);
    };
    row(0, tr("File"), m_path, "path");
    row(1, tr("Passphrase"), m_first, "passphrase");
    row(2, tr("Once more"), m_second, "again");
    for (QLineEdit* field : {m_first, m_second}) {
        field->setEchoMode(QLineEdit::Password);
        field->setInputMethodHints(Qt::ImhHiddenText | Qt::ImhSensitiveData | Qt::ImhNoPredictiveText);
    }
    auto* choose = rankedButton(tr("Choose …"));
    grid->addWidget(choose, 0, 2);
    all->addLayout(grid);
    auto* note = new TextLabel(goesOn ? tr("Choose the file that the containment began with: it is opened with its passphrase, and what it holds stays. Without one, name a new file.")
                                      : tr("The file opens with this passphrase alone: \"Open a sealed file …\" in the menu, or mailward-cli accounts open FILE. Give the passphrase on another way than the file. It is kept nowhere."),
                               Token::Muted);
    note->setWordWrap(true);
    all->addWidget(note);
    all->addWidget(m_problem);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch();
    auto* cancel = rankedButton(tr("Cancel"));
    m_seal->setObjectName(QStringLiteral("seal"));
    m_seal->setDefault(true);
    buttons->addWidget(cancel);
    buttons->addWidget(m_seal);
    all->addLayout(buttons);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
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

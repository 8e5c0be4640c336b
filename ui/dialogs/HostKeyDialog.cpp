// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/HostKeyDialog.h"

#include "ui/theme/Icons.h"
#include "ui/widgets/Layout.h"

#include <QGridLayout>
#include <QPushButton>

namespace mailward {

namespace {

TextLabel* mono(const QString& text, Token token = Token::Text)
{
    auto* label = new TextLabel(text, token);
    label->setFont(monoFont());
    label->setWordWrap(!text.contains(QLatin1Char('\n'))); // the picture stays as it is
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return label;
}

void addRow(QGridLayout* grid, const QString& name, QWidget* value)
{
    const int row = grid->rowCount();
    grid->addWidget(new TextLabel(name, Token::Muted), row, 0, Qt::AlignTop);
    grid->addWidget(value, row, 1);
}

/// How Debian and most others name the file of a key: the type without "ssh-" and without the curve.
QString keyFileWord(const QString& keyType)
{
    const QString type = keyType.toLower();
    return type.startsWith(QLatin1String("ssh-")) ? type.mid(4) : type.section(QLatin1Char('-'), 0, 0);
}

QString explanation(const HostKeyView& key)
{
    switch (key.state) {
    case KeyStanding::Changed:
        return HostKeyDialog::tr("This is not the key that was accepted for %1. Either the server was set up anew, or somebody stands in between. "
                                 "Nothing was sent to it, and nothing will be.").arg(key.server);
    case KeyStanding::Revoked:
        return HostKeyDialog::tr("This key is marked as revoked. Nothing was sent to %1, and nothing will be.").arg(key.server);
    default:
        return HostKeyDialog::tr("Mailward has never talked to %1. Compare the fingerprint with what the server itself says, over a way that you trust: "
                                 "ssh-keygen -lf /etc/ssh/ssh_host_%2_key.pub").arg(key.server, keyFileWord(key.keyType));
    }
}

} // namespace

HostKeyDialog::HostKeyDialog(HostKeyView key, QWidget* parent) : QDialog(parent), m_key(std::move(key))
{
    const bool stop = m_key.state == KeyStanding::Changed || m_key.state == KeyStanding::Revoked;
    setObjectName(QStringLiteral("hostKeyDialog"));
    setWindowTitle(stop ? tr("Stop: the server's key is wrong") : tr("First contact"));
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(20, 20, 20, 16);
    all->setSpacing(kPadding);
    auto* head = new QHBoxLayout;
    head->setSpacing(kPadding);
    auto* picture = new QLabel;
    picture->setPixmap(icon(stop ? QStringLiteral("warning") : QStringLiteral("key"), stop ? Token::Critical : Token::Accent).pixmap(32, 32));
    head->addWidget(picture, 0, Qt::AlignTop);
    auto* words = new QVBoxLayout;
    auto* title = new TextLabel(stop ? tr("The key of %1 does not match").arg(m_key.server) : tr("Is this really %1?").arg(m_key.server),
                                stop ? Token::Critical : Token::Text);
    title->setFont(titleFont());
    words->addWidget(title);
    auto* text = new TextLabel(explanation(m_key), Token::Muted);
    text->setWordWrap(true);
    text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    text->setMinimumWidth(460);
    words->addWidget(text);
    head->addLayout(words, 1);
    all->addLayout(head);
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(kPadding);
    grid->setColumnStretch(1, 1);
    addRow(grid, tr("Server"), mono(QStringLiteral("%1:%2").arg(m_key.host).arg(m_key.port)));
    addRow(grid, tr("Key type"), mono(m_key.keyType));
    if (stop && !m_key.knownFingerprint.isEmpty()) {
        addRow(grid, tr("Accepted before"), mono(m_key.knownFingerprint, Token::Good));
    }
    addRow(grid, stop ? tr("Shown now") : tr("Fingerprint"), mono(m_key.fingerprint, stop ? Token::Critical : Token::Text));
    if (!m_key.randomart.isEmpty()) {
        addRow(grid, tr("Picture"), mono(m_key.randomart));
    }
    all->addLayout(grid);
    if (!m_key.hint.isEmpty()) {
        auto* hint = new TextLabel(m_key.hint, Token::Muted);
        hint->setWordWrap(true);
        all->addWidget(hint);
    }
    auto* buttons = new QHBoxLayout;
    buttons->addStretch();
    auto* cancel = rankedButton(stop ? tr("Close") : tr("Cancel"));
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    buttons->addWidget(cancel);
    if (!stop) {
        auto* accept = rankedButton(tr("The fingerprint is right: accept"), "primary");
        accept->setObjectName(QStringLiteral("acceptHostKey"));
        connect(accept, &QPushButton::clicked, this, [this] {
            emit acceptRequested(m_key);
            QDialog::accept();
        });
        buttons->addWidget(accept);
    }
    all->addLayout(buttons);
    cancel->setFocus(); // Return must not accept a key
}

} // namespace mailward

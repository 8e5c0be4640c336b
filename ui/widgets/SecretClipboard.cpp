// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/SecretClipboard.h"

#include <QApplication>
#include <QClipboard>
#include <QMimeData>

namespace mailward {

namespace {

class SecretMimeData final : public QMimeData
{
    Q_OBJECT

public:
    explicit SecretMimeData(std::shared_ptr<const Secret> secret) : m_secret(std::move(secret)) {}
    [[nodiscard]] QStringList formats() const override { return {QStringLiteral("text/plain"), QStringLiteral("x-kde-passwordManagerHint")}; }
    [[nodiscard]] bool hasFormat(const QString& format) const override { return formats().contains(format); }
    void forget() { m_secret.reset(); }

protected:
    [[nodiscard]] QVariant retrieveData(const QString& format, QMetaType) const override
    {
        if (format == QLatin1String("x-kde-passwordManagerHint")) {
            return QByteArray("secret");
        }
        return m_secret ? QString::fromUtf8(m_secret->data(), static_cast<qsizetype>(m_secret->size())) : QString();
    }

private:
    std::shared_ptr<const Secret> m_secret;
};

} // namespace

SecretClipboard::SecretClipboard(QObject* parent) : QObject(parent)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &SecretClipboard::clear);
}

SecretClipboard::~SecretClipboard()
{
    clear();
}

void SecretClipboard::put(std::shared_ptr<const Secret> secret)
{
    QApplication::clipboard()->setMimeData(new SecretMimeData(std::move(secret)));
    m_timer.start(m_life);
}

void SecretClipboard::clear()
{
    m_timer.stop();
    QClipboard* clipboard = QApplication::clipboard();
    // Const, because the clipboard owns it; it is ours all the same.
    if (const auto* ours = qobject_cast<const SecretMimeData*>(clipboard->mimeData())) {
        const_cast<SecretMimeData*>(ours)->forget();
        clipboard->clear();
        emit cleared();
    }
}

} // namespace mailward

#include "SecretClipboard.moc"

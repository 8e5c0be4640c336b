// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/Icons.h"

#include <QFile>
#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QSvgRenderer>

// Outside any namespace: what Q_INIT_RESOURCE asks for. A static library's resources are not registered by themselves.
static void registerIcons()
{
    Q_INIT_RESOURCE(mailward_icons);
}

namespace mailward {

namespace {

QByteArray drawing(const QString& name)
{
    registerIcons();
    QFile file(QStringLiteral(":/mailward/icons/%1.svg").arg(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

class LineIconEngine final : public QIconEngine
{
public:
    LineIconEngine(QString name, Token token) : m_name(std::move(name)), m_svg(drawing(m_name)), m_token(token) {}

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override
    {
        const Token token = mode == QIcon::Disabled ? Token::Faint : m_token;
        QByteArray svg = m_svg;
        svg.replace("currentColor", color(token, QGuiApplication::palette()).name().toLatin1());
        QSvgRenderer(svg).render(painter, rect);
    }
    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override
    {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect({}, size), mode, state);
        return pixmap;
    }
    [[nodiscard]] QIconEngine* clone() const override { return new LineIconEngine(*this); }

private:
    QString m_name;
    QByteArray m_svg;
    Token m_token;
};

} // namespace

QIcon icon(const QString& name, Token token)
{
    return QIcon(new LineIconEngine(name, token));
}

QIcon applicationIcon()
{
    QPixmap pixmap(256, 256);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    QSvgRenderer(drawing(QStringLiteral("mailward"))).render(&painter);
    return QIcon(pixmap);
}

} // namespace mailward

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/help/Pictures.h"

#include <QBuffer>
#include <QPainter>
#include <QSaveFile>
#include <QSvgGenerator>
#include <QWidget>

namespace mailward {

namespace {

QByteArray svgOf(QWidget& what)
{
    QBuffer buffer;
    QSvgGenerator svg;
    svg.setOutputDevice(&buffer);
    svg.setSize(what.size());
    svg.setViewBox(what.rect());
    svg.setTitle(what.accessibleName());
    QPainter painter(&svg);
    what.render(&painter);
    painter.end();
    return buffer.data();
}

QByteArray pngOf(QWidget& what)
{
    QImage picture(what.size() * 2, QImage::Format_ARGB32_Premultiplied);
    picture.setDevicePixelRatio(2);
    picture.fill(what.palette().window().color());
    QPainter painter(&picture);
    what.render(&painter);
    painter.end();
    QByteArray bytes;
    QBuffer buffer(&bytes);
    picture.save(&buffer, "PNG");
    return bytes;
}

} // namespace

Result<void> writePicture(QWidget& what, const QString& path)
{
    const QByteArray bytes = path.endsWith(QLatin1String(".svg"), Qt::CaseInsensitive) ? svgOf(what) : pngOf(what);
    QSaveFile file(path);
    if (bytes.isEmpty() || !file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit()) {
        return failure(ErrorCode::Io, QWidget::tr("%1 could not be written").arg(path), file.errorString());
    }
    return {};
}

} // namespace mailward

// SPDX-License-Identifier: GPL-3.0-or-later
// What opens over the window: palette, About, shortcuts, files dropped or chosen. Its frame is in MainWindow.cpp.
#include "ui/MainWindow.h"
#include "ui/dialogs/AboutDialog.h"
#include "ui/dialogs/CommandPalette.h"
#include "ui/help/HelpDialog.h"
#include "ui/help/Pictures.h"
#include "ui/widgets/Layout.h"

#include <QAction>
#include <QDropEvent>
#include <QFileDialog>
#include <QGridLayout>
#include <QMimeData>
#include <QPointer>
#include <QMenu>
#include <QScrollArea>
#include <QToolButton>

namespace mailward {

namespace {

QStringList localFiles(const QMimeData* data)
{
    QStringList paths;
    for (const QUrl& url : data->urls()) {
        if (url.isLocalFile()) {
            paths << url.toLocalFile();
        }
    }
    return paths;
}

} // namespace

void MainWindow::openPalette()
{
    QList<QAction*> commands = actions();
    commands.removeIf([](const QAction* action) { return action->property("ofCommands").toBool(); }); // no lists of commands in a list of commands
    auto* palette = new CommandPalette(commands, this);
    palette->setAttribute(Qt::WA_DeleteOnClose);
    palette->open();
}

/// Every command, in groups as they were made; pages have their place on the rail already.
void MainWindow::openMenu()
{
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("mainMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (QAction* action : actions()) {
        const QString group = action->property("group").toString();
        if (group.isEmpty()) {
            continue;
        }
        if (!menu->isEmpty() && menu->property("group").toString() != group) {
            menu->addSeparator();
        }
        menu->setProperty("group", group);
        menu->addAction(action);
    }
    const QSize size = menu->sizeHint();
    menu->popup(m_menu->mapToGlobal(QPoint(m_menu->width(), m_menu->height() - size.height())));
}

void MainWindow::openFiles()
{
    auto* dialog = new QFileDialog(this, tr("Open log files"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    connect(dialog, &QFileDialog::filesSelected, this, &MainWindow::filesDropped);
    dialog->open();
}

void MainWindow::showAbout()
{
    auto* about = new AboutDialog(m_about.version, m_about.libraries, m_about.warning, m_about.attributions, this);
    about->setAttribute(Qt::WA_DeleteOnClose);
    about->open();
}

void MainWindow::showHelp(const QString& topic)
{
    HelpDialog::showFor(this, topic);
}

QString MainWindow::topicUnderFocus()
{
    return HelpDialog::topicOf(QApplication::focusWidget());
}

void MainWindow::savePicture(const QString& suggestedName, QWidget* what)
{
    auto* dialog = new QFileDialog(this, tr("Save the picture as"), suggestedName);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters({tr("Picture (*.png)"), tr("Drawing (*.svg)")});
    dialog->selectFile(suggestedName);
    connect(dialog, &QFileDialog::fileSelected, this, [this, dialog, picture = QPointer<QWidget>(what)](QString path) {
        if (QFileInfo(path).suffix().isEmpty()) {
            path += dialog->selectedNameFilter().contains(QLatin1String("svg")) ? QLatin1String(".svg") : QLatin1String(".png");
        }
        if (picture) {
            const auto written = writePicture(*picture, path);
            notify(written ? Notice{Meaning::Good, tr("Saved %1").arg(path), {}} : Notice::of(written.error()));
        }
    });
    dialog->open();
}

void MainWindow::showShortcuts()
{
    auto* dialog = new QDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setObjectName(QStringLiteral("shortcuts"));
    dialog->setWindowTitle(tr("Keyboard shortcuts"));
    auto* grid = new QGridLayout(dialog);
    grid->setContentsMargins(20, 16, 20, 16);
    grid->setHorizontalSpacing(28);
    int row = 0;
    for (const QAction* action : actions()) {
        QStringList keys;
        for (const QKeySequence& key : action->shortcuts()) {
            keys << key.toString(QKeySequence::NativeText);
        }
        if (!keys.isEmpty()) {
            grid->addWidget(new TextLabel(action->text()), row, 0);
            auto* label = new TextLabel(keys.join(tr(" or ")), Token::Muted);
            label->setFont(monoFont());
            grid->addWidget(label, row++, 1);
        }
    }
    dialog->open();
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event)
{
    if (!localFiles(event->mimeData()).isEmpty()) {
        event->acceptProposedAction();
    }
}

void MainWindow::dropEvent(QDropEvent* event)
{
    const QStringList paths = localFiles(event->mimeData());
    if (!paths.isEmpty()) {
        event->acceptProposedAction();
        emit filesDropped(paths);
    }
}

} // namespace mailward

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/MainWindow.h"

#include "ui/pages/Page.h"
#include "ui/theme/Icons.h"
#include "ui/widgets/FilterBar.h"
#include "ui/widgets/Layout.h"
#include "ui/widgets/NoticeBar.h"
#include "ui/widgets/Verbs.h"

#include <QActionGroup>
#include <QButtonGroup>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QMimeData>
#include <QSaveFile>
#include <QSettings>
#include <QStackedWidget>
#include <QToolButton>

namespace mailward {

namespace {

constexpr int kRailWidth = 64;
constexpr int kSessionVersion = 1;

} // namespace

MainWindow::MainWindow(AboutText about, QWidget* parent)
    : QMainWindow(parent), m_about(std::move(about)), m_verbs(new Verbs(this)), m_filterBar(new FilterBar), m_notices(new NoticeBar),
      m_pages(new QStackedWidget), m_rail(new QVBoxLayout), m_railButtons(new QButtonGroup(this))
{
    setObjectName(QStringLiteral("mainWindow"));
    setWindowTitle(tr("Mailward"));
    setWindowIcon(applicationIcon());
    setAcceptDrops(true);
    resize(1440, 900);
    buildCentre();
    buildActions();
    m_filterBar->edit()->setFocus();
    m_filterBar->setProperty("helpTopic", QStringLiteral("filter"));
    connect(m_verbs, &Verbs::saveRequested, this, &MainWindow::saveText);
    connect(m_filterBar, &FilterBar::undoRequested, this, &MainWindow::undoFilterRequested);
    connect(m_filterBar, &FilterBar::redoRequested, this, &MainWindow::redoFilterRequested);
    connect(m_filterBar, &FilterBar::clearRequested, this, &MainWindow::clearFilterRequested);
}

MainWindow::~MainWindow() = default;

void MainWindow::buildCentre()
{
    auto* centre = new QWidget;
    auto* all = new QHBoxLayout(centre);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(0);
    auto* rail = new QFrame;
    rail->setObjectName(QStringLiteral("rail"));
    rail->setFixedWidth(kRailWidth);
    rail->setLayout(m_rail);
    m_rail->setContentsMargins(0, kGap, 0, kGap);
    m_rail->setSpacing(2);
    m_rail->addStretch();
    all->addWidget(rail);
    auto* column = new QVBoxLayout;
    column->setContentsMargins(kGap, kGap + 2, kGap, kGap);
    column->setSpacing(kGap);
    column->addWidget(m_filterBar);
    column->addWidget(m_pages, 1);
    column->addWidget(m_notices);
    all->addLayout(column, 1);
    setCentralWidget(centre);
    m_railButtons->setExclusive(true);
}

QAction* MainWindow::command(const char* iconName, const QString& text, const QList<QKeySequence>& keys, std::function<void()> run)
{
    auto* action = new QAction(iconName == nullptr ? QIcon() : icon(QLatin1String(iconName)), text, this);
    action->setShortcuts(keys);
    connect(action, &QAction::triggered, this, std::move(run));
    addAction(action);
    return action;
}

void MainWindow::buildActions()
{
    const auto keys = [](const char* text) { return QList<QKeySequence>{QKeySequence(QLatin1String(text))}; };
    command("filter", tr("Type a filter"), keys("Ctrl+F"), [this] { m_filterBar->edit()->setFocus(Qt::ShortcutFocusReason); });
    command("undo", tr("Back"), keys("Alt+Left"), [this] { emit undoFilterRequested(); });
    command("redo", tr("Forward"), keys("Alt+Right"), [this] { emit redoFilterRequested(); });
    command("close", tr("Clear the whole filter"), keys("Ctrl+Shift+Backspace"), [this] { emit clearFilterRequested(); });
    command(nullptr, tr("Give up the selection"), keys("Esc"), [this] {
        if (currentPage() != nullptr) {
            currentPage()->escape();
        }
    });
    // What stands in the menu, too, group by group.
    const auto listed = [](const char* group, QAction* action) { action->setProperty("group", QLatin1String(group)); };
    listed("data", command("file", tr("Open log files …"), {QKeySequence::Open}, [this] { openFiles(); }));
    listed("data", command("plus", tr("Add a server …"), keys("Ctrl+N"), [this] { emit addServerRequested(); }));
    listed("data", command("pull", tr("Pull from all servers"), keys("Ctrl+Shift+L"), [this] { emit pullAllRequested(); }));
    listed("data", command("clock", tr("Earlier containments …"), keys("Ctrl+Shift+E"), [this] { emit earlierRequested(); }));
    listed("data", command("key", tr("Open a sealed file of new passwords …"), {}, [this] { emit openSealedRequested(); }));
    listed("data", command("refresh", tr("Refresh"), keys("F5"), [this] { emit refreshRequested(); }));
    QAction* palette = command("terminal", tr("Command palette"), keys("Ctrl+K") + keys("Ctrl+Shift+P"), [this] { openPalette(); });
    palette->setProperty("ofCommands", true);
    listed("view", palette);
    listed("view", command("zoomin", tr("Full screen"), {QKeySequence::FullScreen}, [this] { setWindowState(windowState() ^ Qt::WindowFullScreen); }));
    addThemeActions();
    listed("help", command("follow", tr("Take the tour"), {}, [this] { emit tourRequested(); }));
    listed("help", command("search", tr("Help"), {QKeySequence::HelpContents}, [this] { showHelp(topicUnderFocus()); }));
    listed("help", command("key", tr("Keyboard shortcuts"), keys("Ctrl+/"), [this] { showShortcuts(); }));
    listed("help", command("info", tr("About Mailward"), {}, [this] { showAbout(); }));
    listed("quit", command("close", tr("Quit"), {QKeySequence::Quit}, [this] { close(); }));
    command("commands", tr("Menu"), keys("F10"), [this] { openMenu(); })->setProperty("ofCommands", true);
    m_menu = new QToolButton;
    m_menu->setProperty("rail", true);
    m_menu->setIcon(icon(QStringLiteral("commands"), Token::RailText));
    m_menu->setIconSize({20, 20});
    m_menu->setText(tr("Menu"));
    m_menu->setToolButtonStyle(Qt::ToolButtonTextUnderIcon);
    m_menu->setFont(captionFont());
    m_menu->setFixedWidth(kRailWidth);
    m_menu->setToolTip(tr("Menu (F10)"));
    m_menu->setAccessibleName(tr("Menu"));
    connect(m_menu, &QToolButton::clicked, this, &MainWindow::openMenu);
    m_rail->addWidget(m_menu);
}

void MainWindow::addThemeActions()
{
    const std::array<std::pair<QString, ThemeChoice>, 3> themes{{{tr("Theme: as the desktop"), ThemeChoice::Auto},
                                                                 {tr("Theme: light"), ThemeChoice::Light},
                                                                 {tr("Theme: dark"), ThemeChoice::Dark}}};
    auto* group = new QActionGroup(this);
    for (const auto& [text, choice] : themes) {
        QAction* action = command(nullptr, text, {}, [this, choice = choice] { setThemeChoice(choice); });
        action->setProperty("group", QStringLiteral("theme"));
        action->setCheckable(true);
        action->setChecked(choice == m_theme);
        action->setData(static_cast<int>(choice));
        group->addAction(action);
        m_themeActions << action;
    }
}

void MainWindow::addPage(Page* page)
{
    m_order << page;
    m_pages->addWidget(page);
    page->setZone(m_zone);
    const auto number = m_order.size();
    auto* button = new QToolButton;
    button->setProperty("rail", true);
    button->setCheckable(true);
    button->setText(page->title());
    button->setIcon(icon(page->iconName(), Token::RailText));
    button->setIconSize({20, 20});
    button->setToolButtonStyle(Qt::ToolButtonTextUnderIcon);
    button->setFixedWidth(kRailWidth);
    button->setFont(captionFont());
    button->setAccessibleName(page->title());
    button->setToolTip(tr("%1 (Ctrl+%2)").arg(page->title()).arg(number));
    m_railButtons->addButton(button, static_cast<int>(number) - 1);
    m_rail->insertWidget(static_cast<int>(number) - 1, button);
    connect(button, &QToolButton::clicked, this, [this, page] { showPage(page); });
    const QKeySequence key(QStringLiteral("Ctrl+%1").arg(number));
    command(nullptr, tr("Go to %1").arg(page->title()), {key}, [this, page] { showPage(page); })->setIcon(icon(page->iconName()));
    if (number == 1) {
        showPage(page);
    }
}

void MainWindow::showPage(Page* page)
{
    const auto index = m_order.indexOf(page);
    if (index >= 0) {
        m_pages->setCurrentWidget(page);
        m_railButtons->button(static_cast<int>(index))->setChecked(true);
        emit pageShown(static_cast<int>(index));
    }
}

void MainWindow::showPageNumber(int number)
{
    if (Page* page = m_order.value(number)) {
        showPage(page);
    }
}

Page* MainWindow::currentPage() const
{
    return m_order.value(m_pages->currentIndex());
}

void MainWindow::notify(const Notice& notice)
{
    m_notices->show(notice);
}

void MainWindow::setZone(ZoneChoice choice, const QTimeZone& zone)
{
    m_zoneChoice = choice;
    m_zone = zone;
    m_filterBar->setZoneChoice(choice);
    for (Page* page : m_order) {
        page->setZone(zone);
    }
}

void MainWindow::setThemeChoice(ThemeChoice choice)
{
    m_theme = choice;
    for (QAction* action : m_themeActions) {
        action->setChecked(action->data().toInt() == static_cast<int>(choice));
    }
    applyTheme(*qApp, choice);
}

void MainWindow::saveText(const QString& suggestedName, const QString& text)
{
    auto* dialog = new QFileDialog(this, tr("Save as"), suggestedName);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->selectFile(suggestedName);
    connect(dialog, &QFileDialog::fileSelected, this, [this, text](const QString& path) {
        QSaveFile file(path);
        const bool written = file.open(QIODevice::WriteOnly) && file.write(text.toUtf8()) >= 0 && file.commit();
        notify(written ? Notice{Meaning::Good, tr("Saved %1").arg(path), {}}
                       : Notice{Meaning::Critical, tr("%1 could not be written").arg(path), file.errorString()});
    });
    dialog->open();
}

void MainWindow::saveSession(QSettings& settings) const
{
    settings.beginGroup(QStringLiteral("window"));
    settings.setValue(QStringLiteral("version"), kSessionVersion);
    settings.setValue(QStringLiteral("geometry"), saveGeometry());
    settings.setValue(QStringLiteral("theme"), int(m_theme));
    settings.setValue(QStringLiteral("zone"), int(m_zoneChoice));
    settings.setValue(QStringLiteral("page"), m_pages->currentIndex());
    for (qsizetype i = 0; i < m_order.size(); ++i) {
        settings.setValue(QStringLiteral("page%1").arg(i), m_order[i]->saveState());
    }
    settings.endGroup();
}

void MainWindow::restoreSession(QSettings& settings)
{
    settings.beginGroup(QStringLiteral("window"));
    if (settings.value(QStringLiteral("version")).toInt() == kSessionVersion) {
        restoreGeometry(settings.value(QStringLiteral("geometry")).toByteArray());
        setThemeChoice(static_cast<ThemeChoice>(std::clamp(settings.value(QStringLiteral("theme")).toInt(), 0, 2)));
        for (qsizetype i = 0; i < m_order.size(); ++i) {
            m_order[i]->restoreState(settings.value(QStringLiteral("page%1").arg(i)).toByteArray());
        }
        if (Page* page = m_order.value(settings.value(QStringLiteral("page")).toInt())) {
            showPage(page);
        }
        const auto zone = static_cast<ZoneChoice>(std::clamp(settings.value(QStringLiteral("zone")).toInt(), 0, 2));
        emit m_filterBar->zoneRequested(zone);
    }
    settings.endGroup();
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    emit closing();
    QMainWindow::closeEvent(event);
}

} // namespace mailward

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/tables/ConnectionView.h"
#include "models/tables/FilterView.h"
#include "models/tables/Notice.h"
#include "ui/theme/Theme.h"

#include <QMainWindow>
#include <QTimeZone>

class QButtonGroup;
class QSettings;
class QStackedWidget;
class QToolButton;
class QVBoxLayout;

namespace mailward {

class FilterBar;
class NoticeBar;
class Page;
class Verbs;

/// What About shows; handed in, because the window knows no libraries.
struct AboutText {
    QString version;
    QString libraries;    ///< "Qt 6.4.2 · libssh 0.10.6 · ..."
    QString warning;      ///< a library that should be updated; empty: none
    QString attributions; ///< of the data
};

/// The frame: rail, filter bar, pages, messages, commands. Decides nothing; every wish is a signal.
class MainWindow final : public QMainWindow
{
    Q_OBJECT

public:
    explicit MainWindow(AboutText about, QWidget* parent = nullptr);
    ~MainWindow() override;

    /// Puts a page on the rail; the first one is shown. Ctrl+1, Ctrl+2 ... in the order of adding. Takes ownership.
    void addPage(Page* page);
    void showPage(Page* page);
    /// By its place on the rail; others are ignored.
    void showPageNumber(int number);
    [[nodiscard]] Page* currentPage() const;
    [[nodiscard]] FilterBar* filterBar() const { return m_filterBar; }
    [[nodiscard]] NoticeBar* notices() const { return m_notices; }
    [[nodiscard]] Verbs* verbs() const { return m_verbs; }

    void notify(const Notice& notice);
    /// One zone for every time on screen.
    void setZone(ZoneChoice choice, const QTimeZone& zone);
    /// Saves a text chosen by the person's own file dialog (CSV exports).
    void saveText(const QString& suggestedName, const QString& text);
    /// The same for a picture of a widget: PNG or SVG.
    void savePicture(const QString& suggestedName, QWidget* what);
    void showHelp(const QString& topic);
    /// Geometry, page, splitters, theme; under the group "window".
    void saveSession(QSettings& settings) const;
    void restoreSession(QSettings& settings);
    [[nodiscard]] ThemeChoice themeChoice() const { return m_theme; }
    void setThemeChoice(ThemeChoice choice);

signals:
    void filesDropped(const QStringList& paths); ///< dropped on the window, or chosen with Open
    void refreshRequested();
    void addServerRequested();
    void pullAllRequested();
    void earlierRequested(); ///< the list of earlier containments
    void openSealedRequested(); ///< a sealed file of new passwords
    void undoFilterRequested();
    void redoFilterRequested();
    void clearFilterRequested();
    void pageShown(int number);
    void tourRequested();
    void closing(); ///< the session may be saved now

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void closeEvent(QCloseEvent* event) override;

private:
    void buildCentre();
    void buildActions();
    void addThemeActions();
    QAction* command(const char* iconName, const QString& text, const QList<QKeySequence>& keys, std::function<void()> run);
    void openPalette();
    void openMenu();
    [[nodiscard]] static QString topicUnderFocus();
    void openFiles();
    void showAbout();
    void showShortcuts();

    AboutText m_about;
    Verbs* m_verbs;
    FilterBar* m_filterBar;
    NoticeBar* m_notices;
    QStackedWidget* m_pages;
    QVBoxLayout* m_rail;
    QButtonGroup* m_railButtons;
    QToolButton* m_menu = nullptr;
    QList<QAction*> m_themeActions;
    QList<Page*> m_order;
    ThemeChoice m_theme = ThemeChoice::Auto;
    ZoneChoice m_zoneChoice = ZoneChoice::Utc;
    QTimeZone m_zone = QTimeZone::utc();
};

} // namespace mailward

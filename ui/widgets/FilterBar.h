// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/tables/ConnectionView.h"
#include "models/tables/FilterView.h"

#include <QFrame>
#include <QLineEdit>

class QComboBox;
class QCompleter;
class QHBoxLayout;
class QStringListModel;
class QToolButton;

namespace mailward {

class TextLabel;

/// The line in which a filter is typed: completes the word under the cursor, underlines what was not understood.
class FilterEdit final : public QLineEdit
{
    Q_OBJECT

public:
    explicit FilterEdit(QWidget* parent = nullptr);
    void setVocabulary(const FilterVocabulary& vocabulary);
    void setProblem(const FilterProblem& problem);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void complete();
    void insertCompletion(const QString& word);
    [[nodiscard]] int wordStart() const;

    FilterVocabulary m_vocabulary;
    FilterProblem m_problem;
    QCompleter* m_completer;
    QStringListModel* m_words;
};

/// What everything on screen is narrowed down to, and how fresh it is.
class FilterBar final : public QFrame
{
    Q_OBJECT

public:
    explicit FilterBar(QWidget* parent = nullptr);
    void setFilter(const FilterView& view);
    /// An empty problem takes the message away.
    void setProblem(const FilterProblem& problem);
    void setVocabulary(const FilterVocabulary& vocabulary) { m_edit->setVocabulary(vocabulary); }
    void setLights(const std::vector<ServerLight>& lights);
    void setZoneChoice(ZoneChoice choice);
    [[nodiscard]] FilterEdit* edit() const { return m_edit; }

signals:
    void textEdited(const QString& text);    ///< while typing, to be judged
    void textRequested(const QString& text); ///< Return was pressed
    void chipRemoveRequested(int index);
    void clearRequested();
    void undoRequested();
    void redoRequested();
    void zoneRequested(mailward::ZoneChoice choice);

private:
    QStringList m_shown;                ///< chips
    std::vector<ServerLight> m_servers; ///< lights
    QHBoxLayout* m_chips;
    FilterEdit* m_edit;
    TextLabel* m_problem;
    QToolButton* m_undo;
    QToolButton* m_redo;
    QHBoxLayout* m_lights;
    QComboBox* m_zone;
};

} // namespace mailward

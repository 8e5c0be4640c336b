// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/controllers/JobThread.h"
#include "app/controllers/Response.h"
#include "models/core/SecretsAtWork.h"
#include "models/tables/ContainView.h"
#include "models/tables/EarlierTableModel.h"
#include "models/tables/Notice.h"

#include <QObject>
#include <functional>

namespace mailward {

/// What earlier containments left behind: the list of them, word of those that are unfinished, and the sealed files of their new
/// passwords. Going on with one and taking one back are ContainmentController's. Lives in the window's thread.
class EarlierController final : public QObject
{
    Q_OBJECT

public:
    using Post = std::function<void(std::function<void(Response&)>)>;

    /// `post` runs work with the answering side, see ResponseDesk::post().
    EarlierController(Post post, const Clock& clock, QObject* parent = nullptr);
    ~EarlierController() override;

    [[nodiscard]] EarlierTableModel& model() { return m_rows; }
    void setZone(const QTimeZone& zone);

    /// Reads the journal again.
    void refresh();
    /// Says which containments an earlier run of the console left unfinished.
    void tellUnfinished();

    /// Opens a file of new passwords; they are held in locked memory until letGo().
    void openSealed(const QString& path, std::shared_ptr<const Secret> passphrase);
    [[nodiscard]] const std::vector<SlipView>& slips() const { return m_slips; }
    void letGo();

signals:
    void refreshed();
    void sealedOpened();
    void sealedRefused(const QString& text, const QString& hint);
    void noticed(const mailward::Notice& notice);

private:
    void takeSlips(std::vector<PasswordSlip> slips);

    Post m_post;
    const Clock& m_clock;
    QTimeZone m_zone = QTimeZone::utc();
    EarlierTableModel m_rows;
    std::vector<SlipView> m_slips;
    std::unique_ptr<SecretsAtWork> m_secrets; ///< while slips live
    quint64 m_asked = 0;
    JobThread m_jobs; ///< last: its jobs speak to the above
};

} // namespace mailward

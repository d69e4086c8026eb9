// SPDX-License-Identifier: Apache-2.0
#include "print/fonts.h"

#include <fontconfig/fontconfig.h>

#include <algorithm>

#if defined(__SANITIZE_ADDRESS__)
#define DOUDI_LEAKS_ARE_LOOKED_FOR
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define DOUDI_LEAKS_ARE_LOOKED_FOR
#elif __has_feature(thread_sanitizer)
#define DOUDI_RACES_ARE_LOOKED_FOR
#endif
#endif
// The names below are the checkers' own.
#ifdef DOUDI_LEAKS_ARE_LOOKED_FOR
// Fontconfig holds what it keeps by distances, not by pointers, and Pango's thread and Cairo's caches hold
// fonts until the program ends: a checker of leaks takes all of it for lost.
extern "C" const char* __lsan_default_suppressions();   // NOLINT
extern "C" const char* __lsan_default_suppressions() {  // NOLINT
    return "leak:libfontconfig\nleak:libcairo\nleak:libpango\n";
}
extern "C" const char* __lsan_default_options();   // NOLINT
extern "C" const char* __lsan_default_options() {  // NOLINT
    return "print_suppressions=0";
}
#endif
#ifdef DOUDI_RACES_ARE_LOOKED_FOR
// Pango looks for fonts in a thread of its own; GLib's locks are unknown to the checker. Cairo takes a font's
// lock and that of the glyphs of all fonts in either order: a font whose lock is held is frozen, and gives up
// no page of glyphs.
extern "C" const char* __tsan_default_suppressions();   // NOLINT
extern "C" const char* __tsan_default_suppressions() {  // NOLINT
    return "race:libfontconfig\nrace:libpango\nrace:libglib\ndeadlock:libcairo\n";
}
#endif

namespace doudi::print {
namespace {

struct FoundFamily {
    std::set<std::string> files;
    FcCharSet* characters = nullptr;  // counted by the caller
};

template <class Thing, void (*destroy)(Thing*)>
std::shared_ptr<Thing> owned(Thing* thing) {
    return {thing, [](Thing* one) {
                if (one != nullptr) destroy(one);
            }};
}

// Every file of a family, and the characters that all of its faces have.
FoundFamily find_family(FcConfig* system, const std::string& family) {
    FoundFamily found;
    const auto pattern = owned<FcPattern, FcPatternDestroy>(FcPatternCreate());
    FcPatternAddString(pattern.get(), FC_FAMILY, reinterpret_cast<const FcChar8*>(family.c_str()));
    const auto wanted = owned<FcObjectSet, FcObjectSetDestroy>(
        FcObjectSetBuild(FC_FAMILY, FC_FILE, FC_CHARSET, static_cast<char*>(nullptr)));
    const auto fonts = owned<FcFontSet, FcFontSetDestroy>(FcFontList(system, pattern.get(), wanted.get()));
    if (fonts == nullptr) return found;
    for (int i = 0; i < fonts->nfont; ++i) {
        FcChar8* file = nullptr;
        FcCharSet* characters = nullptr;
        if (FcPatternGetString(fonts->fonts[i], FC_FILE, 0, &file) != FcResultMatch ||
            FcPatternGetCharSet(fonts->fonts[i], FC_CHARSET, 0, &characters) != FcResultMatch)
            continue;
        found.files.insert(reinterpret_cast<const char*>(file));
        FcCharSet* both = found.characters == nullptr ? FcCharSetCopy(characters)
                                                      : FcCharSetIntersect(found.characters, characters);
        if (found.characters != nullptr) FcCharSetDestroy(found.characters);
        found.characters = both;
    }
    return found;
}

std::unexpected<Error> missing(const FontFamily& family) {
    return fail(ErrorKind::not_found, "paper_font",
                {"没有安装字体 " + family.family + "（Debian 软件包 " + family.package + "）",
                 "the font " + family.family + " is not installed (Debian package " + family.package + ")"});
}

}  // namespace

Result<Fonts> Fonts::open(const std::vector<FontChoice>& choices) {
    const auto system = owned<FcConfig, FcConfigDestroy>(FcInitLoadConfigAndFonts());
    const auto own = owned<FcConfig, FcConfigDestroy>(FcConfigCreate());
    Fonts fonts;
    std::set<std::string> files;
    for (const FontChoice& choice : choices) {
        Known known{choice.id, {}, {}};
        const auto all = owned<FcCharSet, FcCharSetDestroy>(FcCharSetCreate());
        for (const FontFamily& family : choice.families) {
            FoundFamily found = find_family(system.get(), family.family);
            const auto characters = owned<FcCharSet, FcCharSetDestroy>(found.characters);
            if (characters == nullptr) return missing(family);
            files.merge(found.files);
            FcBool changed = FcFalse;
            FcCharSetMerge(all.get(), characters.get(), &changed);
            if (!known.families.empty()) known.families += ',';
            known.families += family.family;
        }
        known.characters = all;
        fonts.choices_.push_back(std::move(known));
    }
    for (const std::string& file : files)
        FcConfigAppFontAddFile(own.get(), reinterpret_cast<const FcChar8*>(file.c_str()));
    fonts.config_ = own;
    return fonts;
}

bool Fonts::has(char32_t character) const {
    return std::ranges::all_of(choices_, [&](const Known& choice) {
        return FcCharSetHasChar(static_cast<const FcCharSet*>(choice.characters.get()), character) == FcTrue;
    });
}

const std::string& Fonts::families(std::string_view choice) const {
    const auto found = std::ranges::find(choices_, choice, &Known::id);
    ensure(found != choices_.end(), "a style's font is one of the layouts'");
    return found->families;
}

}  // namespace doudi::print

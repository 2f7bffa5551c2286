// Debian 12 has no ankerl::unordered_dense. The worker only uses its maps and sets, so the standard ones serve: same
// interface, somewhat slower look-ups.
#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

namespace ankerl::unordered_dense {
template <class T, class = void>
struct hash : std::hash<T> {};

template <>
struct hash<std::string> {
  using is_transparent = void;
  using is_avalanching = void;
  size_t operator()(std::string_view text) const noexcept { return std::hash<std::string_view>{}(text); }
};

template <class Key, class Value, class Hash = hash<Key>, class Equal = std::equal_to<Key>>
using map = std::unordered_map<Key, Value, Hash, Equal>;

template <class Key, class Hash = hash<Key>, class Equal = std::equal_to<Key>>
using set = std::unordered_set<Key, Hash, Equal>;
}  // namespace ankerl::unordered_dense

// The worker is written for libsrtp 3; Debian 12 has libsrtp 2. This header offers the few functions of version 3 that
// the worker calls, on top of version 2: policies become opaque objects, protect and unprotect get separate buffers.
#pragma once
#define srtp_policy_t srtp2_policy_t
#include <srtp2/srtp.h>
#undef srtp_policy_t
#include <cstring>
#include <vector>

// Codes that version 2 does not know; 28 and 29 are free there.
#define srtp_err_status_buffer_small static_cast<srtp_err_status_t>(28)
#define srtp_err_status_cryptex_err static_cast<srtp_err_status_t>(29)

struct srtp3_policy {
  srtp2_policy_t p{};
  srtp_profile_t profile{};
  std::vector<uint8_t> key;
};
using srtp_policy_t = srtp3_policy*;

inline srtp_err_status_t srtp_policy_create(srtp_policy_t* out) {
  *out = new srtp3_policy;
  return srtp_err_status_ok;
}

inline void srtp_policy_destroy(srtp_policy_t policy) { delete policy; }

inline srtp_err_status_t srtp_policy_set_ssrc(srtp_policy_t policy, srtp_ssrc_t ssrc) {
  policy->p.ssrc = ssrc;
  return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_policy_set_profile(srtp_policy_t policy, srtp_profile_t profile) {
  policy->profile = profile;
  auto* rtp = &policy->p.rtp;
  auto* rtcp = &policy->p.rtcp;
  switch (profile) {
    case srtp_profile_aead_aes_256_gcm:
      srtp_crypto_policy_set_aes_gcm_256_16_auth(rtp);
      srtp_crypto_policy_set_aes_gcm_256_16_auth(rtcp);
      break;
    case srtp_profile_aead_aes_128_gcm:
      srtp_crypto_policy_set_aes_gcm_128_16_auth(rtp);
      srtp_crypto_policy_set_aes_gcm_128_16_auth(rtcp);
      break;
    case srtp_profile_aes128_cm_sha1_80:
      srtp_crypto_policy_set_aes_cm_128_hmac_sha1_80(rtp);
      srtp_crypto_policy_set_aes_cm_128_hmac_sha1_80(rtcp);
      break;
    case srtp_profile_aes128_cm_sha1_32:
      // RFC 5764, 4.1.2: the short tag is for RTP only, RTCP keeps 80 bits.
      srtp_crypto_policy_set_aes_cm_128_hmac_sha1_32(rtp);
      srtp_crypto_policy_set_aes_cm_128_hmac_sha1_80(rtcp);
      break;
    default:
      return srtp_err_status_bad_param;
  }
  return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_policy_add_key(srtp_policy_t policy, const uint8_t* key, size_t keyLength,
                                             const uint8_t* salt, size_t saltLength, const uint8_t*, size_t) {
  policy->key.assign(key, key + keyLength);
  policy->key.insert(policy->key.end(), salt, salt + saltLength);
  policy->p.key = policy->key.data();
  return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_policy_set_allow_repeat_tx(srtp_policy_t policy, bool allow) {
  policy->p.allow_repeat_tx = allow;
  return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_policy_set_window_size(srtp_policy_t policy, size_t size) {
  policy->p.window_size = size;
  return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_create(srtp_t* session, srtp_policy_t policy) { return ::srtp_create(session, &policy->p); }

// Version 2 works in place: copy when the caller wants another buffer, and refuse one that cannot hold the tag.
inline srtp_err_status_t srtp_protect(srtp_t session, const uint8_t* in, size_t inLength, uint8_t* out, size_t* outLength,
                                      size_t) {
  if (*outLength < inLength + SRTP_MAX_TRAILER_LEN) return srtp_err_status_bad_param;
  std::memcpy(out, in, inLength);
  int length = static_cast<int>(inLength);
  const auto status = ::srtp_protect(session, out, &length);
  *outLength = static_cast<size_t>(length);
  return status;
}

#define MEETFRAME_SRTP_IN_PLACE(name)                                                                                  \
  inline srtp_err_status_t name(srtp_t session, const uint8_t* in, size_t inLength, uint8_t* out, size_t* outLength) { \
    if (in != out) std::memcpy(out, in, inLength);                                                                     \
    int length = static_cast<int>(inLength);                                                                           \
    const auto status = ::name(session, out, &length);                                                                 \
    *outLength = static_cast<size_t>(length);                                                                          \
    return status;                                                                                                     \
  }
MEETFRAME_SRTP_IN_PLACE(srtp_unprotect)
MEETFRAME_SRTP_IN_PLACE(srtp_unprotect_rtcp)
#undef MEETFRAME_SRTP_IN_PLACE

inline srtp_err_status_t srtp_protect_rtcp(srtp_t session, const uint8_t* in, size_t inLength, uint8_t* out,
                                           size_t* outLength, size_t) {
  if (in != out) std::memcpy(out, in, inLength);
  int length = static_cast<int>(inLength);
  const auto status = ::srtp_protect_rtcp(session, out, &length);
  *outLength = static_cast<size_t>(length);
  return status;
}

inline srtp_err_status_t srtp_stream_remove(srtp_t session, uint32_t ssrc) { return srtp_remove_stream(session, ssrc); }

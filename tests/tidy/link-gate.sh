#!/bin/sh
# No room calls the mathematics of the C library: glibc picks its variants by CPU, and their last bits differ. The kernel
# has its own (kernel/math.hpp). Optimisers may hide such a call in a source; what is left undefined in an object cannot hide.
#
#   link-gate.sh LIBRARY…     a room that should have a library and has none is passed as missing:ROOM

set -eu

gate() {  # reads `nm -u`, prints each object that wants a forbidden function
    awk '
        BEGIN {
            names = "log exp pow sin cos tan sinh cosh tanh asin acos atan asinh acosh atanh atan2 sincos sqrt cbrt hypot"
            names = names " lgamma lgamma_r tgamma erf erfc log1p expm1 log2 log10 logb exp2 exp10 pow10 fmod remainder remquo"
            names = names " floor ceil round roundeven rint nearbyint trunc lround llround lrint llrint modf fma fdim"
            names = names " j0 j1 jn y0 y1 yn beta hermite laguerre legendre riemann_zeta"
            count = split(names, name, " ")
            for (i = 1; i <= count; ++i) forbidden[name[i]] = forbidden[name[i] "f"] = forbidden[name[i] "l"] = 1

            # Exceptions: "object function" and why. None is needed.
        }
        / *[^ ]+:$/ && NF == 1 { object = substr($1, 1, length($1) - 1); next }
        $1 == "U" {
            symbol = $2
            sub(/@.*/, "", symbol)
            sub(/^__/, "", symbol)
            sub(/_finite$/, "", symbol)
            if (symbol in forbidden && !((object " " symbol) in allowed)) print object " calls " symbol "()"
        }'
}

# The proof: what must be found is found, and nothing else.
proof=$(printf 'a.cpp.o:\n                 U log\n                 U memcpy\nb.cpp.o:\n                 U floorf\n                 U _ZN3sim6kernel3logEd\n                 U __exp_finite\n0000 T pow\n' | gate)
if [ "$proof" != "$(printf 'a.cpp.o calls log()\nb.cpp.o calls floorf()\nb.cpp.o calls exp()')" ]; then
    printf 'the gate does not prove itself:\n%s\n' "$proof"
    exit 1
fi

status=0
for library in "$@"; do
    case $library in
        missing:*)
            printf '%s has sources but no library\n' "${library#missing:}"
            status=1
            continue
            ;;
    esac
    symbols=$(nm -u -- "$library")
    wanted=$(printf '%s\n' "$symbols" | gate)
    if [ -n "$wanted" ]; then
        printf '%s: %s\n' "$(basename -- "$library")" "$wanted"
        status=1
    fi
done
[ $# -gt 0 ] || { printf 'no library was given\n'; status=1; }
exit "$status"

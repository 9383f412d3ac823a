# Parameter expansion.
unset u; e=; x=value
echo "${u-default}" "${u:-default}" "${e-default}|" "${e:-default}" "${x-default}"
echo "${u+alt}|" "${e+alt}" "${e:+alt}|" "${x:+alt}"
echo "${u=assigned}" "$u"; unset u; echo "${u:=again}" "$u"
echo ${#x} ${#e} ${#u}
p=/usr/local/lib/libfoo.so.1
echo "${p##*/}" "${p#*/}" "${p%/*}" "${p%%.*}" "${p%.*}" "${p#/usr}" "${p%nothing}"
echo "${p#"${p%%/*}"}" "${p%"${p##*o}"}"
y='a*b'; echo "${y#a\*}" "${y#"a*"}" "${y%\*b}"
z='[x]'; echo "${z#\[}" "${z%]}" "${z#"["}"
echo "${x:-"quoted } brace"}" ${u:-'single } quote'}
echo "${nope:-${also:-$x}}" ${nope:-a b c}
for i in ${nope:-a "b c" d}; do echo "<$i>"; done
for i in "${nope:-a "b c" d}"; do echo "<$i>"; done
set -- one "two three" "" four
echo $# "$1" "$2" "${4}" "${5-none}" "$*"
for i in "$@"; do echo "[$i]"; done
for i in $@; do echo "($i)"; done
for i in "$*"; do echo "{$i}"; done
for i in "pre$@post"; do echo "-$i-"; done
IFS=:; echo "$*"; for i in "$*"; do echo "$i"; done; unset IFS
IFS=; echo "$*"; unset IFS
set --; for i in "$@"; do echo never; done; echo $#
set -- a b c d e f g h i j k; echo $10 ${10} ${11}
shift 3; echo "$1 $#"
echo "$((${#x} + 1))"
echo '$x' "\$x" \$x $ "a$" a$
a=1 b=$a; echo $a$b
v='~'; echo $v; HOME=/h; echo ~ ~/x "~" '~' a~; w=~:~/b; echo "$w"
unset HOME
long=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
echo ${#long}
echo "${x#?}" "${x%??}" "${x#[uv]}" "${x##*[ae]}" "${x%%[ae]*}"
(echo "${missing:?is missing}") 2>/dev/null; echo $?
(set -u; echo "$missing") 2>/dev/null; echo $?
(set -u; echo "${missing-fine}" "$*" $#); echo $?

# Functions.
f() { echo "f $# $1 $2"; return 3; echo no; }; f a b; echo $?
g() (x=inner; echo $x); x=outer; g; echo $x
h() { local x=local y; echo $x "${y-unset}"; y=set; x=changed; i; echo $x; }; i() { echo "i sees $x"; x=by-i; }
h; echo $x "${y-unset}"
k() { for a; do echo "arg $a"; done; shift; echo $1; }; k 1 2 3; echo $#
fact() { if [ $1 -le 1 ]; then echo 1; else echo $(($1 * $(fact $(($1 - 1))))); fi; }; fact 6
r() { return; }; false; r; echo $?; (exit 4); r; echo $?
s() { set -- x y; echo $1 $#; }; set -- 1 2 3; s; echo $1 $#
f() { echo redefined; }; f; unset -f f; f 2>/dev/null; echo $?
t() { echo out; echo err >&2; } 2>/dev/null; t
u() { while :; do return 7; done; }; u; echo $?
v() { v() { echo second; }; echo first; }; v; v
w() if true; then echo if-body; fi; w
x=1; y() { echo "$x"; }; x=2 y; echo $x
z() { echo "$@" | cat; }; z a 'b  c'
echo() { printf 'my %s\n' "$*"; }; echo a b; command echo plain; unset -f echo; echo again
true() { return 9; }; true; command true; unset -f true
n() { n2() { local v=3; n3; }; n3() { v=4; }; v=1; n2; command echo $v; }; n
rec() { [ $1 = 0 ] && return; rec $(($1 - 1)); }; rec 200; echo deep $?

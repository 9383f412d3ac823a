# Builtins.
echo -n no newline; echo; printf '%s|%5d|%-5s|%05d|%x|%o|%c|%%\n' str 42 ab 42 255 8 xyz
printf '%s\n' a b c; printf 'no args %s|%d\n'; printf '%b' 'a\tb\n' 'c\0101\n'; printf '\101\n'; printf '%.2s|\n' abcdef; printf '%d %d\n' 0x10 010
printf '%s %s\n' 1 2 3; printf '%5s|%-5s|\n' a b; printf '%d\n' "'A"
read a b <<E
one two three
E
echo "$a|$b"
read -r a <<'E'
back\slash
E
echo "$a"; read a <<'E'
join\
ed \x
E
echo "$a"; IFS=: read x y z <<E
a:b:c:d
E
echo "$x|$y|$z"; read a b c <<E
  only one
E
echo "[$a][$b][$c]"; read a </dev/null; echo $? "[$a]"; printf 'no newline' >f; read a <f; echo $? "$a"
test a = a && [ a != b ] && [ 1 -lt 2 ] && [ -n x ] && [ -z "" ] && [ ! -z x ] && echo tests; [ ]; echo $?; [ x ]; echo $?
[ -f f ] && [ -r f ] && [ ! -d f ] && [ -e f ] && [ -s f ] && echo file; [ -d . ] && echo dir; [ a ]; test; echo $?
[ 1 -eq 1 -a 2 -gt 1 ] && echo and; [ 1 = 2 -o 1 = 1 ] && echo or; [ \( 1 = 1 \) ] && echo paren; [ ! 1 = 2 ] && echo not; [ = = = ] && echo equal; [ -n = ] ; echo $?
cd /tmp; pwd; cd /; cd - >/dev/null; pwd; (cd /nonexistent) 2>/dev/null; echo $?; cd /etc/../dev/./../etc; pwd; cd ..; pwd; cd "$OLDPWD"; pwd; cd /
type cd >/dev/null && command -v cd; command -v nonexistent_program; echo $?; command -v if; command echo cmd; command -p echo p
alias ll='echo aliased'
ll x; alias e='echo ' w=world
e w; unalias ll; ll 2>/dev/null; echo $?; alias w
x=1; export x; sh -c 'echo $x'; y=2 sh -c 'echo $y'; echo "${y-unset}"; export z=3; sh -c 'echo $z'; unset z; sh -c 'echo "${z-unset}"'
readonly r=const; (r=2) 2>/dev/null; echo $? $r; (unset r) 2>/dev/null; echo $?
set -- -a -b val -c rest more; while getopts ab:c o; do echo "$o ${OPTARG-none} $OPTIND"; done; shift $((OPTIND - 1)); echo "$@"
OPTIND=1; set -- -xyz; while getopts xyz o; do echo $o; done; OPTIND=1; set -- -q; getopts :a o; echo $o $OPTARG; OPTIND=1; set -- -a; getopts :a: o; echo $o $OPTARG
set -- -ab -bfoo -- -c; OPTIND=1; while getopts ab:c o; do echo "$o ${OPTARG-}"; done; shift $((OPTIND - 1)); echo $*
umask 077; umask; umask u=rwx,g=rx,o=; umask; umask -S; umask 022
eval 'exit_status() { return 5; }'; exit_status; echo $?; . /dev/null; echo $?; printf 'echo sourced $1; return 6\n' >/tmp/src.$$; . /tmp/src.$$; echo $?; rm /tmp/src.$$
shift 2>/dev/null; set -- 1 2 3; shift; echo $*; shift 2; echo $#; unset nosuch; echo $?
wait; echo $?; sleep 0 & wait $!; echo $?; (exit 9) & wait $!; echo $?; true & wait %1 2>/dev/null
hash cat; echo $?; times >/dev/null; echo $?; ulimit -n >/dev/null; echo $?; : ; echo $?
sh -c 'sleep 60 & [ "$(jobs -p)" = $! ] && kill $(jobs -p) && (wait %1; echo $?); wait $!; echo $?'
kill -l TERM; kill -l 9; kill -0 $$; echo $?; exec true; echo no
